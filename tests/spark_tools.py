"""Spark for the tests: whether there is any, and jobs on a session that goes on."""

from __future__ import annotations

import bz2
import gzip
import importlib.util
import lzma
import os
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from vnclean.config import Config
from vnclean.engines.spark.jobs import Order, Outcome
from vnclean.formats.kinds import Reading
from vnclean.settings.resolver import Settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LINE = "Phòng chng dịch bnh, kim tra nguồn nước và chất lượng không khí.\n"
REPAIRED = "Phòng chống dịch bệnh, kiểm tra nguồn nước và chất lượng không khí.\n"


def missing() -> str:
    """Why there is no Spark; empty if there is."""
    for name in "pyspark", "pandas", "pyarrow":
        if importlib.util.find_spec(name) is None:
            return f"{name} is not installed: pip install 'vnclean[spark]'"
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        return "there is no Java 17, on which Spark runs"
    return ""


def order(
    source: Path,
    output: Path,
    form: str,
    *,
    config: Config = Config(),
    fields: tuple[str, ...] = ("text",),
    settings_of: Callable[[str], Settings] | None = None,
    replace: bool = False,
) -> Order:
    """What a job is asked for, with the report beside the output."""
    settings = Settings(config, Reading(fields=fields, across_lines=config.across_lines))
    of = settings_of or (lambda _: settings)
    return Order(f"{source}/", str(output), f"{output}.report", form, of, replace=replace)


def done(job: Order, session: SparkSession) -> Outcome:
    """Does a job."""
    from vnclean.engines.spark.progress import Progress
    from vnclean.engines.spark.run import do_job

    with Progress(session, shown=False) as progress:
        return do_job(job, session, progress)


def write_documents(folder: Path) -> None:
    """Text in every form that a line, and what comes before and after it, may have."""
    write = {
        "bom.txt": b"\xef\xbb\xbf" + LINE.replace("\n", "\r\n").encode() + b"x",
        "bom only.txt": b"\xef\xbb\xbf",
        "no end.txt": LINE.encode()[:-1],
        "empty.txt": b"",
        "line feed.txt": b"\n",
        "utf-16.txt": LINE.encode("utf-16"),
        "binary.dat": b"\0\1\n\n\xff",
        "not utf-8.txt": b"\xff\n" + LINE.encode() + b"\xc3",
        "tcvn3.txt": bytes.fromhex("5469D56E67205669D674 2063E3 2073B875 207468616E68"),
        "2019/tin tức 100%+#?[a].txt": (LINE * 3).encode(),
        "page.html": "<p>Phòng <b>chng</b> dịch &amp; bnh</p>\n".encode(),
        "long.txt": _long_text().encode(),
        "packed.txt.xz": lzma.compress(LINE.encode()),
        "damaged.txt.xz": b"\xfd7zXZ\0 no more",
        "long.txt.GZ": gzip.compress(_long_text().encode(), mtime=0),
        "two.jsonl.bz2": bz2.compress(b'{"text": "chng d\\u1ecbch"}\n') + bz2.compress(b"{}"),
        "cut.txt.gz": gzip.compress(_long_text().encode(), mtime=0)[:20000],
        "no text.lz4": b"\4\x22\x4d\x18\0\n\n",
    }
    for name, content in write.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _long_text() -> str:
    """More than a block, of lines that differ, so that none is mistaken for another."""
    chance = random.Random(5)
    words = REPAIRED.split()
    lines = [
        " ".join(chance.choices(words, k=chance.randrange(30))) + f" {number} chng dịch\n"
        for number in range(4000)
    ]
    return "".join(lines)


def write_records(folder: Path) -> None:
    """JSON Lines that are right, wrong, empty, escaped, nested, and one larger than a portion."""
    folder.mkdir(parents=True, exist_ok=True)
    text = LINE.strip()
    large = REPAIRED.strip().replace(" ", "  ") * 9000 + LINE.replace("\n", "\\n") * 20
    lines = [
        '{"text": "ph\\u00f2ng chng d\\u1ecbch", "n": 1e5}\r',
        "no JSON",
        "",
        '{"z": 1, "text": null, "a": 2}',
        '{"text": "", "text2": "chng"}',
        '{"text": "kim tra dch bnh"}',
        f'{{"text": ["{text}", null], "other": "{text}"}}',
        f'{{"text": "{large}"}}',
        f'{{"text": "{text}"}}',
    ]
    (folder / "records").write_bytes("\n".join(lines).encode())
    packed = gzip.compress("".join(f'{{"text": "{text} {n}"}}\n' for n in range(50)).encode())
    (folder / "packed.jsonl.gz").write_bytes(packed)


def packed_package(folder: Path) -> Path:
    """All of vnclean in one zip archive, as a wheel has it."""
    top = Path(__file__).parent.parent
    path = folder / "vnclean.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in (top / "vnclean").rglob("*"):
            if file.is_file() and file.suffix != ".pyc":
                archive.write(file, file.relative_to(top))
        for file in (top / "dictionaries").rglob("*"):
            archive.write(file, f"vnclean/{file.relative_to(top)}")
    return path


def executors(process: int) -> list[int]:
    """The executors of Spark that a process has started, itself or by others."""
    found = []
    for child in Path(f"/proc/{process}/task").glob("*/children"):
        for number in map(int, child.read_text().split()):
            try:
                command = Path(f"/proc/{number}/cmdline").read_bytes()
            except OSError:  # it has ended
                continue
            found += [number] * (b"CoarseGrainedExecutorBackend" in command)
            found += executors(number)
    return found
