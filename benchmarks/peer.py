"""What vnclean is compared with: each peer as a command that corrects stdin to stdout."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from common import REPOSITORY
from timing import Command, FailedError

SCRIPTS = Path(__file__).parent / "peers"
#: The environment that they live in, made as peers.txt says.
ENVIRONMENT = REPOSITORY / "benchmarks" / ".venv"
_VERSION = "import sys, importlib.metadata as m; print(m.version(sys.argv[1]))"


@dataclass(frozen=True)
class Peer:
    """A program of PyPI with a command line of its own, or a script in peers/ that uses one."""

    name: str
    words: Sequence[str]  #: a command of the environment, or ``with_*.py``, and its arguments
    packaged: bool = True  #: by PyPI; otherwise by the system
    codes: Sequence[int] = (0,)
    way: str = ""  #: of using it, if there are several

    @property
    def title(self) -> str:
        """What it is called on the command line and in results."""
        return f"{self.name}+{self.way}" if self.way else self.name

    def command(self, environment: Path, line: Path) -> Command:
        """The peer with its version; raises FailedError unless it can correct ``line``."""
        python = str(environment / "bin" / "python") if self.packaged else sys.executable
        first, *rest = self.words
        start = (
            [python, str(SCRIPTS / first)]
            if first.endswith(".py")
            else [str(environment / "bin" / first)]
        )
        name = f"{self.title} {self._version(python)}"
        command = Command(name, [*start, *rest], codes=self.codes)
        command.run(line)
        return command

    def _version(self, python: str) -> str:
        ask = [python, "-c", _VERSION, self.name] if self.packaged else [self.name, "--version"]
        try:
            done = subprocess.run(ask, capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise FailedError(f"{self.name}: is not installed") from error
        return done.stdout.split("\n")[0].rstrip(")").rpartition(" ")[2]


PEERS = (
    Peer("codespell", ("codespell", "-w", "-"), codes=(0, 65)),
    Peer("ftfy", ("ftfy",)),
    Peer("hunspell", ("with_hunspell.py",), packaged=False),
    Peer("symspellpy", ("with_symspellpy.py",)),
    Peer("symspellpy", ("with_symspellpy.py", "--remember"), way="memory"),
    Peer("pyspellchecker", ("with_pyspellchecker.py",)),
    Peer("pyvi", ("with_pyvi.py",)),
)
