"""Messages in other languages: the catalogues, and what stays in English."""

from __future__ import annotations

import argparse
import inspect
import json
import os
import re
import string
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from babel.messages.catalog import Catalog, Message
from command import VNCLEAN
from report_samples import data_in

from vnclean import python_messages
from vnclean.cli.parsers import all_parsers
from vnclean.language import Translated, choose, counted, in_english, translated
from vnclean.reports.reading import NoEntry, fields_of
from vnclean.review import screen
from vnclean.settings.file import ConfigurationError, read_settings
from vnclean.settings.keys import KEYS

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

sys.path.append(str(Path(__file__).resolve().parents[1] / "tools"))
import translations

CATALOGUES = list(translations.catalogues())
DAMAGED = "Phòng chng dịch và trữ nưc ngt.\nTiÕng ViÖt và thơng tin.\n"
COMMANDS = ("", *all_parsers())


@pytest.fixture
def vietnamese() -> Iterator[None]:
    choose("vi")
    yield
    choose("en")


@pytest.fixture(scope="module", params=CATALOGUES, ids=lambda path: path.parts[-3])
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture(scope="module")
def catalogue(path: Path) -> Catalog:
    return translations.read(path)


def texts(message: Message) -> list[tuple[str, str]]:
    """Each text of a message with its translation; of several for one thing and many, all."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return [(message.id[-1], one) for one in message.string]


def placeholders(text: str) -> set[str]:
    """What is put into a text, by ``str.format`` or by argparse's ``%``.

    >>> sorted(placeholders("{path}: {count:,} of %(prog)s"))
    ['%(prog)s', 'count:,', 'path']
    """
    fields = {
        f"{name}!{conversion}" if conversion else f"{name}:{how}" if how else name
        for _, name, how, conversion in string.Formatter().parse(text)
        if name is not None
    }
    return fields | set(re.findall(r"%(?:\(\w+\))?[sr]", text))


Done: TypeAlias = subprocess.CompletedProcess[str]


def run(*args: str, folder: Path, language: str, stdin: str = "") -> Done:
    return subprocess.run(
        [VNCLEAN, *args],
        cwd=folder,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        env=os.environ | {"VNCLEAN_LANG": language, "COLUMNS": "80"},
    )


def test_there_is_a_catalogue() -> None:
    assert [path.parts[-3] for path in CATALOGUES] == ["vi"]


def test_every_message_of_the_program_is_in_the_catalogue_and_no_other(catalogue: Catalog) -> None:
    """python tools/translations.py brings it up to date."""
    assert {message.id for message in catalogue} == {m.id for m in translations.found()}
    assert not catalogue.obsolete


def test_every_message_is_translated(catalogue: Catalog) -> None:
    missing = [one.id for one in catalogue if one.id and not all(text for _, text in texts(one))]
    assert missing == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_translations_put_in_what_the_message_does(catalogue: Catalog) -> None:
    wrong = [
        (text, found)
        for message in catalogue
        if message.id
        for text, found in texts(message)
        if "{" in text and placeholders(text) != placeholders(found)
    ]
    assert wrong == []


def test_translations_begin_and_end_as_the_message_does(catalogue: Catalog) -> None:
    """Blanks and line ends around it are part of the layout, and so is a colon at the end."""
    for message in catalogue:
        for text, found in texts(message) if message.id else ():
            for part in text, found:
                assert part == unicodedata.normalize("NFC", part)
            assert text[: -len(text.lstrip())] == found[: -len(found.lstrip())], text
            assert re.search(r":?\s*$", text)[0] == re.search(r":?\s*$", found)[0], text  # type: ignore[index]


def test_comments_in_files_stay_comments(catalogue: Catalog) -> None:
    """What is written into a file must be read again: each line is marked as before."""
    for message in catalogue:
        for text, found in texts(message) if message.id else ():
            if all(line.startswith("#") for line in text.splitlines()):
                assert all(line.startswith("#") for line in found.splitlines()), text


def test_what_is_compiled_is_the_catalogue(path: Path, catalogue: Catalog) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message in catalogue:
        if isinstance(message.id, str):
            assert compiled.gettext(message.id) == message.string or not message.id
        else:
            assert compiled.ngettext(*message.id, 1) == message.string[0]


def test_the_placeholders_of_messages_are_seen() -> None:
    assert placeholders("{name!r} and %(default)s") == {"name!r", "%(default)s"}
    assert placeholders("{count:,}") != placeholders("{count}")


def test_messages_of_argparse_are_its_own() -> None:
    said = inspect.getsource(argparse)
    assert [one for one in python_messages.OF_ARGPARSE if repr(one)[1:-1] not in said] == []


def test_messages_of_json_are_its_own() -> None:
    said = set()
    for broken in '"\x01"', r'"\x"', r'"\u0"', '"a', "{a", '{"a"', "[1 2", "1 2", "x":
        with pytest.raises(json.JSONDecodeError) as raised:
            json.loads(broken)
        said.add(raised.value.msg.lower())
    assert said == set(python_messages.OF_JSON)


def test_messages_of_tomllib_are_its_own() -> None:
    said = inspect.getsource(sys.modules[tomllib.loads.__module__])
    assert [
        one for one in python_messages.OF_TOML if repr(one[0].upper() + one[1:])[1:-1] not in said
    ] == []


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_80_columns(command: str, language: str, tmp_path: Path) -> None:
    done = run(*command.split(), "--help", folder=tmp_path, language=language)
    assert done.returncode == 0
    assert [line for line in done.stdout.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_in_help_is_left_in_english(command: str, tmp_path: Path) -> None:
    """No line of prose is as it was: only examples are."""
    there, here = (
        run(*command.split(), "--help", folder=tmp_path, language=language).stdout.splitlines()
        for language in ("en", "vi")
    )
    same = [line for line in set(there) & set(here) if "vnclean " not in line]
    prose = [re.sub(r"--[\w-]+", "", line) for line in same]
    assert [line for line in prose if re.search(r"[a-z]{2,} [a-z]{2,}", line)] == []


@pytest.mark.usefixtures("vietnamese")
def test_a_message_knows_its_english_however_deep_it_is() -> None:
    reason = translated("is damaged, get it anew ({reason})", reason=translated("encrypted"))
    message = translated("{path}: skipped: {reason}", path="a.zip", reason=ValueError(reason))
    assert message == "a.zip: bỏ qua: bị hỏng, hãy lấy lại bản khác (bị mã hóa)"
    assert in_english(message) == "a.zip: skipped: is damaged, get it anew (encrypted)"


@pytest.mark.usefixtures("vietnamese")
def test_one_and_many() -> None:
    assert [counted("{count:,} edit", "{count:,} edits", n) for n in (1, 2000)] == [
        "1 sửa đổi",
        "2,000 sửa đổi",
    ]
    assert counted("{count:,} edit", "{count:,} edits", 2).english == "2 edits"


def test_a_message_goes_to_another_process_with_its_english() -> None:
    import pickle

    sent = pickle.loads(pickle.dumps(Translated("trống", "is empty"), pickle.HIGHEST_PROTOCOL))
    assert (sent, in_english(sent)) == ("trống", "is empty")


def test_what_programs_read_is_the_same_in_every_language(tmp_path: Path) -> None:
    """Faults and failures included."""
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "b.jsonl").write_text('{"text": "chng"\n{"text": "dịch"}\n', "utf-8")
    (tmp_path / "c.bin").write_bytes(b"\0\1")
    (tmp_path / "d.csv").write_text('text\n"chng\n', "utf-8")
    (tmp_path / "e.txt").write_bytes(DAMAGED.encode() + b"\xff\n")
    names = ["a.txt", "b.jsonl", "c.bin", "d.csv", "e.txt", "no-such-file"]
    shown: dict[str, list[Any]] = {"en": [], "vi": []}
    for language, found in shown.items():
        found.append(
            run("clean", "--report", "r.jsonl", *names, folder=tmp_path, language=language).stdout
        )
        found.append((tmp_path / "r.jsonl").read_bytes())
        for format_ in "text", "json", "github", "sarif":
            args = ["check", "--all", "--format", format_, "-j", "2", *names]
            done = run(*args, folder=tmp_path, language=language)
            assert done.returncode == 3
            if format_ != "text":
                found.append(done.stdout)
        found.append(run("report", "--json", "r.jsonl", folder=tmp_path, language=language).stdout)
        found.append(
            run("explain", "--json", folder=tmp_path, language=language, stdin=DAMAGED).stdout
        )
    assert shown["en"] == shown["vi"]
    assert "no JSON" in shown["vi"][3] and "no such file" in shown["vi"][4]


def test_what_a_run_remembers_is_in_english_and_told_in_the_language_of_each(
    tmp_path: Path,
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(DAMAGED, "utf-8")
    (news / "b.jsonl").write_text('{"text": \n', "utf-8")
    (news / ".hidden").write_text("")
    runs = {}
    for out, language in ("en", "en"), ("vi", "vi"):
        args = ["clean", "-o", out, "--summary-json", f"{out}.json", "-j", "2", "news"]
        runs[language] = run(*args, folder=tmp_path, language=language)
        assert runs[language].returncode == 3
    assert (tmp_path / "en.json").read_bytes() == (tmp_path / "vi.json").read_bytes()
    assert "news/b.jsonl: line 1: is no JSON and was kept as it is" in runs["en"].stderr
    assert "news/b.jsonl: dòng 1: không phải JSON và được giữ nguyên" in runs["vi"].stderr
    english, other = (records(tmp_path / name) for name in ("en", "vi"))
    assert [{k: v for k, v in one.items() if k != "vi"} for one in other] == english
    again = run("clean", "-o", "vi", "--resume", "news", folder=tmp_path, language="vi")
    assert "dòng 1: không phải JSON và được giữ nguyên" in again.stderr
    again = run("clean", "-o", "vi", "--resume", "news", folder=tmp_path, language="en")
    assert "line 1: is no JSON and was kept as it is" in again.stderr


def records(output: Path) -> list[dict[str, Any]]:
    """What a run says of its files, without times and places on the disk."""
    told = (output / ".vnclean" / "manifest.jsonl").read_text("utf-8").splitlines()
    found = [one for one in map(json.loads, told) if "begun" in one]
    for one in found:
        del one["edits"], one["input"], one["digest"], one["output_digest"], one["size"]
    return sorted(found, key=lambda one: str(one["begun"]))


def test_the_page_is_in_the_language_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    run("clean", "--report", "r.jsonl", "a.txt", folder=tmp_path, language="en")
    pages = {}
    for language in "en", "vi":
        run("report", "--html", "p.html", "r.jsonl", folder=tmp_path, language=language)
        pages[language] = (tmp_path / "p.html").read_text("utf-8")
        assert f'<html lang="{language}">' in pages[language]
        assert "{{" not in pages[language].partition("<script")[0].partition("</style>")[2]
    assert 'placeholder="Tìm kiếm"' in pages["vi"]
    assert data_in(pages["en"])[1]["messages"] == {}
    _, facts, _ = data_in(pages["vi"])
    messages = facts["messages"]
    scripts = [one for name, one in translations.messages() if name.endswith(".js")]
    assert len(scripts) > 30
    assert [one for one in scripts if one not in messages] == []
    assert messages["not sure enough"] == "chưa đủ chắc chắn"


@pytest.mark.usefixtures("vietnamese")
def test_the_keys_of_a_review_fit_80_columns() -> None:
    rows = [*screen._KEYS, *screen._END_KEYS, *screen._SKIPPED_KEYS, *screen._TYPING_KEYS]
    lines = [screen._key_line(translated(row)).plain.rstrip() for row in rows]
    assert [line for line in lines if len(line) > 80] == []
    assert [line for line in translated(screen.HELP).splitlines() if len(line) > 80] == []


@pytest.mark.usefixtures("vietnamese")
def test_what_counts_if_nobody_says_is_translated() -> None:
    said = [key.otherwise for key in KEYS.values() if key.unset]
    assert "0.6; 0.35 trong đoạn bị hỏng" in said
    assert [one for one in said if one == in_english(one)] == []


@pytest.mark.usefixtures("vietnamese")
def test_reasons_of_tomllib_are_translated(tmp_path: Path) -> None:
    file = tmp_path / "vnclean.toml"
    file.write_text("jobs = \n")
    with pytest.raises(
        ConfigurationError, match="không phải TOML: giá trị không hợp lệ;"
    ) as raised:
        read_settings(str(file))
    assert "is no TOML: invalid value;" in in_english(raised.value)


@pytest.mark.usefixtures("vietnamese")
def test_a_report_with_a_wrong_encoding_is_told_the_known_ones() -> None:
    known = dict.fromkeys(("line", "column"), 1) | dict.fromkeys(("start", "end"), 0)
    texts = dict.fromkeys(("path", "kind", "mode", "context"), "a") | {"before": "", "after": ""}
    others = {"confidence": 0.5, "alternatives": [], "applied": True, "codec": "morse"}
    with pytest.raises(NoEntry, match='"codec" phải là một trong utf-8, ') as raised:
        fields_of(json.dumps(known | texts | others).encode())
    assert '"codec" must be one of utf-8, ' in in_english(raised.value)


def test_the_files_that_are_begun_are_sound_in_every_language(tmp_path: Path) -> None:
    """``config init`` writes TOML, and a dictionary can be read back."""
    for language in "en", "vi":
        folder = tmp_path / language
        folder.mkdir()
        assert run("config", "init", folder=folder, language=language).returncode == 0
        assert tomllib.loads((folder / "vnclean.toml").read_text("utf-8")) == {}
        assert run("dict", "add", "Kpă", folder=folder, language=language).returncode == 0
        assert run("dict", "list", folder=folder, language=language).stdout == "Kpă\n"
