"""What the terminal shows of a review: an edit in its text, what else was thought of, the keys."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Final, NamedTuple

from vnclean.edits import Edit
from vnclean.kept_by import KEPT_BY
from vnclean.language import marked, translated
from vnclean.reports.drawn import drawn, visible
from vnclean.reports.reading import Entry
from vnclean.reports.rows import rows_from_contexts
from vnclean.review.session import Session

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

#: The longest text that is shown whole of what was read or is put there.
_LONGEST: Final = 240
_KEYS: Final[tuple[str, ...]] = (
    marked("a make it  r leave it  1-9 that one  o other word  ↑↓⏎ choose  * all places"),
    marked("y always  n never  N keep word  O always other  s skip  b back  q quit  ? help"),
)
_END_KEYS: Final = (marked("b back  q quit"),)
_SKIPPED_KEYS: Final = (marked("⏎ go_over_what_was_skipped  b back  q quit"),)
_HELP_KEYS: Final = (marked("any_key go_on"),)
_TYPING_KEYS: Final = (marked("⏎ take_it  Esc leave_it"),)
#: What every key does; the keys of a terminal, then those that lines have as well.
HELP: Final = marked(
    """\
a        make the repair                     A   the same at all places (*a)
r        leave what was read                 R   the same at all places (*r)
1-9      take that reading instead           o   type another word
*        the next decision is about all places with the same repair

y        always make this repair, however unsure it is, in every text
n        never make this repair, in any text
N        never change this word, in any text
O        always change this word to another one, in every text

s → space    skip: it comes again next time
b ←          back: takes the last decision back
↑ ↓ Enter    choose a reading
q Ctrl-D     quit; all that was decided is kept, and the next time goes on there

