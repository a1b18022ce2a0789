"""What modules of Python say to our users, marked for the catalogue; no module imports this one.

argparse looks its messages up by itself (see `vnclean.language.choose`), ours of json are looked
up in lower case, as they are shown, and so are those of tomllib, but for what they quote.
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
OF_TOML: Final = (
    marked("cannot overwrite a value"),
    marked("escaped character is not a Unicode scalar value"),
    marked("expected '=' after a key in a key/value pair"),
    marked("expected ']' at the end of a table declaration"),
    marked("expected ']]' at the end of an array declaration"),
    marked("expected newline or end of document after a statement"),
    marked("invalid date or datetime"),
    marked("invalid hex value"),
    marked("invalid initial character for a key part"),
    marked("invalid statement"),
    marked("invalid value"),
    marked("unclosed array"),
    marked("unclosed inline table"),
    marked("unescaped '\\' in a string"),
    marked("unterminated string"),
)
