"""The furniture of web pages goes, with its line ends; what might be text stays."""

from __future__ import annotations

import pytest
from case_files import cases
from hypothesis import given
from hypothesis import strategies as st
from own_sentences import SOUND

from vnclean.cleaner import Cleaner
from vnclean.config import Config
from vnclean.edits import apply, invert
from vnclean.stages.boilerplate import Boilerplate

STAGE = Boilerplate()
FURNITURE = """
Trang chủ > Thời sự > Xã hội
Trang chủ › Kinh tế › Nông nghiệp miền núi
Trang chủ / Tin tức / Chuyện trong tuần
Trang chủ
Trang chủ Thời sự Thế giới Kinh doanh
Thời sự Thế giới Kinh doanh Giải trí Thể thao Pháp luật Giáo dục Sức khỏe
Thời sự | Chính trị | Xã hội | Kinh tế | Văn hóa | Du lịch
Xem với cỡ chữAA
Xem với cỡ chữ A A
XEM VỚI CỠ CHỮ
TIN NỔI BẬT:
Tin liên quan
Tin cùng chuyên mục:
Đọc thêm
Đọc thêm:
Chia sẻ Facebook Twitter Zalo
Chia sẻ: Facebook | Zalo
Chia sẻFacebookZalo
In bài viết
In bài viết | Gửi bài viết
Gửi bình luận
Bình luận (0)
Bình luận (1.204)
12 bình luận
Đăng nhập
Đăng nhập | Đăng ký
Quên mật khẩu?
Theo dõi chúng tôi trên Google News
Liên hệ tòa soạn
Liên hệ toà soạn
Quay lại đầu trang
1.250 lượt xem
Lượt xem: 37
Có thể bạn quan tâm
® Ghi rõ nguồn "Bản tin Suối Lớn" khi phát hành lại thông tin từ website này.
Ghi rõ nguồn “Bản tin Suối Lớn” khi phát hành lại thông tin từ website này
Copyright © 2021 Bản tin Suối Lớn
© 2019 Bản tin Suối Lớn. All rights reserved.
© Toàn bộ bản quyền thuộc Bản tin Suối Lớn
Tags: cầu treo, mùa lũ, học sinh vùng cao
""".strip().split("\n")
#: Headings, law, verse, tables, dialogue, quotations, lists, manuals, sentences that begin alike.
TEXT = """
Thời sự
Thể thao
Kinh tế - Xã hội
Kinh tế Chính trị Xã hội
Giáo dục Y tế Giao thông Môi trường
Thời sự, Thế giới, Kinh doanh, Giải trí, Thể thao, Pháp luật
Kinh tế Kinh tế Kinh tế Kinh tế Kinh tế Kinh tế
Bình luận
Đọc nhiều
Cỡ chữ
Giới thiệu
Tìm kiếm
Menu
Quảng cáo
Video
Facebook
Facebook Twitter Zalo
Facebook YouTube TikTok Zalo Email
Facebook\tTwitter\tZalo
Đăng nhập\tĐăng xuất
Tin mới\t12\t15
Chương I
QUY ĐỊNH CHUNG
Điều 1.
Điều 2. Giải thích từ ngữ
a) Tin liên quan;
2. Bãi bỏ.
Nơi nhận:
- Như trên;
- Lưu: VT.
Mọi hành vi sao chép tác phẩm phải được tác giả đồng ý.
Bản quyền thuộc về tác giả.
Giấy phép thiết lập trang thông tin điện tử có thời hạn mười năm.
Người sử dụng phải ghi rõ nguồn thông tin.
Mẹ gọi
đọc thêm
xem tiếp
Chiều về
Cá quẫy
Khói bếp nhà ai bay qua rặng tre
Lào Cai\t760.000\t6.364
Nguồn: Tổng cục Thống kê
– Rẽ trái.
- Đăng nhập
• Đăng nhập
- Đọc thêm đi con.
Đọc thêm!
"Đăng nhập"
“Gửi bình luận”
Anh ấy nói: "Đọc thêm"
Vào Trang chủ > Cài đặt > Tài khoản
Trang chủ > Cài đặt > Tài khoản
Trang chủ của trường đã được làm lại.
Đăng nhập rồi chọn mục thứ hai.
Đăng nhập: nhập tên và mật khẩu.
Xem thêm: Điều 5 của Quy chế này
Xem thêm trong phụ lục.
Đọc thêm sách vào buổi tối
Chia sẻ
Chia sẻ ý kiến
Chia sẻ Video
Chia sẻ bài viết này với bạn bè là cách tốt nhất để ủng hộ chúng tôi.
In bài viết ra giấy
Gửi bình luận của em cho cô giáo
Tin nổi bật: mưa lớn ở vùng cao
Từ khoá: thuỷ lợi, hạn mặn, dự báo
Tác giả được ghi là © nhưng không có năm.
Dòng chữ "All rights reserved" in ở trang cuối.
Home
Minh An
Hết
""".strip().split("\n")


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_goes(line: str) -> None:
    assert STAGE.is_furniture(line)
    assert STAGE.is_furniture(f"  {line} \r\n")


