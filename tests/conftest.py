"""Settings for all tests, and a small language model for those that need one."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings
from tiny_model import build_tiny

from vnclean.language import VARIABLE
from vnclean.spelling.ngrams import NgramModel

# How long an example takes says nothing on a machine that does other things as well.
settings.register_profile("vnclean", deadline=None)
settings.load_profile("vnclean")

# Nor does what language the tester's machine speaks.
os.environ[VARIABLE] = "en"


def pytest_configure() -> None:
    """A shell starts what runs in the background deaf to Ctrl-C, and children inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def tiny_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a model built from a small made-up corpus (see ``tiny_model.py``)."""
    return build_tiny(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def tiny_model(tiny_path: Path) -> NgramModel:
    """The model in it."""
    return NgramModel.open(tiny_path)
