"""Digests as WARC records have them: an algorithm, a colon, and a number in base 16 or 32."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import Final

#: By their names, without hyphens.
_ALGORITHMS: Final = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")

_HEX: Final = re.compile(r"[0-9a-fA-F]+")


def is_known(digest: str) -> bool:
    """Whether another one like it can be made.

    >>> is_known("sha-256:0"), is_known("blake9:0")
    (True, False)
    """
    return _algorithm(digest) in _ALGORITHMS


def _algorithm(digest: str) -> str:
    return digest.partition(":")[0].strip().lower().replace("-", "")


def digest_like(digest: str, parts: Iterable[bytes]) -> str:
    """The digest of ``parts`` in the form of ``digest``.

    >>> digest_like("md5:D41D8CD98F00B204E9800998ECF8427E", [b"a", b"b"])
    'md5:187EF4436122D1CC2F40DC2B92F0EBA0'
    >>> digest_like("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", [b"ab"])
    'sha1:3IRWCTQCI2NA27D32G62WXE4I5FRSBG4'
    """
    made = hashlib.new(_algorithm(digest), usedforsecurity=False)
    for part in parts:
        made.update(part)
    label, colon, old = digest.partition(":")
    if len(old.strip()) == 2 * made.digest_size and _HEX.fullmatch(old.strip()):
        number = made.hexdigest()
        number = number.upper() if old.upper() == old else number
    else:
        number = base64.b32encode(made.digest()).decode()
        number = number if old.endswith("=") else number.rstrip("=")
        number = number.lower() if old.lower() == old else number
    return label + colon + number
