"""``vnclean model``: the language model's own commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vnclean.errors import ModelError

app = typer.Typer(
    help="Build and inspect language models.",
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def _model() -> None:
    """Build and inspect language models."""


@app.command()
def info(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A model file.")],
) -> int:
    """Show what a model was built from, and whether it is intact."""
    from vnclean.spelling.ngrams import NgramModel

    model = NgramModel.open(Path(file))
    if not model.verify():
        raise ModelError(f"{file}: the language model is damaged; fetch or build it anew")
    for name, value in model.header.items():
        if not isinstance(value, dict):
            typer.echo(f"{name}: {value}")
    return 0
