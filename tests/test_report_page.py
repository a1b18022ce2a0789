"""The page of ``vnclean report --html`` in a browser, as people use it."""

from __future__ import annotations

import re
import subprocess
import threading
from base64 import b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from browser import Browser, browser, missing
from command import VNCLEAN
from report_samples import entry, lines_of, made_report
from test_drawn import SAMPLES
from test_report_command import HOSTILE, hostile_report

_MISSING: Final = missing()
pytestmark = pytest.mark.skipif(_MISSING is not None, reason=str(_MISSING))

#: Generous: the machine may do other things as well.  benchmarks/report_page.py measures.
_FIRST_PAINT: Final = 10_000
_ANSWER: Final = 2_000
_TEXT: Final = (
    "Trạm y tế xã tập huấn phòng chng dịch bệnh cho cán bộ thôn.\n"
    "Bà con nông dân yên tâm sản xuất.\n"
    "Người dân dùng nưc sạch; mục nước trên sông đã xuống.\n"
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as one:
        yield one


def made_page(folder: Path, report: bytes, name: str) -> Path:
    """The page of a report."""
    (folder / f"{name}.jsonl").write_bytes(report)
    command = [VNCLEAN, "report", f"{name}.jsonl", "--html", f"{name}.html"]
    subprocess.run(command, cwd=folder, check=True, timeout=120)
    return folder / f"{name}.html"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with the text of a document, and two more files of which there is only the report."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "a.txt").write_text(_TEXT, "utf-8")
    lines = _TEXT.split("\n")
    starts = [sum(len(one) + 1 for one in lines[:number]) for number in range(3)]

    def one(line: int, before: str, after: str, kind: str, **more: Any) -> dict[str, Any]:
        at = lines[line].index(before)
        return entry(
            path="a.txt",
            line=line + 1,
            column=at + 1,
            start=starts[line] + at,
            before=before,
            after=after,
            kind=kind,
            context=lines[line][max(0, at - 30) : at + len(before) + 30],
            **more,
        )

    report = lines_of(
        one(0, "chng", "chống", "lost-letters", alternatives=[["chứng", 0.0123]]),
        one(2, "nưc", "nước", "lost-letters"),
        one(2, "mục", "mực", "mark", confidence=0.55, mode="slips"),
        one(2, "xuống", "xướng", "mark", confidence=0.31, applied=False),
        entry(path="b/c.txt", before="dich", after="dịch", kind="no-diacritics", confidence=0.7),
        entry(
            path="d.txt",
            before="  ",
            after=" ở ",
            kind="vanished-word",
            context="rõ  đó",
            column=3,
            start=2,
        ),
    )
    return made_page(folder, report, "edits")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of 100,000 edits."""
    folder = tmp_path_factory.mktemp("large")
    return made_page(folder, b"".join(made_report(100_000)), "large")


def rows(chromium: Browser) -> list[str]:
    """The lines that are on the page now."""
    told: list[str] = chromium.run(
        "return [...document.querySelectorAll('.row p:last-child')].map((one) => one.innerText)"
    )
    return told


def choose(chromium: Browser, name: str, value: str) -> None:
    """Chooses from a list, as with the mouse."""
    from selenium.webdriver.support.ui import Select

    Select(chromium.driver.find_element("id", name)).select_by_visible_text(value)
    chromium.settle()


def search(chromium: Browser, text: str) -> None:
    chromium.run("document.activeElement.blur()")
    chromium.keys("/")
    chromium.keys(text)
    chromium.settle()


def test_the_page_opens_without_a_complaint(chromium: Browser, page: Path) -> None:
    chromium.show(page)
    assert chromium.complaints() == []
    assert rows(chromium) == [
        "Trạm y tế xã tập huấn phòng chống dịch bệnh cho cán bộ thôn.",
        "Bà con nông dân yên tâm sản xuất.",
        "Người dân dùng nước sạch; mực nước trên sông đã xuống.",
        "dịch",
        "rõ ở đó",
    ]
    assert chromium.text("#totals").split("\n")[:6] == [
        "repairs", "5", "left alone", "1", "documents", "3",
    ]  # fmt: skip
    assert chromium.text("#count") == "6 edits"


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("kind", "lost-letters", ["Trạm", "Người"]),
        ("kind", "no-diacritics", ["dịch"]),
        ("file", "b/c.txt", ["dịch"]),
        ("state", "left alone", ["Người"]),
        ("least", "0.95", ["Trạm", "Người", "rõ"]),
        ("most", "0.55", ["Người"]),
    ],
)
def test_a_filter_leaves_lines_with_such_repairs(
    chromium: Browser, page: Path, name: str, value: str, shown: list[str]
) -> None:
    chromium.show(page)
    choose(chromium, name, value)
    assert [line.split(" ")[0] for line in rows(chromium)] == shown
    chromium.run("document.getElementById('reset').click()")
    assert len(rows(chromium)) == 5


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("nuoc", 3),
        ("nước", 3),
        ("NƯC", 3),
        ("dich", 2),
        ("phòng chống dịch", 1),
        ("phong chng", 1),
        ("xướng", 3),
        ("xyz", 0),
    ],
)
def test_text_is_found_with_and_without_marks(
    chromium: Browser, page: Path, text: str, count: int
) -> None:
    chromium.show(page)
    search(chromium, text)
    assert chromium.text("#count") == f"{count} of 6 edits"


def test_a_bar_is_a_filter(chromium: Browser, page: Path) -> None:
    chromium.show(page)
    bar = "document.querySelector('.kinds .bar[aria-label^=\"mark\"]')"
    chromium.run(f"{bar}.click()")
    assert chromium.text("#count") == "2 of 6 edits"
    assert chromium.run(f"return {bar}.getAttribute('aria-pressed')") == "true"
    chromium.run(f"{bar}.click()")
    assert chromium.text("#count") == "6 edits"


def test_what_was_left_alone_hides_no_repair(chromium: Browser, tmp_path: Path) -> None:
    words = "nhà tr nưc"
    wide = entry(before="tr nưc", after="trước", start=4, column=5, context=words, applied=False)
    inside = entry(before="nưc", after="nước", start=7, column=8, context=words)
    chromium.show(made_page(tmp_path, lines_of(wide, inside), "both"))
    assert rows(chromium) == ["nhà ⁕tr nước"]
    seen = []
    for _ in range(2):
        chromium.keys("n")
        seen.append(chromium.text("#details .pair"))
    assert seen == ["tr nưc→trước", "nưc→nước"]


def test_pointing_at_a_repair_tells_all_about_it(chromium: Browser, page: Path) -> None:
    from selenium.webdriver import ActionChains

    chromium.show(page)
    mark = chromium.driver.find_element("css selector", ".edit")
    ActionChains(chromium.driver).move_to_element(mark).perform()
    chromium.settle()
    told = chromium.text("#details")
    for part in ("chng", "chống", "lost-letters", "typed", "0.98", "a.txt:1:29", "chứng", "0.0123"):
        assert part in told
    assert mark.get_attribute("aria-describedby") == "details"
    chromium.keys("\ue00c")  # Escape
    assert chromium.run("return document.getElementById('details').hidden")


def test_what_was_left_alone_says_why(chromium: Browser, tmp_path: Path) -> None:
    report = lines_of(
        entry(
            before="ban", after="bàn", confidence=0.3, applied=False, alternatives=[["bán", 0.1]]
        ),
        entry(before="chng", start=4, column=5, applied=False, kept_by="word"),
        entry(before="kim", after="kiểm", start=9, column=10),
    )
    chromium.show(made_page(tmp_path, report, "kept"))
    told = []
    for _ in range(3):
        chromium.keys("n")
        told.append(chromium.text("#details"))
    assert ["not sure enough" in one for one in told] == [True, False, False]
    assert ["words of your own" in one for one in told] == [False, True, False]
    assert ["bán" in one for one in told] == [True, False, False]
    assert "words of your own" in chromium.text(".reasons")


def test_the_keyboard_is_enough(chromium: Browser, page: Path) -> None:
    chromium.show(page)
    focused = "return document.activeElement.innerText"
    seen = []
    for key in "nnjpkn":
        chromium.keys(key)
        seen.append(chromium.run(focused))
    assert seen == ["chống", "nước", "mực", "nước", "chống", "nước"]
    assert chromium.text("#count") == "2 / 6 edits"
    assert not chromium.run("return document.getElementById('details').hidden")
    chromium.keys("v")
    assert "mục nước" in chromium.text(".sides")
    chromium.keys("?")
    assert chromium.run("return document.getElementById('help').open")
    chromium.keys("\ue00c")
    assert not chromium.run("return document.getElementById('help').open")
    search(chromium, "dich")
    chromium.keys("\ue007")  # Enter
    assert chromium.run(focused) == "chống"
    chromium.keys("r")
    assert chromium.text("#count").endswith("6 edits")


def test_before_and_after_stand_side_by_side(chromium: Browser, page: Path) -> None:
    chromium.show(page)
    choose(chromium, "view", "before | after")
    places = chromium.run(
        "return [...document.querySelectorAll('.row')].map((row) => [...row.querySelectorAll('p')]"
        ".map((one) => [one.innerText, one.getBoundingClientRect().top]))"
    )
    for before, after in places:
        assert before[1] == after[1]
    assert places[2][0][0] == "Người dân dùng nưc sạch; mục nước trên sông đã xuống."
    assert places[2][1][0] == "Người dân dùng nước sạch; mực nước trên sông đã xuống."


_CONTRASTS: Final = """
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
function color(text) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = text;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
}
function ground(element) {
  for (let one = element; one; one = one.parentElement) {
    const found = color(getComputedStyle(one).backgroundColor);
    if (found[3] > 250) return found;
  }
  return [255, 255, 255, 255];
}
function light([red, green, blue]) {
  const part = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
}
const low = [];
let seen = 0;
for (const element of document.querySelectorAll("body *")) {
  const own = [...element.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
  if (!own || !element.checkVisibility() || element.closest("script")) continue;
  const [one, two] = [light(color(getComputedStyle(element).color)), light(ground(element))];
  const contrast = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
  seen += 1;
  if (contrast < 4.5) low.push([element.className, element.innerText, contrast]);
}
return [seen, low];
"""  # noqa: E501


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(chromium: Browser, page: Path, scheme: str) -> None:
    chromium.show(page)
    chromium.media(prefers_color_scheme=scheme, prefers_reduced_motion="reduce")
    chromium.keys("v")
    chromium.keys("n")
    for key in "n?":
        chromium.keys(key)
        seen, low = chromium.run(_CONTRASTS)
        assert low == []
        assert seen > 60


def test_dark_follows_the_system_or_the_switch(chromium: Browser, page: Path) -> None:
    ground = "return getComputedStyle(document.body).backgroundColor"
    chromium.show(page)
    chromium.media(prefers_color_scheme="light")
    light = chromium.run(ground)
    chromium.media(prefers_color_scheme="dark")
    dark = chromium.run(ground)
    assert light != dark
    chromium.keys("t")
    assert (chromium.text("#theme"), chromium.run(ground)) == ("Theme: light", light)
    chromium.keys("t")
    chromium.media(prefers_color_scheme="light")
    assert (chromium.text("#theme"), chromium.run(ground)) == ("Theme: dark", dark)


def test_all_that_can_be_used_has_a_name(chromium: Browser, page: Path) -> None:
    chromium.show(page)
    chromium.command("Accessibility.enable")
    nodes = chromium.command("Accessibility.getFullAXTree")["nodes"]
    used = {"button", "combobox", "searchbox", "checkbox", "textbox", "dialog", "search"}
    found = [
        (node["role"]["value"], node.get("name", {}).get("value"))
        for node in nodes
        if not node["ignored"] and node["role"]["value"] in used
    ]
    assert len(found) > 20
    assert [one for one in found if not one[1] and one[0] != "search"] == []
    assert ("button", "nước, was nưc, lost-letters") in found


def test_the_focus_can_be_seen(chromium: Browser, page: Path) -> None:
    chromium.show(page)
    for _ in range(8):
        chromium.keys("\ue004")  # Tab
        outline = chromium.run(
            "const style = getComputedStyle(document.activeElement);"
            "return [style.outlineStyle, parseFloat(style.outlineWidth), style.strokeWidth]"
        )
        assert (outline[0] != "none" and outline[1] >= 1) or outline[2] == "2px"


def test_a_phone_need_not_scroll_sideways(chromium: Browser, page: Path) -> None:
    chromium.show(page)
    chromium.size(360, 740, mobile=True)
    for key in ("n", "v", "n"):
        chromium.keys(key)
        widths = chromium.run("return [document.documentElement.scrollWidth, innerWidth]")
        assert widths == [360, 360]
    seen = chromium.run(
        "return [document.activeElement, document.getElementById('details')]"
        ".map((one) => one.getBoundingClientRect())"
    )
    assert seen[0]["bottom"] <= seen[1]["top"]
    small = chromium.run(
        "return [...document.querySelectorAll('#steps button, #fields select')]"
        ".filter((one) => one.checkVisibility() && one.offsetHeight < 34).map((one) => one.id)"
    )
    assert small == []


def test_paper_shows_the_text_without_the_tools(chromium: Browser, page: Path) -> None:
    chromium.show(page)
    chromium.media("print", prefers_color_scheme="dark")
    assert chromium.run("return getComputedStyle(document.body).colorScheme") == "light"
    assert not chromium.run("return document.getElementById('text').checkVisibility()")
    before = chromium.run(
        "return getComputedStyle(document.querySelector('.edit'), '::before').content"
    )
    assert "chng" in before


def test_what_is_printed_is_more_than_what_is_seen(chromium: Browser, tmp_path: Path) -> None:
    chromium.show(made_page(tmp_path, b"".join(made_report(800)), "some"))
    printed = chromium.command("Page.printToPDF", printBackground=True)["data"]
    assert len(re.findall(rb"/Type\s*/Page\b", b64decode(printed))) >= 8
    assert chromium.run("return document.querySelectorAll('.row').length") < 100


def test_a_hundred_thousand_edits_are_usable(chromium: Browser, large: Path) -> None:
    chromium.show(large)
    paint = chromium.run(
        "return [performance.getEntriesByType('navigation')[0].domContentLoadedEventStart,"
        " performance.getEntriesByName('first-contentful-paint')[0].startTime]"
    )
    assert chromium.text("#count") == "100,000 edits"
    assert max(paint) < _FIRST_PAINT
    for changes in ({"text": "nguon nuoc"}, {"kind": "2"}, {"least": 9000, "text": ""}, {}):
        took, shown = chromium.run(
            "const begin = performance.now(); apply(arguments[0]);"
            "document.body.offsetHeight;"
            "return [performance.now() - begin, document.querySelectorAll('.row').length]",
            changes,
        )
        assert took < _ANSWER
        assert 0 < shown < 200


def test_the_end_of_a_long_list_can_be_reached(chromium: Browser, large: Path) -> None:
    chromium.show(large)
    chromium.keys("p")
    assert chromium.text("#count") == "100,000 / 100,000 edits"
    chromium.run("scrollTo(0, document.documentElement.scrollHeight)")
    chromium.settle()
    assert (
        chromium.run("return +document.querySelector('.row:last-child .edit').dataset.edit")
        > 99_990
    )
    chromium.run("scrollTo(0, document.documentElement.scrollHeight / 2)")
    chromium.settle()
    inside = chromium.run(
        "return [...document.querySelectorAll('.row')].map((one) => one.getBoundingClientRect())"
        ".filter((box) => box.bottom > 0 && box.top < innerHeight).length"
    )
    assert inside > 5


def test_rows_stay_in_order_without_gaps_while_scrolling(chromium: Browser, large: Path) -> None:
    chromium.show(large)
    for _ in range(12):
        chromium.run("scrollBy(0, 1700)")
        chromium.settle()
        boxes = chromium.run(
            "return [...document.querySelectorAll('#window > *')].map((one) =>"
            " { const box = one.getBoundingClientRect(); return [box.top, box.bottom]; })"
        )
        for (_, bottom), (top, _) in pairwise(boxes):
            assert abs(bottom - top) < 1
        assert boxes[0][0] <= 0
        assert boxes[-1][1] >= chromium.run("return innerHeight")


def test_a_hostile_report_stays_text(chromium: Browser, tmp_path: Path) -> None:
    name = '"><img src=x onerror=alert(0)>'
    page = made_page(tmp_path, hostile_report(), name)
    chromium.show(page)
    assert chromium.complaints() == []  # an alert would end the session with an error
    assert (
        chromium.run("return document.querySelectorAll('img, iframe, object, a[href^=h]').length")
        == 0
    )
    assert chromium.run("return document.title").startswith(name)
    shown = chromium.text("#list")
    assert len(rows(chromium)) == len(HOSTILE)
    for text in HOSTILE[:4]:
        assert text in shown
    for letter in "⟨2028⟩", "⟨202E⟩", "⟨DC80⟩", "␀", "␛":
        assert letter in shown
    unseen = re.compile("[\u2028\u2029\u202a-\u202e\u2066-\u2069\x00\x1b\udc80]")
    assert not unseen.search(chromium.run("return document.body.innerText"))
    names = "return [...document.querySelectorAll('[title], [aria-label]')]"
    assert not unseen.search(
        "".join(chromium.run(f"{names}.map((one) => one.ariaLabel + one.title)"))
    )
    for _ in HOSTILE:
        chromium.keys("n")
        assert not unseen.search(chromium.text("#details"))
    assert chromium.complaints() == []


def test_the_page_draws_what_cannot_be_seen_as_all_else_does(chromium: Browser, page: Path) -> None:
    chromium.show(page)
    script = "return arguments[0].map((one) => said(visible(String.fromCharCode(...one))))"
    units = [
        memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H").tolist() for text in SAMPLES
    ]
    assert dict(zip(SAMPLES, chromium.run(script, units), strict=True)) == SAMPLES


class _Counting(BaseHTTPRequestHandler):
    """Serves one page, and remembers what was asked for."""

    asked: list[str]
    content: bytes

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.content)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def served(page: Path) -> Iterator[tuple[str, list[str]]]:
    """The page's address, and the paths that were asked for there."""
    handler = type("Handler", (_Counting,), {"asked": [], "content": page.read_bytes()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/page", handler.asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_no_request_leaves_the_page(chromium: Browser, served: tuple[str, list[str]]) -> None:
    address, asked = served
    chromium.open(address)
    for key in ("n", "v", "n", "?", "\ue00c", "t"):
        chromium.keys(key)
    assert chromium.requests() == [address]
    assert asked == ["/page"]
    assert chromium.run("return performance.getEntriesByType('resource').length") == 0
    # Even what gets onto the page against all precautions can ask nobody.
    chromium.driver.set_script_timeout(10)
    answer = chromium.driver.execute_async_script(
        "const done = arguments[1]; const image = new Image(); image.onerror = () => done('no');"
        "image.onload = () => done('yes'); image.src = arguments[0];"
        "document.body.append(image);",
        address.replace("/page", "/image"),
    )
    assert answer == "no"
    refused = chromium.driver.execute_async_script(
        "fetch(arguments[0]).then(() => arguments[1]('yes'), () => arguments[1]('no'))",
        address.replace("/page", "/data"),
    )
    assert refused == "no"
    assert asked == ["/page"]
