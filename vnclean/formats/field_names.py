"""What a field of a record is called: as users name it, and as reports of Parquet files do."""

from __future__ import annotations

from typing import NamedTuple


class FieldName(NamedTuple):
    """The last step to a field, and the name of what that is in: a key, or the number of an item
    of a list, from 0.

    Steps, not text: most fields are never told of, and a record may have millions of them.

    >>> messages = FieldName(None, "messages")
    >>> str(FieldName(FieldName(messages, 2), "content"))
    'messages[2].content'
    """

    above: FieldName | None
    step: str | int

    def __str__(self) -> str:
        steps: list[str] = []
        name: FieldName | None = self
        while name:
            if isinstance(name.step, int):
                steps.append(f"[{name.step}]")
            else:
                steps.append(f".{name.step}" if name.above else name.step)
            name = name.above
        return "".join(reversed(steps))
