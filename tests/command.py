"""The installed command, and a line for it to repair."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

_FOUND = shutil.which("vnclean", path=str(Path(sys.executable).parent)) or shutil.which("vnclean")
assert _FOUND, "install the package first: pip install -e ."
VNCLEAN: str = _FOUND
DAMAGED, REPAIRED = "Phòng chng dịch.\n".encode(), "Phòng chống dịch.\n".encode()


def start(*args: str, **options: Any) -> subprocess.Popen[bytes]:
    """The command with all its streams in pipes."""
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [VNCLEAN, *args], **{"stdin": pipe, "stdout": pipe, "stderr": pipe} | options
    )
