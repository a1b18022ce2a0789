"""Sentences of our own, sound ones, and ways to damage them."""

from __future__ import annotations

import random
from collections.abc import Callable

from vnclean.orthography import residue, skeleton

SENTENCES = """
Các địa phương cần tăng cường kiểm tra, giám sát việc thực hiện quy định về an toàn thực phẩm.
Trong sáng nay, đoàn đại biểu đã đến thăm và tặng quà cho các gia đình có hoàn cảnh khó khăn.
Theo dự báo, từ đêm mai khu vực miền Trung có mưa to đến rất to, gió giật mạnh.
Nhà trường đề nghị phụ huynh phối hợp chặt chẽ với giáo viên chủ nhiệm trong việc quản lý học sinh.
Bệnh viện đã tiếp nhận và điều trị thành công cho nhiều bệnh nhân mắc bệnh hiểm nghèo.
Giá xăng dầu trong nước tăng trở lại sau ba lần giảm liên tiếp.
Lực lượng chức năng đã có mặt tại hiện trường để điều tra nguyên nhân vụ cháy.
Người dân được hướng dẫn cách phòng chống dịch bệnh tại nhà và nơi làm việc.
Công ty sẽ đầu tư thêm hai nhà máy sản xuất linh kiện điện tử tại tỉnh Bắc Ninh.
Đội tuyển Việt Nam giành chiến thắng trước đối thủ mạnh trong trận đấu tối qua.
Chính phủ yêu cầu các bộ, ngành khẩn trương hoàn thiện hồ sơ trình Quốc hội.
Ủy ban nhân dân huyện tổ chức hội nghị tổng kết công tác năm 2023.
Sinh viên năm cuối phải hoàn thành luận văn tốt nghiệp trước tháng sáu.
Giao thông trên tuyến đường này thường xuyên ùn tắc vào giờ cao điểm.
"""
SOUND = SENTENCES.strip().split("\n")

Damage = Callable[[str], str]


def damaged(sentence: str, damage: Damage, share: float, seed: int = 0) -> str:
    """The sentence with ``damage`` done to about ``share`` of its words."""
    chance = random.Random(seed)
    return " ".join(damage(w) if chance.random() < share else w for w in sentence.split(" "))


def wrong_tone(word: str) -> str:
    """The word with its hook above turned into an acute, as OCR likes to read it."""
    return word.translate(str.maketrans("ảẩẳẻểỉỏổởủửỷ", "áấắéếíóốớúứý"))


DAMAGES: dict[str, Damage] = {
    "lost": residue,
    "bare": skeleton,
    "tone": wrong_tone,
    "upper": str.upper,
    "none": str,
}
