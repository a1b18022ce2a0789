"""All keys of a configuration file, each with its type and what it is for.

From this table files and options are checked, ``vnclean config`` shows them, and the tables of
``docs/configuration.md`` are made.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from vnclean.config import SURE_IN_A_RUN, SURE_OF_A_SLIP, TONE_STYLES
from vnclean.documents.encoding import ENCODING_NAMES
from vnclean.formats.kinds import TEXT_FIELDS, TYPES, Reading
from vnclean.language import LANGUAGES, Translated, marked, translated
from vnclean.reports.listing import FORMATS
from vnclean.settings import types
from vnclean.settings.types import Type

#: The tables of what holds for some files only, and the key in them that says for which.
OVERRIDES: Final = "overrides"
FILES: Final = "files"


class Key(NamedTuple):
    """``help``: what it is for; ``default``: what counts if nobody says, in words if ``unset``.

    ``of_run``: it holds for a whole run, not for each document.  ``adds``: what several places
    say is put together; otherwise the last one counts.
    """

    name: str
    type: Type
    help: str
    default: object = None
    unset: str = ""
    of_run: bool = False
    adds: bool = False
    #: What the option of the command line is called, if not as the key: None if there is none.
    option: str | None = ""

    @property
    def field(self) -> str:
        """What the options of the command line call it.

        >>> KEYS["min-confidence"].field
        'min_confidence'
        """
        return (self.option or self.name).replace("-", "_")

    @property
    def otherwise(self) -> Translated:
        """What counts if nobody says, in words; empty if ``default`` is enough.

        >>> KEYS["min-confidence"].otherwise
        '0.6; 0.35 in a damaged stretch'
        """
        if not self.unset:
            return Translated("", "")
        return translated(self.unset, slip=SURE_OF_A_SLIP, stretch=SURE_IN_A_RUN)


_JOBS: Final = types.whole(marked("a whole number, 1 or more, or 0 for all cores"), 0, 4)
_EXPANSION: Final = types.whole(marked("a whole number, 1 or more"), 1, Reading.expansion)
_OF_DOCUMENTS: Final = (
    Key(
        "min-confidence",
        types.PROBABILITY,
        marked("apply a repair if it is right with at least this probability, from 0 to 1"),
        unset=marked("{slip:g}; {stretch:g} in a damaged stretch"),
    ),
    Key(
        "leave",
        types.REPAIR_KINDS,
        marked("kinds of repairs that are reported but not made, for example tone"),
        (),
    ),
    Key(
        "words",
        types.WORDS,
        marked("words that are never changed"),
        (),
        adds=True,
        option=None,
    ),
    Key(
        "corrections",
        types.PAIRS,
        marked("words that are always changed, and to what"),
        (),
        adds=True,
        option=None,
    ),
    Key(
        "dictionaries",
        types.files("vnclean.words"),
        marked("files of vnclean dict: words that are never, or always, changed"),
        unset=marked("vnclean.words here or above"),
        adds=True,
        option="dictionary",
    ),
    Key(
        "ignore",
        types.PATTERNS,
        marked("regular expressions; what one matches in a line is left alone"),
        (),
        adds=True,
    ),
    Key(
        "markers",
        types.FLAG,
        marked("leave alone what marks such as vnclean:off in a text say"),
        True,
    ),
    Key(
        "decisions",
        types.files("edits.jsonl.decisions.jsonl"),
        marked("files with what vnclean review has decided for every text"),
        (),
        adds=True,
    ),
    Key(
        "tone-style",
        types.choice(TONE_STYLES),
        marked("write the tone of hòa or hoà the old way, the new way, or keep it as it is"),
        "keep",
    ),
    Key(
        "join-lines",
        types.FLAG,
        marked("put words together that a hyphen breaks at the end of a line"),
        False,
    ),
    Key(
        "drop-boilerplate",
        types.FLAG,
        marked("leave out lines that are only a web page's menus, buttons and notices"),
        False,
    ),
    Key(
        "encoding",
        types.choice(ENCODING_NAMES, any_case=True),
        marked("take the input to be in this encoding"),
        unset=marked("found out"),
    ),
    Key(
        "type",
        types.choice(TYPES),
        marked("take the input to be of this type, whatever its name"),
        unset=marked("by the name"),
    ),
    Key(
        "field",
        types.TEXTS,
        marked("fields or columns that are text, in records; a.b is b within a"),
        TEXT_FIELDS,
    ),
    Key(
        "expansion",
        _EXPANSION,
        marked("unpack nothing to more than so many times its size"),
        Reading.expansion,
    ),
)
_OF_RUNS: Final = (
    Key(
        "jobs",
        _JOBS,
        marked("clean on so many cores, 0 for all; the result is the same"),
        unset=marked("1; all for folders"),
    ),
    Key(
        "model",
        types.MODEL,
        marked("a language model that vnclean model build has made of your own text"),
        unset=marked("the one that ships"),
    ),
    Key(
        "exclude",
        types.TEXTS._replace(instead=["*.log"]),
        marked("in folders, leave out what matches, as in a .gitignore"),
        (),
        adds=True,
    ),
    Key(
        "backup",
        types.SUFFIX,
        marked("with -i, keep the original under its name and this"),
        unset=marked("none is kept"),
    ),
    Key("report", types.FILE, marked("write every edit there"), unset=marked("none is written")),
    Key("summary", types.FLAG, marked("show what was done, on stderr"), False),
    Key(
        "summary-json",
        types.FILE._replace(instead="summary.json"),
        marked("of folders, write there what was done"),
        unset=marked("none is written"),
    ),
    Key(
        "format",
        types.choice(FORMATS),
        marked("how check shows what it finds"),
        FORMATS[0],
    ),
    Key("quiet", types.FLAG, marked("of folders, show nothing but what went wrong"), False),
    Key("verbose", types.FLAG, marked("of folders, name everything that is skipped"), False),
    Key(
        "lang",
        types.choice(LANGUAGES),
        marked("speak English (en) or Vietnamese (vi)"),
        unset=marked("as the locale says"),
    ),
    Key("progress", types.FLAG, marked("of folders, show how far it is"), True),
)
#: By name.
KEYS: Final = {
    key.name: key for key in (*_OF_DOCUMENTS, *(key._replace(of_run=True) for key in _OF_RUNS))
}
