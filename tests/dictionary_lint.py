"""Checks a file of dictionaries/ and says in words what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from vnclean.orthography import ONSETS, TONE_MARKS, fold, is_syllable, skeleton

Row = tuple[str, ...]
LABELS = ("Source", "Licence", "Rebuild", "Columns", "Entries")
#: How many leading columns name an entry: they are sorted and occur once.
KEY_COLUMNS = {"confusions.tsv": 3, "amendments.tsv": 3, "misreadings.tsv": 3}
_MARKED = frozenset("aăâeêoôơuưdđ")
LETTERS = {
    "coda": frozenset(["c", "ch", "i", "m", "n", "ng", "nh", "o", "p", "t", "u", "y"]),
    "letter": frozenset("abcdefghijklmnopqrstuvwxyz") | _MARKED,
    "mark": _MARKED,
    "onset": ONSETS,
    "tone": frozenset(TONE_MARKS),
}


def problems(path: Path) -> list[str]:
    """Everything wrong with the dictionary at ``path``, whose name says what it should be."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"not UTF-8: {error}"]
    found = [] if text.endswith("\n") else ["the last line does not end"]
    lines = text.removesuffix("\n").split("\n")
    entries = [line for line in lines if not line.startswith("#")]
    rows = [tuple(entry.split("\t")) for entry in entries]
    found += bad_header(lines, len(entries))
    found += bad_characters(lines)
    found += bad_order([row[: KEY_COLUMNS.get(path.name, 1)] for row in rows])
    if path.suffix == ".txt":
        found += [f"a tab in a list of words: {entry!r}" for entry in entries if "\t" in entry]
    check = CHECKS.get(path.name)
    if check is None:
        return [*found, f"no rule for a dictionary named {path.name}"]
    return found + [f"{reason}: {' | '.join(row)}" for row in rows for reason in check(row)]


def bad_header(lines: list[str], entries: int) -> Iterator[str]:
    header = []
    for line in lines:
        if not line.startswith("#"):
            break
        header.append(line)
    if not header or re.match(r"# [A-Z]\w+:", header[0]):
        yield "the first line does not say what the file is"
    for label in LABELS:
        values = [line.partition(":")[2] for line in header if line.startswith(f"# {label}: ")]
        if len(values) != 1 or not values[0].strip():
            yield f"the header has no {label}"
        elif label == "Entries" and values[0].strip() != str(entries):
            yield f"the header counts {values[0].strip()} entries, there are {entries}"


