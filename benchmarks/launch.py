"""Runs one command and notes what it took: ``python -I launch.py REPORT COMMAND...``

REPORT gets wall seconds, CPU seconds, peak RSS in bytes (of the largest process, with those that
the command waited for) and the exit status.  This is a small process of its own because the peak
that a system reports of a child counts what its parent held when the child was started.
"""

from __future__ import annotations

import os
import sys
import time


def main() -> None:
    report, *command = sys.argv[1:]
    start = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    cpu = usage.ru_utime + usage.ru_stime
    with open(report, "w") as file:  # noqa: PTH123 (pathlib is not small)
        file.write(f"{seconds} {cpu} {peak} {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main()
