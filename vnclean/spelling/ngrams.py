"""The trigram model of syllables: a packed file, mapped into memory, asked in bulk.

File format, version 2
----------------------
``VNCLEAN NGRAMS 2\\n``, the header's length and CRC-32 in hexadecimal (``00001a2b 89abcdef\\n``),
then that many bytes of JSON, then the sections, each starting at a multiple of 64 bytes::

    {"version": 2, "crc32": "<of all sections>", "created": …, "corpus": […], "sections":
       {"words": {"offset": 1216, "dtype": "uint8", "shape": [98304]}, …}}

Sections: ``words`` (UTF-8, one a line, in the order of their numbers; 0 ``<break>``,
1 ``<unknown>``, 2 ``<number>``), ``unigram`` and ``unigram_backoff`` (float32 natural logs),
``bigrams`` and ``trigrams`` (cells of a :class:`~vnclean.spelling.static_function.StaticFunction`)
and the code books of what the cells hold.  A bigram's cell is 16 bits of fingerprint, 8 of
log P(w|v), 8 of its back-off weight as a context; a trigram's is 10 of fingerprint, 6 of
log P(w|u,v).  ``rivals`` (a byte for each cell of ``bigrams``, found at the same places) says how
much another word would gain in the place of v or w: :mod:`vnclean.spelling.rivals`.  The sections
``slips…`` are explained in :mod:`vnclean.spelling.slips`, those of words farther off, ``wide_…``
(a model may lack them), in :mod:`vnclean.spelling.wide_context`; ``adapted_…``, which only a model
has that was adapted to a user's text, in :mod:`vnclean.spelling.adaptation`.

Worked example: log P(``bệnh`` | ``chống``, ``dịch``).  The words' numbers, say 311, 806, 95, make
the key ``311 << 32 | 806 << 16 | 95``.  Its three cells of ``trigrams`` XOR to ``0x8f2b``; the
upper ten bits are the key's fingerprint, so the lower six, 43, are the row of
``trigram_codes``: −0.31.  Had the fingerprint differed, the answer would have been the back-off
weight of (``chống``, ``dịch``) plus log P(``bệnh`` | ``dịch``), both from ``bigrams``.

The back-off form of an interpolated modified Kneser–Ney model (Chen and Goodman, *An Empirical
Study of Smoothing Techniques*, 1998) is what is stored: see ``training/smoothing.py``.
"""

from __future__ import annotations

import json
import mmap
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vnclean.errors import ModelError
from vnclean.language import translated
from vnclean.spelling.adaptation import Adaptation
from vnclean.spelling.static_function import StaticFunction

Ids: TypeAlias = NDArray[Any]
Floats: TypeAlias = NDArray[np.float32]

MAGIC: Final = b"VNCLEAN NGRAMS 2\n"
BREAK: Final = 0
UNKNOWN: Final = 1
NUMBER: Final = 2
SPECIAL_WORDS: Final = ("<break>", "<unknown>", "<number>")
_ALIGNMENT: Final = 64
_SIZES_LENGTH: Final = 18
_S16: Final = np.uint64(16)


def bigram_keys(v: Ids, w: Ids) -> NDArray[np.uint64]:
    """``v << 16 | w`` for word numbers below 65,536."""
    return v.astype(np.uint64) << _S16 | w.astype(np.uint64)


def trigram_keys(u: Ids, v: Ids, w: Ids) -> NDArray[np.uint64]:
    """``u << 32 | v << 16 | w``."""
    return bigram_keys(bigram_keys(u, v), w)


class Pairs(NamedTuple):
    """What the model knows of pairs (v, w) of words."""

    found: NDArray[np.bool_]  #: whether the bigram is kept
    score: Floats  #: log P(w|v)
    context: Floats  #: back-off weight of (v, w) as a context; NaN if no trigram follows it

    def take(self, index: Ids) -> Pairs:
        """Those at ``index``."""
        return Pairs(self.found.take(index), self.score.take(index), self.context.take(index))