def bad_characters(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if not line:
            yield f"line {number} is empty"
        if not unicodedata.is_normalized("NFC", line):
            yield f"line {number} is not in NFC: {line!r}"
        if any(unicodedata.category(c) in ("Cc", "Cf", "Zs") for c in line if c not in " \t"):
            yield f"line {number} has an invisible character: {line!r}"
        if line.startswith("#"):
            if line != line.rstrip():
                yield f"line {number} ends in white space"
        elif any(column != " ".join(column.split()) or not column for column in line.split("\t")):
            yield f"line {number} has stray white space or an empty column: {line!r}"


def bad_order(keys: list[Row]) -> Iterator[str]:
    for before, after in pairwise(keys):
        if before == after:
            yield f"twice: {' | '.join(after)}"
        elif before > after:
            yield f"not sorted: {' | '.join(after)} comes after {' | '.join(before)}"


# One check for each file; each yields what is wrong with a row.


def bad_compound(row: Row) -> Iterator[str]:
    parts = row[0].split(" ")
    if len(parts) < 2:
        yield "one syllable only"
    if not all(is_syllable(part) for part in parts):
        yield "not made of well-formed syllables"
    elif row[0] != " ".join(map(fold, parts)):
        yield "not folded"


#: The ward Phường Phường Đúc in Huế: here the generic term is part of the name.
GENERIC_IN_NAME = frozenset(["Phường Đúc"])


def bad_place(row: Row) -> Iterator[str]:
    if not all(part[:1].isupper() or part == "-" or part.isdigit() for part in row[0].split()):
        yield "a part without its capital"
    generic = re.match(r"(?:Tỉnh|Thành phố|Huyện|Thị xã|Thị trấn|Phường|Đặc khu) ", row[0])
    if generic and row[0] not in GENERIC_IN_NAME:
        yield "a generic term"
    if re.fullmatch(r"[\d IVX]+", row[0]):
        yield "only a number"
    if not is_new_style(row[0]):
        yield "tone not in its new-style place"


def is_new_style(text: str) -> bool:
    words = re.findall(r"\w+", text)
    return all(word.lower() == fold(word) for word in words)


def bad_abbreviation(row: Row) -> Iterator[str]:
    if len(row) != 2:
        yield "not two columns"
        return
    if row[0] == row[0].lower():
        yield "an abbreviation without a capital"
    if " " in row[0]:
        yield "an abbreviation with a blank"
    readings = row[1].split("; ")
    if len({reading.lower() for reading in readings}) < len(readings):
        yield "a reading given twice"
    if any(not reading or "," in reading or ";" in reading for reading in readings):
        yield "readings not joined by '; '"
    if not is_new_style(row[1]):
        yield "tone not in its new-style place"


def bad_confusion(row: Row) -> Iterator[str]:
    if len(row) != 4:
        yield "not four columns"
        return
    kind, written, meant, weight = row
    if kind not in LETTERS:
        yield f"unknown kind {kind}"
    elif not {written, meant} <= LETTERS[kind]:
        yield f"not a known {kind}"
    if written == meant:
        yield "confused with itself"
    if kind == "mark" and skeleton(written) != skeleton(meant):
        yield "not a mark but another letter"
    if not re.fullmatch(r"\d+(?:\.\d+)?", weight) or not 0 < float(weight) < 20:
        yield f"weight {weight} is no price between 0 and 20"


def bad_letters(row: Row) -> Iterator[str]:
    if len(row) != 3:
        yield "not three columns"
        return
    before, back, following = row
    if before != "∅" and not 1 <= len(before) <= 2:
        yield f"{before} is not two letters at most"
    parts = following.split(" ")
    letters, prices = parts[::2], [back, *parts[1::2]]
    if len(parts) % 2 or any(len(letter) != 1 for letter in letters):
        yield "not letters with a price each"
    elif letters != sorted(set(letters)):
        yield "letters not in order"
    if not all(re.fullmatch(r"\d+\.\d", price) for price in prices):
        yield "not a price"


def bad_misreading(row: Row) -> Iterator[str]:
    if len(row) != 5:
        yield "not five columns"
        return
    _, meant, read, count, total = row
    if not 1 <= len(meant) <= 2 or not meant.islower():
        yield f"{meant} is not one small letter or two"
    if not 1 <= len(read) <= 2:
        yield f"{read} is more than two signs"
    numbers = all(re.fullmatch(r"\d+\.\d", number) for number in (count, total))
    if not numbers or not 0 < float(count) <= float(total):
        yield f"{count} is not a part of {total}"


def bad_count(text: str) -> Iterator[str]:
    if not re.fullmatch(r"[1-9]\d*", text):
        yield f"count {text} is not a positive integer"


def bad_syllable(row: Row) -> Iterator[str]:
    if len(row) != 3:
        yield "not three columns"
        return
    word, count, capitals = row
    if not is_syllable(word):
        yield "not a well-formed syllable"
    elif word != fold(word):
        yield "not folded"
    yield from bad_count(count)
    if not capitals.isdigit() or int(capitals) > int(float(count)):
        yield f"{capitals} is no number of capitals"


def bad_slang(row: Row) -> Iterator[str]:
    if len(row) != 1 or not row[0].isalpha() or not row[0].islower():
        yield "not one word in lower case"


def bad_foreign(row: Row) -> Iterator[str]:
    if len(row) != 3:
        yield "not three columns"
        return
    word, count, case = row
    if is_syllable(word):
        yield "a Vietnamese syllable"
    if word != word.lower() or " " in word:
        yield "not one word in lower case"
    if case not in ("lower", "name", "upper"):
        yield f"unknown letter case {case}"
    yield from bad_count(count)


def bad_amendment(row: Row) -> Iterator[str]:
    if len(row) != 5:
        yield "not five columns"
        return
    file, action, _, reading, _ = row
    if file not in ("abbreviations.tsv", "compounds.txt", "places.txt"):
        yield f"{file} is not built from amendments"
    if action not in ("add", "remove"):
        yield f"unknown action {action}"
    if (reading == "-") != file.endswith(".txt"):
        yield "abbreviations have a reading, words have none"


def bad_lookalike(row: Row) -> Iterator[str]:
    if len(row) != 2:
        yield "not two columns"
        return
    letter, meant = row
    if len(letter) != 1 or not meant or letter == meant:
        yield "not a letter and what it stands for"
    if not all(char.isascii() or char in "đĐưƯ" for char in meant):
        yield "stands for no letter of Vietnamese words"


#: What a phrase of a page's furniture may be.
ROLES = frozenset(["line", "home", "lead", "network", "section", "start", "end"])


def bad_boilerplate(row: Row) -> Iterator[str]:
    if len(row) != 2:
        yield "not two columns"
        return
    phrase, role = row
    if role not in ROLES:
        yield f"unknown role {role}"
    if phrase != phrase.lower() or not is_new_style(phrase):
        yield "not in lower case with its tones in their new-style place"
    if re.search(r"[1-9]|\d\d", phrase):
        yield "a number that is not 0"


CHECKS: dict[str, Callable[[Row], Iterator[str]]] = {
    "abbreviations.tsv": bad_abbreviation,
    "amendments.tsv": bad_amendment,
    "boilerplate.tsv": bad_boilerplate,
    "compounds.txt": bad_compound,
    "confusions.tsv": bad_confusion,
    "foreign.tsv": bad_foreign,
    "letters.tsv": bad_letters,
    "places.txt": bad_place,
    "lookalikes.tsv": bad_lookalike,
    "misreadings.tsv": bad_misreading,
    "slang.txt": bad_slang,
    "syllables.tsv": bad_syllable,
}
