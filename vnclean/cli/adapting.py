"""``vnclean model build``: the shipped model adapted to a user's own text, and judged."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vnclean.cli.learning import LearningOptions, add_learning_options, learned, progress_bar
from vnclean.cli.parsing import Parser, probability
from vnclean.errors import InputError, OutputError, UsageError, naming
from vnclean.language import marked, translated

if TYPE_CHECKING:
    from vnclean.learning.adapting import Adapter
    from vnclean.learning.checking import Outcome

_DESCRIPTION: Final = marked(
    """\
Adapt vnclean's language model to your own text.

Reads each PATH, a file or folder of any kind that clean reads, mixes what it
says into the model that ships, words of its own among it, and writes the whole
to FILE, for clean --model FILE.  Parts that look damaged are left out.  One
part in ten is held out, damaged on purpose and repaired with both models, to
see whether it helps.  Takes some minutes."""
)
_EXAMPLES: Final = marked(
    """\
examples:
  vnclean model build -o laws.ngrams laws/ decrees.zip
  vnclean clean --model laws.ngrams -o clean/ archive/"""
)
#: A text is believed no further if nobody says so: more helps text of its kind, but harms other
#: text (figures in benchmarks/RESULTS.md).
_USUAL_WEIGHT: Final = 0.25
#: A word is new to the model if the text has it so often.
_LEAST: Final = 5
#: Fewer words say next to nothing.
_LEAST_WORDS: Final = 15_000
_TOO_LITTLE: Final = marked(
    "too little text to learn from: {words:,} sound words; give {least:,} or more"
)
_HELPS: Final = marked(
    "helps: on text that it was not shown, {after:.2f} % of damaged words are repaired instead of"
    " {before:.2f} %"
)
_DOES_NOT_HELP: Final = marked(
    "does not help: on text that it was not shown, {after:.2f} % of damaged words are repaired,"
    " {before:.2f} % without it"
)
_DETAILS: Final = marked(
    "  ({damaged:,} words damaged on purpose; sound words changed: {harmed:,}, without it"
    " {harmed_before:,};\n  perplexity {perplexity:.1f}, without it {perplexity_before:.1f})"
)
_LEARNED: Final = marked(
    "{output}: adapted to {words:,} words of text, {new_words:,} of them new to the model"
)


class _Options(LearningOptions):
    output: str | None
    weight: str | None


def build_adapted(arguments: list[str]) -> int:
    """``vnclean model build``; returns the exit code."""
    options = _Options()
    parser = build_parser()
    paths = parser.parse(arguments, options)
    if not paths or not options.output:
        parser.error(translated("a PATH and --output FILE are needed"))
    if Path(options.output).is_dir():
        raise UsageError(translated("{path}: is a folder; name a file", path=options.output))
    weight = None if options.weight is None else probability("--weight", options.weight)

    from vnclean.learning.adapting import Adapter
    from vnclean.learning.terms import find_terms
    from vnclean.spelling.facts import WordFacts
    from vnclean.spelling.model_files import open_model

    output, base = Path(options.output), open_model()
    with (
        tempfile.TemporaryDirectory(prefix="vnclean-") as scratch,
        progress_bar(shown=options.progress and not options.json) as show,
    ):
        text, code = learned(paths, options, base, Path(scratch), show)
        if text.counts.total < _LEAST_WORDS or not text.held_out():
            raise InputError(translated(_TOO_LITTLE, words=text.counts.total, least=_LEAST_WORDS))
        found = find_terms(text, WordFacts.load(), _LEAST)
        names = [Path(path).name for path in paths]
        adapter = Adapter(
            base, text, found.terms, names, _USUAL_WEIGHT if weight is None else weight
        )
        with naming(options.output, OutputError):
            facts = adapter.write(output, Path(scratch), lambda stage: show(stage, 0, 0))
        outcomes = _judged(adapter, output, show)
    told = _told(options.output, text.counts.total, facts, outcomes)
    print(json.dumps(told, ensure_ascii=False) if options.json else _in_words(told))
    return code


def build_parser() -> Parser:
    """The options of ``vnclean model build``."""
    parser = Parser("vnclean model build", "PATH... -o FILE", _DESCRIPTION)
    parser.epilog = translated(_EXAMPLES)
    parser.add_argument("-o", "--output", metavar="FILE", help=translated("the model file"))
    parser.add_argument(
        "--weight",
        metavar="P",
        help=translated(
            "believe the text so far at most, from 0 to 1 (default: {usual:g}); more helps text of "
            "its kind, and harms other text",
            usual=_USUAL_WEIGHT,
        ),
    )
    add_learning_options(parser)
    return parser


def _judged(
    adapter: Adapter, output: Path, show: Callable[[str, int, int], None]
) -> tuple[Outcome, Outcome]:
    """What the model makes of what was held out, without and with the text."""
    from vnclean.cleaner import Cleaner
    from vnclean.learning.checking import outcome, some_of
    from vnclean.spelling.model_files import open_model

    show(marked("checking"), 0, 0)
    lines = some_of(adapter.text.held_out())
    trigrams = adapter.known_trigrams()
    before = outcome(Cleaner(), adapter.base, lines, trigrams)
    return before, outcome(Cleaner(model=output), open_model(output), lines, trigrams)


def _told(
    output: str, words: int, facts: dict[str, Any], outcomes: Sequence[Outcome]
) -> dict[str, Any]:
    before, after = outcomes
    return {
        "output": output,
        "words": words,
        "new_words": facts["new_words"],
        "weights": facts["weights"],
        "helps": after.right > before.right,
        "before": asdict(before),
        "after": asdict(after),
    }


def _in_words(told: dict[str, Any]) -> str:
    before, after = told["before"], told["after"]
    share = {
        name: 100 * some["repaired"] / max(some["damaged"], 1)
        for name, some in (("before", before), ("after", after))
    }
    details = {
        **after,
        "harmed_before": before["harmed"],
        "perplexity_before": before["perplexity"],
    }
    return "\n".join(
        (
            translated(_LEARNED, **{k: told[k] for k in ("output", "words", "new_words")}),
            translated(_HELPS if told["helps"] else _DOES_NOT_HELP, **share),
            translated(_DETAILS, **details),
        )
    )
