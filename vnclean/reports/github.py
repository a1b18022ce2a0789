"""Workflow commands of GitHub Actions: each finding is shown beside its line.

The grammar is ``::warning name=value,name=value::message``.  A command ends with its line, and so
line ends are escaped, as is ``%`` itself; in values ``:`` and ``,`` too.
"""

from __future__ import annotations

from typing import Final

from vnclean.kinds import title
from vnclean.language import in_english
from vnclean.pipeline import Finding
from vnclean.reports.drawn import visible
from vnclean.reports.encoded import encoded
from vnclean.reports.listing import Listing, field_of, note_of
from vnclean.reports.origin import Origin

_DATA: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_DATA_TABLE: Final = str.maketrans(_DATA)
_VALUE_TABLE: Final = str.maketrans(_DATA | {":": "%3A", ",": "%2C"})


class GithubListing(Listing):
    """One command a finding."""

    def finding(self, finding: Finding, *, packed: bool = False) -> bytes:
        """A warning, or a notice if it would be left alone.

        Columns are those of the first and of the last letter.

        >>> from vnclean.edits import Edit
        >>> edit = Edit(50, 53, "kim", "kiểm", "lost-letters", 0.978)
        >>> command = GithubListing().finding(Finding("a, b.txt", 3, 8, edit, "")).decode()
        >>> command.split("::", 2)[1]
        'warning file=a%2C b.txt,line=3,endLine=3,col=8,endColumn=10,title=vnclean%3A lost-letters'
        >>> command.split("::", 2)[2]
        'kim → kiểm (0.98). Letters of U+1EA0–U+1EF9 were lost\\n'
        """
        edit = finding.edit
        line, column = finding.end()
        places = {"line": finding.line, "endLine": line}
        if line == finding.line:  # the runner drops the columns of what spans lines
            places |= {"col": finding.column, "endColumn": max(finding.column, column - 1)}
        note = note_of(edit)
        change = f"{visible(edit.before)} → {visible(edit.after)} ({edit.confidence:.2f}{note})"
        level = "warning" if edit.applied else "notice"
        heading = f"vnclean: {edit.kind}"
        message = f"{field_of(finding.field)}{change}. {title(edit.kind)}"
        return _command(level, finding.path, places, heading, message)

    def origin(self, origin: Origin) -> bytes:
        """About the document as a whole.

        >>> print(GithubListing().origin(Origin("a.txt", "TCVN3", "UTF-8")).decode(), end="")
        ::warning file=a.txt,line=1,title=vnclean%3A encoding::a.txt: TCVN3 → UTF-8
        """
        level = "warning" if origin.converted else "notice"
        places = {"line": origin.first_line or 1}
        return _command(level, origin.path, places, "vnclean: encoding", in_english(origin))

    def failure(self, path: str, reason: str) -> bytes:
        """An error.

        >>> GithubListing().failure("a.txt", "a.txt: no such file").decode()
        '::error file=a.txt,title=vnclean::a.txt: no such file\\n'
        """
        return _command("error", path, {}, "vnclean", reason)


def _command(level: str, path: str, places: dict[str, int], heading: str, message: str) -> bytes:
    values = {"file": path, **places, "title": heading}
    listed = ",".join(
        f"{name}={str(value).translate(_VALUE_TABLE)}" for name, value in values.items()
    )
    shown = message.translate(_DATA_TABLE)
    return encoded(f"::{level} {listed}::{shown}\n")