@dataclass(frozen=True)
class NgramModel:
    """An opened model.  All probabilities are natural logarithms, float32."""

    header: dict[str, Any]
    sections: dict[str, NDArray[Any]]
    _raw: memoryview = field(default_factory=lambda: memoryview(b""))

    @classmethod
    def open(cls, path: Path) -> NgramModel:
        """Maps the file; reads its header only.

        Raises ModelError if the file is missing, not a model, of another version or cut short.
        """
        try:
            with path.open("rb") as file:
                raw = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or translated("the file is empty")
            raise ModelError(
                translated(
                    "{path}: cannot open the language model: {reason}", path=path, reason=reason
                )
            ) from error
        header, end = _read_header(raw, path)
        sections = {}
        for name, place in header["sections"].items():
            dtype, shape = np.dtype(place["dtype"]), tuple(place["shape"])
            size = dtype.itemsize * int(np.prod(shape, dtype=np.int64))
            if place["offset"] < end or place["offset"] + size > len(raw):
                raise ModelError(
                    translated(
                        "{path}: the language model is cut short; fetch or build it anew", path=path
                    )
                )
            sections[name] = np.frombuffer(
                raw[place["offset"] : place["offset"] + size], dtype
            ).reshape(shape)
        return cls(header, sections, raw)

    def verify(self) -> bool:
        """Whether the sections still have the checksum of the header (reads the whole file)."""
        first = min(place["offset"] for place in self.header["sections"].values())
        return bool(f"{zlib.crc32(self._raw[first:]):08x}" == self.header["crc32"])

    @cached_property
    def words(self) -> list[str]:
        """Word of each number."""
        return self.sections["words"].tobytes().decode("utf-8").split("\n")

    @property
    def new_words(self) -> Sequence[str]:
        """Those that a text has added to the words of the shipped model."""
        count: int = self.header.get("new_words", 0)
        return self.words[len(self.words) - count :]

    @cached_property
    def number_of(self) -> dict[str, int]:
        """Number of each (folded) word."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def unigram(self) -> Floats:
        """log P(w), shape (words,)."""
        values: Floats = self.sections["unigram"]
        return values

    @cached_property
    def _bigrams(self) -> StaticFunction:
        return self._function("bigrams", 16)

    @cached_property
    def _trigrams(self) -> StaticFunction:
        return self._function("trigrams", 6)

    @cached_property
    def _adaptation(self) -> Adaptation | None:
        return Adaptation.of(self.sections, self.header["functions"])

    def _function(self, name: str, value_bits: int) -> StaticFunction:
        shape = self.header["functions"][name]
        return StaticFunction(self.sections[name], value_bits, shape["seed"], shape["segment"])

    def bigram(self, v: Ids, w: Ids) -> Floats:
        """log P(w|v) for arrays of equal shape (n,)."""
        return self.pairs(v, w).score

    def context(self, u: Ids, v: Ids) -> Floats:
        """Back-off weight of each context (u, v); NaN for one under which no trigram is kept."""
        return self.pairs(u, v).context

    def pairs(self, v: Ids, w: Ids) -> Pairs:
        """All that one lookup tells of the pairs (v, w), arrays of equal shape (n,)."""
        found, cell = self._bigrams.lookup(bigram_keys(v, w))
        return self._pairs(v, w, found, cell)

    def pairs_and_rivals(self, v: Ids, w: Ids) -> tuple[Pairs, NDArray[np.uint8]]:
        """The same, and of each pair that is found what its words' rivals gain: see rivals.py."""
        keys = bigram_keys(v, w)
        found, cell, gains = self._bigrams.lookup_both(keys, self.sections["rivals"])
        return self._pairs(v, w, found, cell), gains

    def _pairs(self, v: Ids, w: Ids, found: NDArray[np.bool_], cell: NDArray[Any]) -> Pairs:
        score: Floats = self.sections["bigram_codes"].take(cell & 0xFF)
        context: Floats = self.sections["backoff_codes"].take(cell >> 8)
        unseen = np.flatnonzero(~found)
        backoff = self.sections["unigram_backoff"].take(v.take(unseen))
        score[unseen] = backoff + self.unigram.take(w.take(unseen))
        context[unseen] = np.nan
        return Pairs(found, score, context)

    def trigram(
        self, u: Ids, v: Ids, w: Ids, context: Floats | None = None, pairs: Pairs | None = None
    ) -> Floats:
        """log P(w|u,v) for arrays of equal shape (n,).

        ``context``: that of (u, v), and ``pairs``: those of (v, w), save their lookups if known.
        """
        if context is None:
            context = self.context(u, v)
        if pairs is None:
            pairs = self.pairs(v, w)
        known = ~np.isnan(context)
        score: Floats = pairs.score + np.where(known, context, np.float32(0))
        maybe = np.flatnonzero(known & pairs.found)
        keys = trigram_keys(u.take(maybe), v.take(maybe), w.take(maybe))
        found, code = self._trigrams.lookup(keys)
        score[maybe[found]] = self.sections["trigram_codes"].take(code[found])
        if self._adaptation:
            self._adaptation.apply(bigram_keys(u, v), w, score)
        return score


def _read_header(raw: memoryview, path: Path) -> tuple[dict[str, Any], int]:
    start = len(MAGIC) + _SIZES_LENGTH
    if bytes(raw[: len(MAGIC)]) != MAGIC:
        raise ModelError(translated("{path}: not a vnclean language model of version 2", path=path))
    try:
        length, checksum = (int(part, 16) for part in bytes(raw[len(MAGIC) : start]).split())
        text = bytes(raw[start : start + length])
        if zlib.crc32(text) != checksum:
            raise ValueError("checksum")
        header: dict[str, Any] = json.loads(text)
    except ValueError as error:
        message = translated(
            "{path}: the language model is damaged; fetch or build it anew", path=path
        )
        raise ModelError(message) from error
    return header, start + length


class Sink(Protocol):
    """What a model is written to."""

    def write(self, data: bytes, /) -> int: ...


def write_model(file: Sink, facts: dict[str, Any], sections: dict[str, NDArray[Any]]) -> None:
    """Writes a model; ``facts`` go into the header beside version, sections and checksum."""
    places: dict[str, dict[str, Any]] = {}
    body, offset = [], 0
    for name, values in sections.items():
        data = np.ascontiguousarray(values).tobytes()
        places[name] = {"offset": offset, "dtype": values.dtype.str, "shape": list(values.shape)}
        padding = -len(data) % _ALIGNMENT
        body.append(data + bytes(padding))
        offset += len(data) + padding
    joined = b"".join(body)
    header = {"version": 2, "crc32": f"{zlib.crc32(joined):08x}", **facts, "sections": places}
    # Offsets count from the start of the file; their digits change the header's length.
    start = 4096 * (1 + len(json.dumps(header)) // 3500)
    for place in places.values():
        place["offset"] += start
    text = json.dumps(header, ensure_ascii=False).encode("utf-8")
    head = MAGIC + b"%08x %08x\n" % (len(text), zlib.crc32(text)) + text
    file.write(head.ljust(start, b"\n"))
    file.write(joined)