@pytest.mark.parametrize("line", [*TEXT, *SOUND, "", " ", "|", "> >", "12", "…"])
def test_what_might_be_text_stays(line: str) -> None:
    assert not STAGE.is_furniture(line)


@pytest.mark.parametrize("case", cases("in_the_wild") + cases("negative"))
def test_cases_stay(case: dict[str, str]) -> None:
    assert not any(STAGE.is_furniture(line) for line in case["text"].split("\n"))


def test_a_long_line_is_no_furniture_and_takes_no_time() -> None:
    lines = ["Đăng nhập " * 100, "Chia sẻ Facebook " * 10_000, "Tags: " + "cầu, " * 1000]
    assert STAGE.edits([f"{line}\n" for line in lines]) == [[], [], []]


PAGE = "Đăng nhập\r\nMưa lớn ở vùng cao.\r\n\r\nIn bài viết\nChia sẻ Facebook Zalo"


def test_the_line_end_goes_too() -> None:
    result = Cleaner(Config(drop_boilerplate=True)).clean(PAGE)
    assert result.text == "Mưa lớn ở vùng cao.\r\n\r\n"
    told = [(edit.kind, edit.before, edit.after, edit.applied) for edit in result.edits]
    assert told == [
        ("boilerplate", "Đăng nhập\r\n", "", True),
        ("boilerplate", "In bài viết\n", "", True),
        ("boilerplate", "Chia sẻ Facebook Zalo", "", True),
    ]
    assert apply(result.text, invert(result.edits)) == PAGE


def test_nothing_goes_unless_it_is_asked_for() -> None:
    assert Cleaner().clean(PAGE).text == PAGE


def test_a_damaged_line_is_judged_as_it_was_meant_and_told_as_it_was() -> None:
    result = Cleaner(Config(drop_boilerplate=True)).clean("Quay li đu trang\nDang nhap\n")
    assert result.text == ""
    assert [edit.before for edit in result.edits] == ["Quay li đu trang\n", "Dang nhap\n"]


def test_what_is_not_certain_enough_stays() -> None:
    cleaner = Cleaner(Config(min_confidence=1, drop_boilerplate=True))
    result = cleaner.clean("Đăng nhập\n")
    assert result.text == "Đăng nhập\n"
    assert [edit.applied for edit in result.edits] == [False]


pages = st.lists(st.sampled_from([*FURNITURE, *TEXT, *SOUND, ""])).map("\n".join)


@given(pages, st.sampled_from(["\n", "\r\n"]))
def test_text_stays_and_every_edit_can_be_undone(page: str, end: str) -> None:
    page = page.replace("\n", end)
    edits = STAGE.edits([page])[0]
    output = apply(page, edits)
    assert apply(output, invert(edits)) == page
    wanted = [line for line in page.split(end) if line not in FURNITURE]
    assert [line for line in output.split(end) if line] == [line for line in wanted if line]


@given(st.text("Đăngnhp >|©®0.…\t•", max_size=30))
def test_any_text_is_judged(line: str) -> None:
    assert STAGE.is_furniture(line) in (True, False)
