"""Why an edit is left alone though it may be sure: what the user has said (`Edit.kept_by`)."""

from __future__ import annotations

from typing import Final

from vnclean.language import marked

WORD: Final = "word"  #: would change a word that is never changed
REPAIR: Final = "repair"  #: is never made
KIND: Final = "kind"  #: is of a kind that is to be left alone
PATTERN: Final = "ignore"  #: touches what a pattern matches
MARKER: Final = "marker"  #: touches what a mark in the text leaves alone

#: Each as a reason, to be counted and listed.
KEPT_BY: Final = {
    WORD: marked("words of your own"),
    REPAIR: marked("repairs that you never want"),
    KIND: marked("kinds of repair to be left alone"),
    PATTERN: marked("patterns of yours"),
    MARKER: marked("marks in the text"),
}
#: That of an edit which nothing of the user's keeps.
UNSURE: Final = marked("not sure enough")
