"""Digests as WARC records have them: an algorithm, a colon, and a number in some base."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from typing import Final

from warcio.utils import Digester

#: The forms in which numbers are written.
_FORMS: Final[tuple[Callable[[bytes], str], ...]] = (
    lambda number: base64.b32encode(number).decode(),
    lambda number: base64.b32encode(number).decode().rstrip("="),
    lambda number: base64.b32encode(number).decode().lower(),
    bytes.hex,
    lambda number: number.hex().upper(),
    lambda number: base64.b64encode(number).decode(),
    lambda number: base64.urlsafe_b64encode(number).decode(),
)


class Digest:
    """A digest that is to be made anew in the form it has.

    >>> digest = Digest("md5:D41D8CD98F00B204E9800998ECF8427E")
    >>> digest.is_of([b"more"]), digest.is_of([])
    (False, True)
    >>> digest.made_of([b"a", b"b"])
    'md5:187EF4436122D1CC2F40DC2B92F0EBA0'
    """

    def __init__(self, written: str) -> None:
        """Raises ValueError if the algorithm is not known."""
        self._algorithm, _, self._value = written.partition(":")
        self._form: Callable[[bytes], str] | None = None
        try:
            self._number([])
        except TypeError:  # one that makes digests of any length
            raise ValueError(self._algorithm) from None

    def _number(self, parts: Iterable[bytes]) -> bytes:
        digester = Digester(self._algorithm)
        for part in parts:
            digester.update(part)
        number: bytes = digester.digester.digest()
        return number

    def is_of(self, parts: Iterable[bytes]) -> bool:
        """Whether it is the one of ``parts``, in whatever form."""
        number = self._number(parts)
        self._form = next((form for form in _FORMS if form(number) == self._value), None)
        return self._form is not None

    def made_of(self, parts: Iterable[bytes]) -> str:
        """That of ``parts`` in the form in which :meth:`is_of` found this one."""
        assert self._form
        return f"{self._algorithm}:{self._form(self._number(parts))}"
