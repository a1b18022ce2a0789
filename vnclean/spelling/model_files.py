"""Which file the language model is: the one that ships, or one that a user has made of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from vnclean.errors import ModelError
from vnclean.language import translated
from vnclean.spelling.ngrams import NgramModel
from vnclean.wordlists import folder

SHIPPED: Final = "vi.ngrams"


def shipped_model() -> Path:
    """The file that ships with vnclean."""
    return folder() / SHIPPED


def open_model(path: Path | None = None) -> NgramModel:
    """The model in a file; the one that ships if ``path`` is None.

    Raises ModelError if it is no model, or one that was adapted from another one than what ships
    now: it would take back what has become better since.
    """
    model = NgramModel.open(path or shipped_model())
    origin = model.header.get("adapted_from")
    if origin is None or origin == NgramModel.open(shipped_model()).header["crc32"]:
        return model
    raise ModelError(
        translated(
            "{path}: was made for another version of vnclean's own model; make it anew from your"
            " text with vnclean model build",
            path=path,
        )
    )
