"""How fast ``vnclean report`` is, and its page in headless Chromium.

    python benchmarks/report_page.py [--edits N...] [--runs N] [--markdown]

Reports made up of N edits, whole processes; then the page of up to 250,000 of them, opened from a
file: first paint, the script's end, a filter until the list is laid out again, a jump to the last
edit.  Medians over the runs, memory of the worst.  Needs no data; exits with 2 without a browser.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from common import REPOSITORY, fail, heading, installed_command, table
from timing import Command

sys.path.insert(0, str(REPOSITORY / "tests"))
from browser import Browser, browser, missing
from report_samples import made_report

#: What is asked of the page, and the script that does it.
ACTIONS = {
    "text, first time": "apply({ text: 'nước', kind: '' })",
    "text": "apply({ text: 'kế hoạch', kind: '' })",
    "text without marks": "apply({ text: 'ke hoach', kind: '' })",
    "kind": "apply({ text: '', kind: '2' })",
    "confidence": "apply({ kind: '', least: 9000, most: 9500 })",
    "show all": "apply(EVERYTHING)",
    "last edit": "step(-1)",
    "side by side": "setView(true)",
}
_TIMED = """
const begin = performance.now();
{action};
document.body.offsetHeight;
return performance.now() - begin;
"""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add = parser.add_argument
    add("--edits", nargs="+", type=int, default=[10_000, 100_000, 1_000_000], metavar="N")
    add("--runs", type=int, default=5, metavar="N", help="of each (default: 5)")
    add("--markdown", action="store_true", help="as for RESULTS.md")
    given = parser.parse_args(arguments)
    if reason := missing():
        return fail(reason)
    print(heading(), end="\n\n")
    columns = [list(_measured(edits, given.runs)) for edits in given.edits]
    rows = [["", *(f"{edits:,} edits" for edits in given.edits)]]
    for cells in zip(*columns, strict=True):
        rows.append([cells[0][0], *(figure for _, figure in cells)])
    print(table(rows, given.markdown))
    return 0


def _measured(edits: int, runs: int) -> Iterator[tuple[str, str]]:
    """What was measured of one report: names and figures."""
    with tempfile.TemporaryDirectory() as scratch:
        report, page = Path(scratch, "edits.jsonl"), Path(scratch, "edits.html")
        with report.open("wb") as file:
            file.writelines(made_report(edits))
        yield "report", f"{report.stat().st_size / 1e6:.1f} MB"
        tasks = {"vnclean report": ["--json"], "vnclean report --html": ["--html", str(page)]}
        for name, options in tasks.items():
            command = Command(name, [installed_command()[0], "report", *options])
            done = [command.run(report) for _ in range(min(runs, 3))]
            yield name, f"{statistics.median(run.seconds for run in done):.2f} s"
            yield f"{name}: memory", f"{max(run.peak for run in done):.0f} MB"
        yield "page", f"{page.stat().st_size / 1e6:.1f} MB"
        with browser() as chromium:
            yield from _in_browser(chromium, page, runs)


def _in_browser(chromium: Browser, page: Path, runs: int) -> Iterator[tuple[str, str]]:
    paints: list[float] = []
    readies: list[float] = []
    times: dict[str, list[float]] = {name: [] for name in ACTIONS}
    for _ in range(runs):
        chromium.show(page)
        paint, ready = chromium.run(
            "return [performance.getEntriesByName('first-contentful-paint')[0].startTime,"
            " performance.getEntriesByType('navigation')[0].domContentLoadedEventStart]"
        )
        paints.append(paint)
        readies.append(ready)
        for name, action in ACTIONS.items():
            times[name].append(chromium.run(_TIMED.replace("{action}", action)))
    heap = chromium.run("return performance.memory.usedJSHeapSize")
    yield "first paint", f"{statistics.median(paints):,.0f} ms"
    yield "ready", f"{statistics.median(readies):,.0f} ms"
    for name, taken in times.items():
        yield name, f"{statistics.median(taken):,.0f} ms"
    yield "memory of the page's script", f"{heap / 1e6:.0f} MB"


if __name__ == "__main__":
    sys.exit(main())
