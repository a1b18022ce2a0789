"""The hooks of ``.pre-commit-hooks.yaml``, run by the real pre-commit in a repository of their own.

Without a network: the hooks are taken as they are written, but for ``language: python``, which
would fetch what vnclean needs; instead the command that is installed here runs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command import DAMAGED, REPAIRED, VNCLEAN

from vnclean.formats.kinds import FORMATS

yaml = pytest.importorskip("yaml", reason="needs pre-commit: pip install -e '.[dev]'")
pytest.importorskip("pre_commit", reason="needs pre-commit: pip install -e '.[dev]'")
if not shutil.which("git"):
    pytest.skip("needs git", allow_module_level=True)

HOOKS = Path(__file__).parents[1] / ".pre-commit-hooks.yaml"
NAMES = "damaged.txt", "thư gửi bạn bè.md", "-i.txt"


class Repository:
    """A repository with files, in which hooks run before each commit."""

    def __init__(self, folder: Path, *hooks: str, args: list[str] | None = None) -> None:
        self.folder = folder / "repository"
        self.folder.mkdir()
        programs = os.pathsep.join((str(Path(VNCLEAN).parent), str(Path(sys.executable).parent)))
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PRE_COMMIT_HOME": str(folder / "cache"),
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        self.run("git", "init", "-q")
        chosen = [hook | {"language": "system"} for hook in written() if hook["id"] in hooks]
        for hook in chosen:
            hook["args"] = hook["args"] if args is None else args
        config = {"repos": [{"repo": "local", "hooks": chosen}]}
        self.write(".pre-commit-config.yaml", yaml.safe_dump(config).encode())

    def write(self, name: str, data: bytes) -> None:
        (self.folder / name).write_bytes(data)
        self.run("git", "add", "--", name)

    def run(self, *command: str) -> tuple[int, str]:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        return done.returncode, done.stdout

    def hooks(self) -> tuple[int, str]:
        return self.run("pre-commit", "run", "--all-files", "--color=never")


def written() -> list[dict[str, Any]]:
    hooks: list[dict[str, Any]] = yaml.safe_load(HOOKS.read_text("utf-8"))
    return hooks


def fill(repository: Repository) -> None:
    for name in NAMES:
        repository.write(name, DAMAGED)
    repository.write("sound.txt", REPAIRED)
    repository.write("picture.bin", b"\x00\x01\x02PK")
    repository.write("program.py", b"# " + DAMAGED)


def test_check_names_what_is_damaged_and_changes_nothing(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "vnclean-check")
    fill(repository)
    status, shown = repository.hooks()
    assert status == 1
    assert "- exit code: 1" in shown
    found = re.findall(r"^(.*):1:7: chng → chống", shown, re.M)
    assert sorted(found) == sorted(NAMES), shown
    assert "files were modified" not in shown
    assert (repository.folder / "damaged.txt").read_bytes() == DAMAGED


def test_clean_stops_the_commit_once(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "vnclean-clean")
    fill(repository)
    assert repository.run("pre-commit", "install")[0] == 0
    commit = "git", "-c", "user.name=A", "-c", "user.email=a@b", "commit", "-m", "Letters"
    status, shown = repository.run(*commit)
    assert status == 1
    assert "files were modified by this hook" in shown
    assert "exit code" not in shown
    assert [(repository.folder / name).read_bytes() for name in NAMES] == [REPAIRED] * len(NAMES)
    assert (repository.folder / "program.py").read_bytes() == b"# " + DAMAGED
    repository.run("git", "add", "--all")
    status, shown = repository.run(*commit)
    assert (status, "vnclean clean" in shown and "Passed" in shown) == (0, True), shown


def test_sound_text_passes(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "vnclean-check", "vnclean-clean")
    repository.write("sound.txt", REPAIRED)
    status, shown = repository.hooks()
    assert (status, shown.count("Passed")) == (0, 2), shown


def test_what_is_no_text_in_spite_of_its_name_is_named(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "vnclean-clean")
    repository.write("picture.txt", b"\x00\x01\x02")
    repository.write("damaged.txt", DAMAGED)
    status, shown = repository.hooks()
    assert status == 1
    assert "picture.txt: is a binary file" in shown
    assert (repository.folder / "damaged.txt").read_bytes() == REPAIRED


@pytest.mark.parametrize(("args", "status"), [(["--"], 1), (["--min-confidence", "0.99"], 0)])
def test_options_go_into_args(tmp_path: Path, args: list[str], status: int) -> None:
    repository = Repository(tmp_path, "vnclean-check", args=args)
    repository.write("doubtful.txt", "Phòng chống dịch bịnh.\n".encode())
    found, shown = repository.hooks()
    assert (found, "bịnh → bệnh" in shown) == (status, status == 1), shown


@pytest.mark.parametrize("hook", written(), ids=lambda hook: hook["id"])
def test_every_format_is_looked_at(hook: dict[str, Any]) -> None:
    for suffix in (".txt", *FORMATS, ".MD"):
        assert re.search(hook["files"], f"a/b{suffix}"), suffix
    for name in ("a.py", "a.txt.py", "text", "a.zip"):
        assert not re.search(hook["files"], name)
