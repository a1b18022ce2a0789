"""What compiled code would gain: three inner loops of vnclean in C beside the NumPy they are now.

    python benchmarks/kernel/experiment.py CLEAN_TEXT BARE_TEXT

Needs a C compiler.  Prints for each loop the time of both and the factor, and whether they agree.
The finding stands in benchmarks/RESULTS.md; the product stays pure Python.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclean.cleaner import Cleaner
from vnclean.spelling.decoder import Decoder
from vnclean.spelling.hashing import HashTable, WordHasher
from vnclean.spelling.ngrams import NgramModel

Array = NDArray[Any]
_MODES = 6
_WIDTH = 24


class _Function(ctypes.Structure):
    _fields_ = (
        ("cells", ctypes.c_void_p),
        ("size", ctypes.c_uint64),
        ("segment", ctypes.c_uint64),
        ("seed", ctypes.c_uint64),
        ("value_bits", ctypes.c_int),
        ("cell_bits", ctypes.c_int),
    )


class _Model(ctypes.Structure):
    _fields_ = (
        ("bigrams", _Function),
        ("trigrams", _Function),
        ("bigram_codes", ctypes.c_void_p),
        ("backoff_codes", ctypes.c_void_p),
        ("trigram_codes", ctypes.c_void_p),
        ("unigram", ctypes.c_void_p),
        ("unigram_backoff", ctypes.c_void_p),
    )


def _compiled() -> ctypes.CDLL:
    source = Path(__file__).with_name("kernel.c")
    target = Path(tempfile.mkdtemp()) / "kernel.so"
    options = ["-O3", "-march=native", "-shared", "-fPIC"]
    subprocess.run(["cc", *options, str(source), "-o", str(target), "-lm"], check=True)
    return ctypes.CDLL(str(target))


def _at(array: Array) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


def _function(model: NgramModel, name: str, value_bits: int) -> _Function:
    cells, shape = model.sections[name], model.header["functions"][name]
    bits = cells.dtype.itemsize * 8
    size, seed = len(cells), shape["seed"]
    return _Function(cells.ctypes.data, size, shape["segment"], seed, value_bits, bits)


def _model(model: NgramModel) -> _Model:
    names = ("bigram_codes", "backoff_codes", "trigram_codes", "unigram", "unigram_backoff")
    return _Model(
        _function(model, "bigrams", 16),
        _function(model, "trigrams", 6),
        *(model.sections[name].ctypes.data for name in names),
    )


def _timed(action: Callable[[], object]) -> float:
    """The least of three runs, in seconds."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def _print(name: str, megabytes: float, numpy: float, compiled: float, agree: str) -> None:
    print(
        f"| {name} | {megabytes / numpy:.3g} MB/s | {megabytes / compiled:.3g} MB/s |"
        f" {numpy / compiled:.1f} × | {agree} |"
    )


def _tokens(kernel: ctypes.CDLL, data: bytes) -> None:
    """Splitting, hashing and looking up raw tokens; all of them are known."""
    hasher, table = WordHasher(), HashTable()
    start, end, hashes = hasher.words(data)
    known = np.unique(hashes[end > start])
    table.add(known, np.arange(len(known)))

    def in_numpy() -> Array:
        found: Array = table.find(hasher.words(data)[2])
        return found

    rows, starts = np.empty(len(start), np.int32), np.empty(len(start), np.int64)
    keys, bits = table._keys, table._bits

    def in_c() -> None:
        kernel.tokens(data, len(data), _at(keys), _at(table._rows), bits, _at(starts), _at(rows))

    numpy, compiled = _timed(in_numpy), _timed(in_c)
    agree = float((rows == in_numpy()).mean())
    _print("split, hash, look up tokens", len(data) / 1e6, numpy, compiled, f"{agree:.4f}")


def _pairs(kernel: ctypes.CDLL, cleaner: Cleaner, lines: list[str], megabytes: float) -> None:
    """Every pair of neighbours, looked up in the model."""
    model = cleaner._model
    compiled_model = _model(model)
    words = cleaner._tables.speller.encoded(lines).stream.words.astype(np.int64)
    v, w = words[:-1].copy(), words[1:].copy()
    score, context = np.empty(len(v), np.float32), np.empty(len(v), np.float32)

    def in_c() -> None:
        size = ctypes.c_int64(len(v))
        pointers = (_at(v), _at(w), _at(score), _at(context))
        kernel.pairs(ctypes.byref(compiled_model), size, *pointers)

    numpy, compiled = _timed(lambda: model.pairs(v, w)), _timed(in_c)
    agree = float(np.isclose(score, model.pairs(v, w).score).mean())
    _print("look up pairs of neighbours", megabytes, numpy, compiled, f"{agree:.4f}")


