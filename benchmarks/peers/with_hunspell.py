"""hunspell over stdin: each unknown word becomes its first suggestion (``hunspell -a``)."""

from __future__ import annotations

import subprocess
import sys

from filter import correct_lines

COMMAND = ["hunspell", "-a", "-i", "utf-8", "-d", "vi_VN"]


def main() -> None:
    try:
        speller = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
    except FileNotFoundError:
        sys.exit("hunspell is not installed")
    assert speller.stdin and speller.stdout
    if not speller.stdout.readline():  # its greeting
        sys.exit("hunspell has no dictionary vi_VN; install hunspell-vi")

    def correct(line: str) -> str:
        assert speller.stdin and speller.stdout
        speller.stdin.write(f"^{line}\n")  # ^: what follows is text, no command
        speller.stdin.flush()
        parts, done = [], 0
        while answer := speller.stdout.readline().rstrip("\n"):
            if answer.startswith("&"):  # & WORD COUNT OFFSET: SUGGESTION, ...
                head, _, suggestions = answer.partition(": ")
                _, word, _, offset = head.split(" ")
                start = int(offset) - 1
                parts += [line[done:start], suggestions.partition(", ")[0]]
                done = start + len(word)
        return "".join([*parts, line[done:]])

    correct_lines(correct)
    speller.stdin.close()
    speller.wait()


if __name__ == "__main__":
    main()
