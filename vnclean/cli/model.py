"""``vnclean model``: the language model's own commands."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vnclean.cli.adapting import build_adapted, build_parser
from vnclean.cli.parsing import Parser
from vnclean.cli.subcommands import chosen
from vnclean.errors import InputError, ModelError, OutputError, UsageError, naming
from vnclean.language import marked, translated

if TYPE_CHECKING:
    from vnclean.spelling.training.build import Source

_DESCRIPTION: Final = marked("Adapt the language model to your own texts, train and inspect one.")
_HELP: Final = marked(
    """\
Usage: vnclean model COMMAND [OPTION]... [ARGUMENT]...

Adapt the language model to your own texts, train and inspect one.

Commands:
  build    adapt the language model to your own text
  train    train a language model from nothing
  info     show what a model was built from, and whether it is intact

vnclean model COMMAND --help says more about each.
"""
)
_TRAIN: Final = marked(
    """\
Train a language model from nothing, as vnclean's own was.

Counts the corpus in bounded memory, smooths, prunes and packs.  Each CORPUS is
a text file, .txt or .txt.xz, one paragraph a line; FILE@2 counts twice.  The
words of the model are those of vnclean's dictionaries."""
)
_INFO: Final = marked(
    """\
Show what a model was built from, and whether it is intact.

FILE is a model file; the one that ships if left out."""
)


#: What the header says of where things are in the file.
_INNARDS: Final = ("functions", "sections")


class _TrainOptions(argparse.Namespace):
    output: str | None
    trigrams: str
    wide_context: bool


def run(arguments: list[str]) -> int:
    """``vnclean model``; returns the exit code."""
    commands = {"build": build_adapted, "train": _train, "info": _info}
    name = chosen(arguments, commands, "vnclean model", _HELP)
    return commands[name](arguments[1:])


def parser() -> Parser:
    """The commands of ``vnclean model``, each with its options."""

    parser = Parser("vnclean model", "COMMAND", _DESCRIPTION)
    parser.commands = {
        "build": build_parser(),
        "train": _train_parser(),
        "info": _info_parser(),
    }
    return parser


def _train_parser() -> Parser:
    parser = Parser("vnclean model train", "CORPUS... -o FILE", _TRAIN)
    parser.add_argument("-o", "--output", metavar="FILE", help=translated("the model file"))
    parser.add_argument(
        "--trigrams",
        metavar="N",
        default="10000000",
        help=translated("how many trigrams to keep, about (default: %(default)s)"),
    )
    parser.add_argument(
        "--no-wide-context",
        dest="wide_context",
        action="store_false",
        help=translated("leave out what words farther off say: quicker to build, needs no numba"),
    )
    return parser


def _info_parser() -> Parser:
    return Parser("vnclean model info", "[FILE]", _INFO)


def _train(arguments: list[str]) -> int:
    parser = _train_parser()
    options = _TrainOptions()
    corpus = parser.parse(arguments, options)
    if not corpus or not options.output:
        parser.error(translated("a CORPUS and --output FILE are needed"))
    if not options.trigrams.isdecimal() or not int(options.trigrams):
        raise UsageError(
            translated(
                "--trigrams {trigrams}: must be a whole number from 1", trigrams=options.trigrams
            )
        )

    from vnclean.spelling.training.build import Source, build
    from vnclean.spelling.training.vocabulary import vocabulary

    sources = [Source.parse(name) for name in corpus]
    for source in sources:
        with naming(str(source.path), InputError), source.path.open("rb"):
            pass
    trigrams = int(options.trigrams)
    with naming(options.output, OutputError), _progress(sources) as advance:
        build(
            sources,
            Path(options.output),
            vocabulary(),
            trigrams=trigrams,
            wide_context=options.wide_context,
            progress=advance,
        )
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
        task = bar.add_task(translated("counting"), total=total)

        def advance(stage: str, done: int) -> None:
            if stage == "counting":
                bar.update(task, completed=done)
            else:
                bar.update(task, description=translated(stage), total=None)

        yield advance


def _info(arguments: list[str]) -> int:
    parser = _info_parser()
    names = parser.parse(arguments, argparse.Namespace())
    if len(names) > 1:
        parser.error(translated("{name}: one FILE is enough", name=names[1]))

    from vnclean.spelling.model_files import shipped_model
    from vnclean.spelling.ngrams import NgramModel

    path = Path(names[0]) if names else shipped_model()
    model = NgramModel.open(path)
    if not model.verify():
        raise ModelError(
            translated("{path}: the language model is damaged; fetch or build it anew", path=path)
        )
    for name, value in model.header.items():
        if name not in _INNARDS:
            print(f"{name}: {value}")
    return 0
