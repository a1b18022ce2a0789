"""How much memory does a file of each kind need, whatever its size?

    python benchmarks/memory_by_kind.py [--sizes MB...] [--only END...] [--real] [--markdown]

Makes one file of every kind for each size (text of a corpus, one line in 50 damaged), has it
rewritten by a process of its own, and tells the peak of that. A quick cleaner that knows one word
shows what reading and writing need; ``--real`` runs the installed command instead, whose tables of
words grow until they are full, so that there is no bar.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from common import CORPUS, REPOSITORY, MissingError, fail, heading, installed_command, need, table
from timing import Command, FailedError
from tree import KINDS, Lines, documents, lines_of, text, web

sys.path.insert(0, str(REPOSITORY / "tests"))
from rewriting_tools import clean

from vnclean.formats.kinds import Reading
from vnclean.rewriting import Rewriter

#: The largest file may need so many MB more than the one before: buffers are full by then.
GROWTH = 32.0


def one_text(lines: Lines) -> bytes:
    """An archive with one member, as long as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", text(lines))
    return out.getvalue()


ALL: dict[str, Callable[[Lines], bytes]] = {
    **KINDS,
    "one text.zip": one_text,
    "one page.warc.gz": partial(web, pages=1),
}


def rewrite(source: Path, target: Path) -> None:
    """What the measured process does: rewrites a file with a cleaner that costs nothing."""

    class Told:
        """Must hear of repairs, and of nothing that went wrong."""

        edits = 0

        def cleaned(self, path: str, block: object) -> None:
            self.edits += any(block.edits)  # type: ignore[attr-defined]

        def ended(self, origin: object) -> None:
            """Is no concern of ours."""

        def failed(self, path: str, reason: str) -> None:
            sys.exit(f"{path}: {reason}")

        def skipped(self, path: str, reason: str) -> None:
            if reason != "not text":
                sys.exit(f"{path}: {reason}")

    told = Told()
    with source.open("rb") as stream, target.open("wb") as sink:
        rewriter = Rewriter(Reading(), clean, told)
        rewriter.rewrite(source.name, stream, sink)
    if not told.edits:
        sys.exit(f"{source}: nothing was repaired")


def samples(corpora: Sequence[Path], size: int) -> list[str]:
    """Lines of together ``size`` bytes, with the damage that the quick cleaner knows as well."""
    some = next(documents(lines_of(corpora), size))
    return [f"{line} chng" if number % 50 == 0 else line for number, line in enumerate(some)]


def measured(
    corpora: Sequence[Path], sizes: Sequence[float], only: Sequence[str], real: bool
) -> Iterator[list[str]]:
    """The rows of the table."""
    makers = {end: make for end, make in ALL.items() if not only or end in only}
    peaks: dict[str, list[float]] = {end: [] for end in makers}
    seconds = dict.fromkeys(makers, 0.0)
    for size in sizes:
        lines = samples(corpora, int(size * 1e6))
        for end, make in makers.items():
            with tempfile.TemporaryDirectory(prefix="vnclean-") as folder:
                source, target = Path(folder, f"a{end}"), Path(folder, f"b{end}")
                source.write_bytes(make(lines))
                words = [sys.executable, __file__, "--child", str(source), str(target)]
                if real:
                    words = [*installed_command(), str(source), "-o", str(target)]
                run = Command(end, words).run(Path("/dev/null"))
            peaks[end].append(run.peak)
            seconds[end] = run.seconds
            print(f"{end}: {size:g} MB of text, {run.peak:.0f} MB", file=sys.stderr)
    yield ["kind", *(f"{size:g} MB" for size in sizes), "seconds for the last", "bar"]
    for end, found in peaks.items():
        grown = found[-1] - found[-2:][0]
        mark = "" if real else f", < {GROWTH:.0f} wanted {'✓' if grown < GROWTH else '✗'}"
        yield [
            end,
            *(f"{peak:.0f}" for peak in found),
            f"{seconds[end]:.1f}",
            f"+{grown:.0f}{mark}",
        ]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", type=float, nargs="+", default=[1, 20, 100], metavar="MB")
    parser.add_argument("--only", nargs="+", default=[], metavar="END", choices=ALL)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--real", action="store_true", help="measure the installed command")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--child", type=Path, nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        rewrite(*options.child)
        return 0
    try:
        corpora = [need(options.corpus, "the corpus", "--corpus")]
        rows = list(measured(corpora, options.sizes, options.only, options.real))
    except (MissingError, FailedError) as error:
        return fail(error)
    print(heading(), table(rows, options.markdown), sep="\n\n")
    return any(row[-1].endswith("✗") for row in rows)


if __name__ == "__main__":
    sys.exit(main())
