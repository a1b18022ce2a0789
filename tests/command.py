"""The installed command, and a line for it to repair."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

_FOUND = shutil.which("vnclean", path=str(Path(sys.executable).parent)) or shutil.which("vnclean")
assert _FOUND, "install the package first: pip install -e ."
VNCLEAN: str = _FOUND
#: Seconds that a command may take, on a machine that has much else to do.
_PATIENCE = 300
DAMAGED, REPAIRED = "Phòng chng dịch.\n".encode(), "Phòng chống dịch.\n".encode()


def start(*args: str, **options: Any) -> subprocess.Popen[bytes]:
    """The command with all its streams in pipes."""
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [VNCLEAN, *args], **{"stdin": pipe, "stdout": pipe, "stderr": pipe} | options
    )


def run(*args: str | Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """What came of the command, with nothing on stdin unless ``options`` say so."""
    command = [VNCLEAN, *map(os.fspath, args)]
    usual = {"input": b"", "capture_output": True, "check": False, "timeout": _PATIENCE}
    return subprocess.run(command, **(usual | options))