def _decoder(kernel: ctypes.CDLL, cleaner: Cleaner, lines: list[str], megabytes: float) -> None:
    """The decoder's steps on text without diacritics, as they are asked for."""
    steps: list[tuple[Any, ...]] = []
    numpy = 0.0
    plain = Decoder._advance

    def watched(self: Decoder, beam: Any, slots: Any, words: Array, emission: Array) -> Any:
        nonlocal numpy
        start = time.perf_counter()
        after = plain(self, beam, slots, words, emission)
        numpy += time.perf_counter() - start
        steps.append((beam, slots, words, emission, after[0]))
        return after

    Decoder._advance = watched  # type: ignore[method-assign]
    start = time.perf_counter()
    cleaner.edits(lines)
    whole = time.perf_counter() - start
    Decoder._advance = plain  # type: ignore[method-assign]
    switch = cleaner._tables.speller._reader._resolver._decoder._switch
    compiled, same, all_states = _replayed(kernel, _model(cleaner._model), switch, steps)
    agree = f"{same / all_states:.4f} of states"
    _print("the decoder's steps", megabytes, numpy, compiled, agree)
    rest = whole - numpy
    _print("bare text, whole, if only they were", megabytes, whole, rest + compiled, "")


def _replayed(
    kernel: ctypes.CDLL, model: _Model, switch: Array, steps: list[tuple[Any, ...]]
) -> tuple[float, int, int]:
    """Seconds in C; how many states of the next step are the same; how many there are."""
    seconds, same, count = 0.0, 0, 0
    seat = np.dtype(
        {
            "names": ["pair", "weight", "total"],
            "formats": [np.uint32, (np.float64, _MODES), np.float64],
            "offsets": [0, 8, 8 + 8 * _MODES],
            "itemsize": 16 + 8 * _MODES,
        }
    )
    out = np.empty(_WIDTH, seat)
    for beam, (first, lengths), words, emission, after in steps:
        u, v = beam.u.astype(np.int64), beam.v.astype(np.int64)
        all_words = words.astype(np.int64)
        bounds = np.searchsorted(beam.stretch, np.arange(len(first) + 1))
        ends = np.searchsorted(after.stretch, np.arange(len(first) + 1))
        for stretch, (here, slots) in enumerate(zip(first.tolist(), lengths.tolist(), strict=True)):
            a, b = bounds[stretch], bounds[stretch + 1]
            weight, mine = beam.weight[a:b].copy(), (u[a:b].copy(), v[a:b].copy())
            word = all_words[here : here + slots].copy()
            cost = emission[here : here + slots].copy()
            arguments = (
                ctypes.byref(model), _at(switch), int(b - a), _at(mine[0]), _at(mine[1]),
                _at(weight), slots, _at(word), _at(cost), _WIDTH, ctypes.c_double(1e-6), _at(out),
            )  # fmt: skip
            start = time.perf_counter()
            kept = kernel.advance(*arguments)
            seconds += time.perf_counter() - start
            there = slice(ends[stretch], ends[stretch + 1])
            pairs = (after.u[there].astype(np.int64) << 16 | after.v[there]) & 0xFFFFFFFF
            count += len(pairs)
            same += len(set(pairs.tolist()) & set(out["pair"][:kept].tolist()))
    return seconds, same, count


def main() -> None:
    """Prints the table."""
    clean, bare = (Path(name).read_bytes() for name in sys.argv[1:3])
    kernel, cleaner = _compiled(), Cleaner()
    clean = clean.strip() + b"\n"
    print("| | NumPy | C | factor | agree |\n|---|---|---|---|---|")
    _tokens(kernel, clean)
    _pairs(kernel, cleaner, clean.decode().split("\n"), len(clean) / 1e6)
    lines = bare.decode().split("\n")
    _decoder(kernel, cleaner, lines, len(bare) / 1e6)


if __name__ == "__main__":
    main()
