"""What a model adapted to a user's text brings, and what it costs.

    python benchmarks/overlay.py [--parts build accuracy speed learn names] [--model FILE]
                                 [--markdown]

The user's text is every second line of the laws of the training corpus.  Exits with 1 if a bar is
missed, with 2 if something is not there.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from zlib import crc32

import phrases
from accuracy import Job
from cases import CASES
from common import CORPUS, DATA, MissingError, damage, fail, heading, installed_command, need, table
from timing import Command, FailedError

PARTS = ("build", "accuracy", "speed", "learn", "names")
TEXTS = ("legal", "news")
#: Points of word accuracy that other text may lose.
MOST_HARM = 0.1
#: Rounds of a timing, and MB of news that are cleaned.
ROUNDS, MEGABYTES = 3, 5
#: Words that are damaged everywhere, in each trial of ``learn``, and the text they stand in.
TRIALS, WORDS, CHARACTERS = 8, 5, 1_500_000
#: Texts whose names are made others, and how often a name must be changed to be counted.
NAME_TRIALS, OFTEN_CHANGED = 3, 3
WORD = re.compile(r"[^\W\d_]+")
#: Damage of noise.py that ``learn`` is tried with.
CHANNELS = ("drop-line", "drop-word", "swap", "typo", "strip")
TONES = "\u0300\u0301\u0303\u0309\u0323"


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add = parser.add_argument
    add("--data", type=Path, default=DATA, help="folder of judge.py, noise.py and dev/")
    add("--laws", type=Path, default=CORPUS.with_name("legal_clean.txt.xz"))
    add("--news", type=Path, default=CORPUS)
    add("--parts", nargs="+", choices=PARTS, default=PARTS)
    add("--model", type=Path, help="use this model instead of building one")
    add("--markdown", action="store_true", help="a table for RESULTS.md")
    return parser.parse_args(arguments)


def lines_of(path: Path) -> Iterator[str]:
    with lzma.open(need(path, "the corpus", "--laws or --news"), "rt", encoding="utf-8") as lines:
        yield from lines


def plain(line: str) -> str:
    return " ".join(WORD.findall(line.lower()))


def laws(source: Path, data: Path, target: Path) -> str:
    """Writes every second line, less what the development set has; says how much that was."""
    dev = data / "dev" / "legal.clean.txt"
    known = {plain(line) for line in need(dev, "the data", "--data").open(encoding="utf-8")}
    runs = {run for line in known for run in _runs(line)}
    left, shared = 0, set()
    with target.open("w", encoding="utf-8") as file:
        for line in islice(lines_of(source), 0, None, 2):
            words = plain(line)
            if words in known:
                left += 1
                continue
            shared |= runs.intersection(_runs(words))
            file.write(line)
    share = len(shared) / max(1, len(runs))
    return (
        f"{left} lines of the dev set left out; {share:.0%} of its runs of 10 words are in others"
    )


def _runs(words: str) -> Iterator[tuple[str, ...]]:
    parts = words.split()
    return zip(*(parts[first:] for first in range(10)), strict=False)


def build(text: Path, model: Path, command: str) -> list[list[str]]:
    """Builds the model as a user would; how long it took, and on how much memory."""
    words = [command, "model", "build", str(text), "-o", str(model), "--json"]
    run = Command("build", words, cores=2).run(Path("/dev/null"))
    size = model.stat().st_size / 1e6
    row = [f"{text.stat().st_size / 1e6:.0f}", f"{run.seconds:.0f}", f"{run.cpu:.0f}"]
    return [["MB of text", "seconds", "CPU s", "peak MB", "model MB"],
            [*row, f"{run.peak:.0f}", f"{size:.1f}"]]  # fmt: skip


def accuracy(data: Path, model: Path, clean: list[str]) -> tuple[list[list[str]], bool]:
    """Word accuracy of laws and news without and with the model; whether other text keeps it."""
    columns = ["", "word acc.", "adapted", "points", "recall", "adapted", "false/1000", "adapted"]
    rows, good, points = [columns], True, dict[str, list[float]]()
    for case in CASES:
        text = next((t for t in TEXTS if case.name in (f"clean/{t}",)), case.name.split("/")[0])
        if text not in TEXTS:
            continue
        figures = []
        for command in (clean, [*clean, "--model", str(model)]):
            with tempfile.TemporaryDirectory() as work:
                figures.append(Job(case, data, Path(work), command, 1, None).run())
        gain = 100 * (
            _figure(figures[1], "word_accuracy_after") - _figure(figures[0], "word_accuracy_after")
        )
        points.setdefault(text, []).append(gain)
        row = [case.name]
        for name, form in (
            ("word_accuracy_after", ".4f"),
            ("recall", ".4f"),
            ("false_per_1000", ".2f"),
        ):
            row += [format(_figure(some, name), form) for some in figures]
        rows.append([*row[:3], f"{gain:+.2f}", *row[3:]])
    for text, gains in points.items():
        mean = sum(gains) / len(gains)
        good &= mean > 0 if text == "legal" else mean >= -MOST_HARM
        rows.append([f"{text}, mean", "", "", f"{mean:+.3f}", "", "", "", ""])
    return rows, good


def _figure(figures: dict[str, float | None], name: str) -> float:
    return figures.get(name) or 0.0


def speed(news: Path, model: Path, clean: list[str], scratch: Path) -> list[list[str]]:
    """Seconds for clean news, in turns without and with the model."""
    text = scratch / "news.txt"
    with text.open("w", encoding="utf-8") as file:
        size = 0
        for line in lines_of(news):
            file.write(line)
            size += len(line.encode())
            if size > MEGABYTES * 1e6:
                break
    commands = Command("shipped", clean), Command("adapted", [*clean, "--model", str(model)])
    rows = [["round", "shipped CPU s", "adapted CPU s", "ratio"]]
    for number in range(1, ROUNDS + 1):
        one, other = (command.run(text).cpu for command in commands)
        rows.append([str(number), f"{one:.2f}", f"{other:.2f}", f"{other / one:.3f}"])
    return rows


def learn(news: Path, data: Path, scratch: Path, command: str) -> tuple[list[list[str]], bool]:
    """Damages a text; which of the words and phrases that come of it does ``learn`` propose?"""
    lines = [unicodedata.normalize("NFC", line) for line in _some(lines_of(news))]
    text = scratch / "archive.txt"
    clean = Counter(word.lower() for line in lines for word in WORD.findall(line))
    common = [w for w, count in clean.most_common(1500) if count >= 20 and damaged(w) != w]
    trials = [("nothing", lines)]
    for trial in range(TRIALS):
        chosen = common[20 + trial :: len(common) // WORDS][:WORDS]
        replaced = [replaced_in(line, {word: damaged(word) for word in chosen}) for line in lines]
        trials.append((f"{_named(chosen)} throughout", replaced))
    for trial, chosen in enumerate(phrases.to_damage(lines, TRIALS, WORDS)):
        spoilt = {phrase: _spoilt(phrase, trial) for phrase in chosen}
        named = ", ".join(f"{phrase} → {new}" for phrase, new in spoilt.items())
        replaced = [phrases.replaced(line, spoilt) for line in lines]
        trials.append((f"{named} in this phrase", replaced))
    for channel in CHANNELS:
        for share, name in ((1, "everywhere"), (4, "in a quarter of the text")):
            noisy = list(_noisy(lines, channel, share, data, scratch))
            trials.append((f"{channel} {name}", noisy))
    rows, good = (
        [["damage", "proposed", "of several words", "damaged among them", "left out"]],
        True,
    )
    sound = "".join(lines).lower()
    for name, damaged_lines in trials:
        text.write_text("".join(damaged_lines), encoding="utf-8")
        found = _learned(command, text)
        proposed = [row["word"] for row in found if row["verdict"] == "proposed"]
        wrong = [entry for entry in proposed if not phrases.is_in(entry, sound)]
        good &= not wrong
        shown = f"{len(wrong)} ({', '.join(wrong[:5])})" if wrong else "0"
        several = sum(" " in entry for entry in proposed)
        row = [name, str(len(proposed)), str(several), shown, str(len(found) - len(proposed))]
        rows.append(row)
        print(*row, sep=" | ", file=sys.stderr, flush=True)
    return rows, good


def _named(words: Sequence[str]) -> str:
    return ", ".join(f"{word} → {damaged(word)}" for word in words)


def _spoilt(phrase: str, trial: int) -> str:
    """A phrase with one word of it damaged: the first that can be, counted from ``trial``."""
    words = phrase.split(" ")
    order = [(trial + number) % len(words) for number in range(len(words))]
    at = next((n for n in order if damaged(words[n].lower()) != words[n].lower()), order[0])
    words[at] = _as_written(damaged(words[at].lower()), words[at])
    return " ".join(words)


def names(news: Path, scratch: Path, command: str) -> list[list[str]]:
    """Gives the names of a text the syllables of others: how many changes of them are left when
    what ``learn`` proposes is obeyed, and how much of that is names?
    """
    lines = [unicodedata.normalize("NFC", line) for line in _some(lines_of(news))]
    text, dictionary = scratch / "archive.txt", scratch / "proposed.words"
    rows = [["names", "changed", "spared by", "changes of them", "with the entries",
             "proposed of several words", "parts of such a name"]]  # fmt: skip
    for trial in range(NAME_TRIALS):
        invented = phrases.invented(lines, trial)
        text.write_text("".join(phrases.replaced(line, invented) for line in lines), "utf-8")
        entries = [row["word"] for row in _learned(command, text) if row["verdict"] == "proposed"]
        dictionary.write_text("".join(f"{entry}\n" for entry in entries), encoding="utf-8")
        new = set(invented.values())
        before = phrases.changes(command, text, new)
        after = phrases.changes(command, text, new, "--dictionary", str(dictionary))
        several = [entry for entry in entries if " " in entry]
        inside = [entry for entry in several if any(entry in name for name in new)]
        often = {name for name, count in before.items() if count >= OFTEN_CHANGED}
        spared = sum(after[name] < before[name] / 2 for name in often)
        rows.append([str(len(new)), f"{len(often)}", f"{spared}", str(sum(before.values())),
                     str(sum(after.values())), str(len(several)), str(len(inside))])  # fmt: skip
        print(*rows[-1], several, sep=" | ", file=sys.stderr, flush=True)
    return rows


def _learned(command: str, text: Path) -> list[dict[str, str]]:
    words = [command, "learn", "--json", str(text)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _noisy(
    lines: Sequence[str], channel: str, share: int, data: Path, scratch: Path
) -> Iterator[str]:
    """The lines, a hundred together of each ``share`` hundreds damaged by noise.py."""
    clean, noisy = scratch / "clean.txt", scratch / "noisy.txt"
    clean.write_text("".join(lines), encoding="utf-8")
    damage(data, channel, clean, noisy)
    with noisy.open(encoding="utf-8") as file:
        for number, (line, other) in enumerate(zip(lines, file, strict=True)):
            yield line if number // 100 % share else other


def _some(lines: Iterator[str]) -> Iterator[str]:
    size = 0
    for line in lines:
        size += len(line)
        if size > CHARACTERS:
            return
        yield line


def damaged(word: str) -> str:
    """A word as a careless program or writer may always write it: by its letters, always alike."""
    lost = re.sub("[\u1ea0-\u1ef9]", "", word)
    letters = re.sub("(\u0323)([\u0302\u0306])", r"\2\1", unicodedata.normalize("NFD", word))
    tones = [tone for tone in letters if tone in TONES]
    if (crc32(word.encode()) % 2 and len(lost) > 1) or len(tones) != 1:
        return lost if len(lost) > 1 else word
    others = TONES.replace(tones[0], "")
    other = others[crc32(word.encode()) // 2 % len(others)]
    return unicodedata.normalize("NFC", letters.replace(tones[0], other))


def replaced_in(line: str, words: Mapping[str, str]) -> str:
    """A line with other words put for some, in small letters, in any case."""

    def one(found: re.Match[str]) -> str:
        new = words.get(found[0].lower())
        return found[0] if new is None else _as_written(new, found[0])

    return WORD.sub(one, line)


def _as_written(word: str, found: str) -> str:
    return word.capitalize() if found[0].isupper() else word


def main(arguments: Sequence[str] | None = None) -> int:
    args = options(arguments)
    good = True
    print(heading(), end="\n\n", flush=True)
    try:
        clean = installed_command()
        with tempfile.TemporaryDirectory() as folder:
            scratch = Path(folder)
            model = args.model or scratch / "laws.ngrams"
            needs_model = not {"accuracy", "speed"}.isdisjoint(args.parts)
            tables: list[list[list[str]]] = []
            if "build" in args.parts or (needs_model and args.model is None):
                text = scratch / "laws.txt"
                print(laws(args.laws, args.data, text), end="\n\n", flush=True)
                tables.append(build(text, model, clean[0]))
            if "accuracy" in args.parts:
                rows, kept = accuracy(args.data, model, clean)
                tables.append(rows)
                good &= kept
            if "speed" in args.parts:
                tables.append(speed(args.news, model, clean, scratch))
            if "learn" in args.parts:
                rows, kept = learn(args.news, args.data, scratch, clean[0])
                tables.append(rows)
                good &= kept
            if "names" in args.parts:
                tables.append(names(args.news, scratch, clean[0]))
            print("\n\n".join(table(rows, args.markdown) for rows in tables))
    except (MissingError, FailedError, RuntimeError) as error:
        return fail(error)
    print("\nall bars reached" if good else "\na bar was missed")
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