A word in lower case stands for the word in any case, hòa for hoà."""
)


class Choice(NamedTuple):
    """A reading as a line of the screen."""

    key: str
    text: str
    chance: float | None
    note: str


def choices(session: Session) -> list[Choice]:
    """The readings of the edit that the session is at, with the keys that take them."""
    edit = session.entry().edit
    kept = dict(edit.alternatives).get(edit.before)
    return [
        Choice("a", edit.after, edit.confidence, translated("proposed")),
        *(
            Choice(str(number), text, chance, "")
            for number, (text, chance) in enumerate(session.readings(), 1)
        ),
        Choice("r", edit.before, kept, translated("as it stands")),
    ]


class View(NamedTuple):
    """What is shown beside the edit: the row that is chosen, a message, what is being typed."""

    title: str
    selected: int = 0
    message: str = ""
    typed: str | None = None
    help: bool = False


def screen(session: Session, view: View, width: int, height: int) -> str:
    """The whole screen, ``height`` lines of it, each to its end."""
    from rich.console import Console, Group

    if view.help:
        body: list[RenderableType] = [*_help()]
    elif session.at_end:
        body = [*_end(session)]
    else:
        body = [*_edit(session, view)]
    head, foot = [_head(session, view, width)], _foot(session, view)
    console = Console(
        file=StringIO(), force_terminal=True, width=width, highlight=False, emoji=False
    )
    parts = []
    for group in head, body, foot:
        with console.capture() as captured:
            console.print(Group(*group))
        parts.append(captured.get().rstrip("\n").split("\n"))
    room = max(0, height - len(parts[0]) - len(parts[2]))
    shown = (parts[1] + [""] * room)[:room]
    lines = (parts[0] + shown + parts[2])[:height]
    return "\x1b[H" + "\n".join(f"{line}\x1b[K" for line in lines) + "\x1b[J"


def _head(session: Session, view: View, width: int) -> RenderableType:
    from rich.console import Group
    from rich.rule import Rule
    from rich.table import Table
    from rich.text import Text

    total = len(session.queue)
    at = min(session.number + 1, total)
    told = translated(
        "{at:,} of {total:,} · {decided:,} decided",
        at=at,
        total=total,
        decided=session.queue.decided,
    )
    line = Table.grid(expand=True)
    line.add_column(no_wrap=True, overflow="ellipsis")
    line.add_column(justify="right", no_wrap=True)
    title = Text("vnclean review  ", "bold").append(drawn(view.title), "dim")
    line.add_row(title, Text(told, "bold"))
    return Group(line, Rule(style="dim"))


def _edit(session: Session, view: View) -> list[RenderableType]:
    from rich.text import Text

    entry = session.entry()
    rows = choices(session)
    chosen = rows[view.selected].text if view.typed is None else view.typed
    return [
        _place(entry),
        Text(),
        in_context(entry, None),
        in_context(entry, chosen),
        Text(),
        _readings(rows, view.selected),
        Text(),
        _places(session),
    ]


def _place(entry: Entry) -> Text:
    from rich.text import Text

    edit = entry.edit
    field = "" if entry.field is None else f" {drawn(entry.field)}"
    where = f"{drawn(entry.path)}:{entry.line}:{entry.column}{field}"
    return Text(where, "cyan").append(f"  {about(edit, ' · ')}", "dim")


def about(edit: Edit, between: str) -> str:
    """What else the report says of an edit, with ``between`` between its parts."""
    state = translated("repaired") if edit.applied else translated("left alone")
    if edit.kept_by:
        reason = translated(KEPT_BY[edit.kept_by])
        state = translated("left alone: {reason}", reason=reason)
    told = filter(None, (edit.kind, edit.mode, f"{edit.confidence:.2f}", state))
    return drawn(between.join(told))


def in_context(entry: Entry, after: str | None) -> Text:
    """The text around an edit with what was read there marked, or with ``after`` in its place."""
    from rich.text import Text

    row = next(iter(rows_from_contexts([entry])))
    start = row.marks[0].offset
    left, right = row.text[:start], row.text[start + len(entry.edit.before) :]
    if after is None:
        text, style = Text("- ", "red"), "bold red underline"
    else:
        text, style = Text("+ ", "green"), "bold green underline"
    text.append(drawn(left), "default")
    text.append(_short(entry.edit.before if after is None else after), style)
    return text.append(drawn(right), "default")


def _short(text: str) -> str:
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"
    return visible(text)


def _readings(rows: list[Choice], selected: int) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    for column in range(5):
        table.add_column(no_wrap=True, overflow="ellipsis", max_width=48 if column == 2 else None)
    for number, row in enumerate(rows):
        here = number == selected
        table.add_row(
            Text("▸" if here else " ", "bold"),
            Text(row.key, "bold cyan"),
            Text(_short(row.text), "bold" if here else ""),
            Text("" if row.chance is None else f"{row.chance:.2f}"),
            Text(row.note, "dim"),
        )
    return table


def _places(session: Session) -> Text:
    from rich.text import Text

    group = session.queue.group(session.number)
    left = session.queue.left(group)
    if left <= 1:
        return Text()
    sure = group.total - len(group.members)
    if session.everywhere:
        return Text(
            translated("* the next decision is about all {left:,} places", left=left), "bold yellow"
        )
    told = translated("the same at {left:,} places; press * first to decide on all", left=left)
    if sure:
        told = translated(
            "the same at {left:,} places, {sure:,} of them sure; press * first to decide on all",
            left=left,
            sure=sure,
        )
    return Text(f"  {told}", "dim")


def _end(session: Session) -> list[RenderableType]:
    from rich.text import Text

    total, decided = len(session.queue), session.queue.decided
    left = total - decided
    rest = translated("{left:,} skipped.", left=left) if left else translated("Nothing is left.")
    return [
        Text(),
        Text(
            translated(
                "{decided:,} of {total:,} decided. {rest}", decided=decided, total=total, rest=rest
            ),
            "bold",
        ),
    ]


def _help() -> list[RenderableType]:
    from rich.text import Text

    return [Text(translated(HELP))]


def _foot(session: Session, view: View) -> list[RenderableType]:
    from rich.rule import Rule
    from rich.text import Text

    line, rows = Text(drawn(view.message), "bold yellow"), _KEYS
    if view.typed is not None:
        line = Text(translated("word: "), "bold").append(drawn(view.typed)).append("█")
        rows = _TYPING_KEYS
    elif view.help:
        rows = _HELP_KEYS
    elif session.at_end:
        rows = _SKIPPED_KEYS if session.queue.decided < len(session.queue) else _END_KEYS
    return [line, Rule(style="dim"), *(_key_line(translated(row)) for row in rows)]


def _key_line(keys: str) -> Text:
    """Keys and what they do, parted by double blanks; what is bold is the key."""
    from rich.text import Text

    line = Text(no_wrap=True, overflow="ellipsis")
    for part in keys.split("  "):
        key, _, does = part.partition(" ")
        line.append(key.replace("_", " "), "bold cyan").append(f" {does.replace('_', ' ')}  ")
    return line
