"""What modules of Python say to our users, marked for the catalogue; no module imports this one.

argparse looks its messages up by itself (see `vnclean.language.choose`), ours of json are looked
up in lower case, as they are shown.
"""

from __future__ import annotations

from typing import Final

from vnclean.language import marked

OF_ARGPARSE: Final = (
    marked("options"),
    marked("show this help message and exit"),
    marked("argument %(argument_name)s: %(message)s"),
    marked("ignored explicit argument %r"),
    marked("ambiguous option: %(option)s could match %(matches)s"),
)
OF_JSON: Final = (
    marked("expecting value"),
    marked("expecting property name enclosed in double quotes"),
    marked("expecting ':' delimiter"),
    marked("expecting ',' delimiter"),
    marked("extra data"),
    marked("unterminated string starting at"),
    marked("invalid control character at"),
    marked("invalid \\escape"),
    marked("invalid \\uxxxx escape"),
)
