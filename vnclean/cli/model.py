"""``vnclean model``: the language model's own commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vnclean.errors import InputError, ModelError, OutputError, naming

if TYPE_CHECKING:
    from vnclean.spelling.training.build import Source

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
def build(
    corpus: Annotated[
        list[str],
        typer.Argument(
            metavar="CORPUS...",
            help="Text files, .txt or .txt.xz, one paragraph a line; FILE@2 counts twice.",
        ),
    ],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="The model file.")],
    trigrams: Annotated[
        int, typer.Option("--trigrams", min=1, help="How many trigrams to keep, about.")
    ] = 12_000_000,
) -> int:
    """Build a language model from text.

    Counts the corpus in bounded memory, smooths, prunes and packs.  The words of the model are
    those of vnclean's dictionaries.
    """
    from vnclean.spelling.training.build import Source, build
    from vnclean.spelling.training.vocabulary import vocabulary

    sources = [Source.parse(name) for name in corpus]
    for source in sources:
        with naming(str(source.path), InputError), source.path.open("rb"):
            pass
    with naming(output, OutputError), _progress(sources) as advance:
        build(sources, Path(output), vocabulary(), trigrams=trigrams, progress=advance)
    return 0


@contextmanager
def _progress(sources: Sequence[Source]) -> Iterator[Callable[[str, int], None]]:
    """A bar on stderr over the bytes counted; later stages just show their names."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    packed = any(source.path.suffix == ".xz" for source in sources)
    total = None if packed else sum(source.path.stat().st_size for source in sources)
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("counting", total=total)

        def advance(stage: str, done: int) -> None:
            if stage == "counting":
                bar.update(task, completed=done)
            else:
                bar.update(task, description=stage, total=None)

        yield advance


@app.command()
def info(
    file: Annotated[
        str | None,
        typer.Argument(metavar="[FILE]", help="A model file; the one that ships if left out."),
    ] = None,
) -> int:
    """Show what a model was built from, and whether it is intact."""
    from vnclean.cleaner import MODEL
    from vnclean.spelling.ngrams import NgramModel
    from vnclean.wordlists import folder

    model = NgramModel.open(Path(file) if file else folder() / MODEL)
    if not model.verify():
        raise ModelError(f"{file}: the language model is damaged; fetch or build it anew")
    for name, value in model.header.items():
        if not isinstance(value, dict):
            typer.echo(f"{name}: {value}")
    return 0
