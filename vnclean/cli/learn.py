"""``vnclean learn``: names and terms that a text uses consistently, as a dictionary to review."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vnclean.cli.given import make_resolver
from vnclean.cli.learning import LearningOptions, add_learning_options, learned, progress_bar
from vnclean.cli.output import Stdout, complain
from vnclean.cli.parsing import Parser
from vnclean.dictionary.place import NAME
from vnclean.errors import OutputError, UsageError, naming
from vnclean.language import marked, translated
from vnclean.reports.encoded import encoded
from vnclean.user_words import key

if TYPE_CHECKING:
    from vnclean.learning.terms import Found, Term

_DESCRIPTION: Final = marked(
    """\
Propose words for a dictionary of your own.

Reads each PATH, a file or folder of any kind that clean reads, and names the
words that it uses consistently and that vnclean would change or does not know,
those with the strongest evidence first.  A common word that is changed in a
name or fixed term is proposed with the whole of it.  Damage that comes again
and again is told apart and left out.  Nothing is obeyed until you put it into
vnclean.words."""
)
_EXAMPLES: Final = marked(
    """\
example:
  vnclean learn -o proposed.words archive/"""
)
_HEADING: Final = marked(
    "# Proposed by vnclean learn; nothing here is obeyed yet.  Take out what is wrong and put the"
    " rest\n# into your dictionary, vnclean.words."
)
_CHANGED: Final = marked("# vnclean might change these.")
_UNKNOWN: Final = marked("# vnclean does not know these.")
_SEEN: Final = marked("{count:,} times in {parts:,} parts of the text")
_TAKEN_FOR: Final = marked("taken for {word}: {probability:.0%}")
_DAMAGE: Final = marked("left out as damaged wherever they stand ({count:,}): {some}")
_INCONSISTENT: Final = marked(
    "left out as also written otherwise between the same neighbours ({count:,}): {some}"
)
_NOTHING: Final = marked("no word is proposed; with a lower --min-count there may be some")
_AT_ONCE: Final = marked(
    "--output {path}: would be obeyed at once; choose another name, and review it"
)
_MOST_NAMED: Final = 8


class _Options(LearningOptions):
    output: str | None
    min_count: str


def run(arguments: list[str]) -> int:
    """``vnclean learn``; returns the exit code."""
    options = _Options()
    options_parser = parser()
    paths = options_parser.parse(arguments, options)
    if not paths:
        options_parser.error(translated("a PATH is needed"))
    if options.output is not None and Path(options.output).name == NAME:
        raise UsageError(translated(_AT_ONCE, path=options.output))
    found, code = _found(paths, options, _least(options))
    for message, some in ((_DAMAGE, found.damage), (_INCONSISTENT, found.inconsistent)):
        if some and not options.json:
            complain(translated(message, count=len(some), some=_named(some)))
    if not found.terms and not options.json:
        complain(translated(_NOTHING))
    text = _json(found) if options.json else "".join(f"{line}\n" for line in _dictionary(found))
    if options.output is None:
        Stdout().write(encoded(text))
    else:
        from vnclean.documents.atomic import AtomicFile

        with naming(options.output, OutputError), AtomicFile(Path(options.output)) as file:
            file.write(encoded(text))
            file.commit()
    return code


def parser() -> Parser:
    """The options of ``vnclean learn``."""
    parser = Parser("vnclean learn", "PATH...", _DESCRIPTION)
    parser.epilog = translated(_EXAMPLES)
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help=translated("write the proposed dictionary there, not to stdout"),
    )
    parser.add_argument(
        "--min-count",
        metavar="N",
        default="5",
        help=translated("propose what is there so often, at least (default: %(default)s)"),
    )
    add_learning_options(parser)
    return parser


def _least(options: _Options) -> int:
    given = options.min_count
    if not (given.isascii() and given.isdecimal() and int(given)):
        raise UsageError(
            translated("--min-count {given}: must be a whole number, 1 or more", given=given)
        )
    return int(given)


def _found(paths: Sequence[str], options: _Options, least: int) -> tuple[Found, int]:
    """What there is in the texts that the user's dictionary does not tell of yet; exit code."""
    from vnclean.learning.names import find_names
    from vnclean.learning.terms import find_terms
    from vnclean.spelling.facts import WordFacts
    from vnclean.spelling.model_files import open_model

    with (
        tempfile.TemporaryDirectory(prefix="vnclean-") as scratch,
        progress_bar(shown=options.progress and not options.json) as show,
    ):
        text, code = learned(paths, options, open_model(), Path(scratch), show)
        facts = WordFacts.load()
        found = find_names(text, facts, least, find_terms(text, facts, least))
    own = make_resolver(options).of(paths[0]).config.user_words
    said = {key(word) for word in (*own.words, *dict(own.corrections))}
    return replace(found, terms=[term for term in found.terms if key(term.word) not in said]), code


def _named(terms: Sequence[Term]) -> str:
    most = sorted(terms, key=lambda term: -term.count)[:_MOST_NAMED]
    names = ", ".join(f"{term.word} → {term.taken_for}" for term in most)
    return f"{names} …" if len(terms) > _MOST_NAMED else names


def _dictionary(found: Found) -> Iterator[str]:
    """The lines of the proposed dictionary."""
    if not found.terms:
        return
    yield from translated(_HEADING).split("\n")
    sections = (
        (_CHANGED, [term for term in found.terms if term.taken_for]),
        (_UNKNOWN, [term for term in found.terms if not term.taken_for]),
    )
    for heading, terms in sections:
        if terms:
            yield from ("", translated(heading), *map(_entry, terms))


def _entry(term: Term) -> str:
    seen = translated(_SEEN, count=term.count, parts=term.parts)
    if not term.taken_for:
        return f"{term.word}  # {seen}"
    taken = translated(_TAKEN_FOR, word=term.taken_for, probability=term.changed)
    return f"{term.word}  # {seen}; {taken}"


def _json(found: Found) -> str:
    """One object a line: the proposed words, then those that were left out, with the reason."""
    groups: Iterable[tuple[str, Sequence[Term]]] = (
        ("proposed", found.terms),
        ("damage", found.damage),
        ("inconsistent", found.inconsistent),
    )
    rows = [{**asdict(term), "verdict": verdict} for verdict, some in groups for term in some]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
