"""What a core cleans on Spark, against the plain command on the same records.

    python benchmarks/spark.py CORPUS... [--megabytes 100] [--masters 'local[1]' 'local[2]']

CORPUS: files of text, one paragraph a line (``.xz``), of which records of JSON Lines are made, over
and over until there is enough.  Says for the plain command on one core, and for each master, how
long it took and how much time of processors, all processes together; of Spark without its start and
a first small job.  The outputs must be the same, byte for byte.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from common import installed_command

from vnclean.engines.spark.jobs import Order
from vnclean.engines.spark.progress import Progress
from vnclean.engines.spark.run import do_job
from vnclean.engines.spark.session import start
from vnclean.settings.resolver import Resolver

#: Paragraphs of a record, and files of the data.
_PARAGRAPHS = 12
_FILES = 8
_TICKS = os.sysconf("SC_CLK_TCK")


def records(corpora: list[str]) -> Iterator[bytes]:
    """Without end."""
    while True:
        for corpus in corpora:
            with lzma.open(corpus, "rt", encoding="utf-8") as lines:
                while text := "".join(itertools.islice(lines, _PARAGRAPHS)):
                    yield json.dumps({"text": text}, ensure_ascii=False).encode() + b"\n"


def make(folder: Path, corpora: list[str], size: int) -> int:
    """Writes files of records; returns how many bytes they have."""
    folder.mkdir()
    total, found = 0, records(corpora)
    for number in range(_FILES):
        with (folder / f"{number}.jsonl").open("wb") as file:
            while total < size * (number + 1) // _FILES:
                total += file.write(next(found))
    return total


def tree_time(process: int) -> float:
    """Seconds of processor time of all that a process has started, and what that has."""
    total = 0.0
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in children.read_text().split():
            fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15])) / _TICKS + tree_time(int(child))
    return total


def say(what: str, size: int, wall: float, processors: float) -> None:
    print(
        f"{what:<24} {wall:8.1f} s {size / 1e6 / wall:6.2f} MB/s"
        f" {processors:8.1f} s of processors {size / 1e6 / processors:6.2f} MB/s"
    )


def plain(source: Path, output: Path, size: int) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    command = [*installed_command(), "-j", "1", "--quiet", "-o", output, f"{source}/"]
    subprocess.run([*command, "--report", f"{output}.jsonl"], check=True)
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    say("vnclean clean -j 1", size, wall, used)


def on_spark(master: str, small: Path, source: Path, output: Path, size: int) -> None:
    session = start(master, {})
    try:
        for place, target in (small, Path(f"{output}.small")), (source, output):
            report = f"{target}.report"
            order = Order(f"{place}/", str(target), report, "jsonl", Resolver({}, isolated=True).of)
            before, began = tree_time(os.getpid()), time.monotonic()
            with Progress(session, shown=False) as progress:
                do_job(order, session, progress)
            wall, used = time.monotonic() - began, tree_time(os.getpid()) - before
        say(f"Spark, {master}", size, wall, used)
    finally:
        session.stop()


def compare(one: Path, other: Path) -> None:
    for number in range(_FILES):
        name = f"{number}.jsonl"
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpora", nargs="+", metavar="CORPUS")
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--masters", nargs="+", default=["local[1]", "local[2]"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top)
        make(folder / "small", options.corpora, 100_000)
        size = make(folder / "in", options.corpora, options.megabytes * 1_000_000)
        print(f"{size / 1e6:.0f} MB in {_FILES} files, load {os.getloadavg()[0]:.1f}")
        plain(folder / "in", folder / "plain", size)
        for number, master in enumerate(options.masters):
            on_spark(master, folder / "small", folder / "in", folder / f"spark{number}", size)
            compare(folder / "plain", folder / f"spark{number}")


if __name__ == "__main__":
    main()
