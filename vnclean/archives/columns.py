"""Columns of a table: their cells are read as texts, and put back with all around them kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from vnclean.archives.arrow_types import as_bytes, is_list, is_struct, is_text, item_type
from vnclean.documents.cells import Cell, cell_blocks
from vnclean.documents.checksums import new_checksum
from vnclean.documents.encoding import named
from vnclean.documents.lines import Block
from vnclean.documents.marked import Marked
from vnclean.language import translated

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from vnclean.pipeline import CleanedBlock
    from vnclean.rewriting import Rewriter

    Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]

#: What all texts are in.
_UTF_8: Final = named("utf-8")
#: So many columns are named at most.
_NAMED: Final = 20


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place in the table, and the names of the nested ones below."""

    name: str
    number: int
    below: tuple[str, ...] = ()


def find_column(schema: pa.Schema, name: str) -> Column:
    """The column that ``name`` means; raises ``KeyError`` if there is none, or it is no text.

    >>> import pyarrow as pa
    >>> page = pa.struct([("title", pa.string()), ("tags", pa.list_(pa.string()))])
    >>> schema = pa.schema([("id", pa.int64()), ("page", page)])
    >>> find_column(schema, "page.tags")
    Column(name='page.tags', number=1, below=('tags',))
    >>> text_columns(schema)
    ['page.title', 'page.tags']
    """
    for number, field in enumerate(schema):
        if name == field.name or name.startswith(field.name + "."):
            below = tuple(name[len(field.name) + 1 :].split(".")) if name != field.name else ()
            if _leads_to_text(field.type, below):
                return Column(name, number, below)
    raise KeyError(name)


def text_columns(schema: pa.Schema) -> list[str]:
    """The names of all columns that are text."""
    return [name for field in schema for name in _text_below(field.name, field.type)]


def told_columns(schema: pa.Schema) -> str:
    """The same for a message: the first of them, if there are many."""
    known = text_columns(schema)
    return ", ".join(known[:_NAMED]) + (", …" if len(known) > _NAMED else "") or translated(
        "ones without"
    )


def _text_below(name: str, type_: pa.DataType) -> Iterator[str]:
    type_ = item_type(type_)
    if is_text(type_):
        yield name
    elif is_struct(type_):
        for field in type_:
            yield from _text_below(f"{name}.{field.name}", field.type)


def _leads_to_text(type_: pa.DataType, below: tuple[str, ...]) -> bool:
    type_ = item_type(type_)
    if not below:
        return is_text(type_)
    if not is_struct(type_) or type_.get_field_index(below[0]) < 0:
        return False
    return _leads_to_text(type_.field(below[0]).type, below[1:])


@dataclass(frozen=True, slots=True)
class _Addresses:
    """Where the values of an array are: rows, -1 for what is in none; and in lists, which item."""

    rows: Numbers
    items: tuple[Numbers, ...] = ()

    def below(self, parents: Numbers, valid: Numbers, item: Numbers | None = None) -> _Addresses:
        """Of values that lie in those numbered ``parents`` (-1: in none)."""
        import numpy as np

        inside = (parents >= 0) & valid[parents]
        rows = np.where(inside, self.rows[parents], -1)
        items = tuple(level[parents] for level in self.items)
        return _Addresses(rows, items if item is None else (*items, item))

    def field(self, name: str, number: int) -> str:
        if not self.items:
            return name
        return name + "".join(f"[{level[number]}]" for level in self.items)


class ColumnRewriter:
    """Rewrites columns of the parts of one table."""

    def __init__(self, rewriter: Rewriter, path: str, *, checked: bool = True) -> None:
        """``checked``: whether there are to be checksums, which take time."""
        self._rewriter = rewriter
        self._checked = checked
        self._path = path
        self._read = 0  # code points
        self.first_row = 0  #: rows of the table before this part
        self.changed = False  #: any cell
        self.read, self.written = new_checksum(), new_checksum()  #: of all texts, if `checked`
        self.invalid_bytes = 0
        self.invalid_row = 0  #: of the first of them

    def rewrite(self, table: pa.Table, column: Column) -> pa.Table:
        """The part of the table with that column rewritten."""
        import numpy as np
        import pyarrow as pa

        chunks, first, changed = [], self.first_row, False
        old = table.column(column.number)
        for chunk in old.chunks:
            rows = np.arange(first, first + len(chunk))
            chunk = pa.concat_arrays([chunk]) if chunk.offset else chunk
            new = self._array(chunk, column, column.below, _Addresses(rows))
            changed = changed or new is not chunk
            chunks.append(new)
            first += len(chunk)
        if not changed:
            return table
        self.changed = True
        field = table.schema.field(column.number)
        return table.set_column(column.number, field, pa.chunked_array(chunks, field.type))

    def _array(
        self, array: pa.Array, column: Column, below: tuple[str, ...], addresses: _Addresses
    ) -> pa.Array:
        """The array rewritten; itself if nothing changes."""
        if not len(array):
            return array
        if is_list(array.type):
            return self._list(array, column, below, addresses)
        if below:
            return self._struct(array, column, below, addresses)
        return self._texts(array, column, addresses)

    def _struct(
        self, array: pa.Array, column: Column, below: tuple[str, ...], addresses: _Addresses
    ) -> pa.Array:
        import numpy as np
        import pyarrow as pa

        fields = [array.type.field(number) for number in range(array.type.num_fields)]
        number = array.type.get_field_index(below[0])
        children = [array.field(field.name) for field in fields]
        inner = addresses.below(np.arange(len(array)), _valid(array))
        new = self._array(children[number], column, below[1:], inner)
        if new is children[number]:
            return array
        children[number] = new
        return pa.StructArray.from_arrays(children, fields=fields, mask=_mask(array))

    def _list(
        self, array: pa.Array, column: Column, below: tuple[str, ...], addresses: _Addresses
    ) -> pa.Array:
        import numpy as np
        import pyarrow as pa

        values = array.values
        fixed = pa.types.is_fixed_size_list(array.type)
        if fixed:
            offsets = np.arange(len(array) + 1) * array.type.list_size
        else:
            offsets = array.offsets.to_numpy(zero_copy_only=False).astype(np.int64)
        parents = np.full(len(values), -1)
        parents[offsets[0] : offsets[-1]] = np.repeat(np.arange(len(array)), np.diff(offsets))
        item = np.arange(len(values)) - offsets[parents]
        new = self._array(values, column, below, addresses.below(parents, _valid(array), item))
        if new is values:
            return array
        if fixed:
            return pa.FixedSizeListArray.from_arrays(new, type=array.type, mask=_mask(array))
        return type(array).from_arrays(array.offsets, new, type=array.type, mask=_mask(array))

    def _texts(self, array: pa.Array, column: Column, addresses: _Addresses) -> pa.Array:
        import pyarrow as pa

        type_ = array.type
        if pa.types.is_dictionary(type_):
            plain = array.cast(type_.value_type)
            new = self._texts(plain, column, addresses)
            return array if new is plain else new.dictionary_encode().cast(type_)
        binary = as_bytes(type_)
        values: list[bytes | None] = array.view(binary).to_pylist()
        if not self._rewrite_values(values, column, addresses):
            return array
        return pa.array(values, binary).view(type_)

    def _rewrite_values(
        self, values: list[bytes | None], column: Column, addresses: _Addresses
    ) -> bool:
        numbers: deque[int] = deque()
        changed = False
        cells = self._cells(values, column, addresses, numbers)
        blocks: Iterable[Block] = cell_blocks(cells, self._rewriter.lines_of, self._read)
        if self._rewriter.reading.markers:
            blocks = map(Marked().of, blocks)
        for cleaned in self._rewriter.edited(self._path, blocks):
            self._rewriter.told.cleaned(self._path, cleaned)
            if self._checked:
                self._check(cleaned)
            changed = changed or cleaned.changed()
            for _, text, edits in cleaned.cells():
                number = numbers.popleft()
                if edits:
                    values[number] = _UTF_8.encode(text)
        return changed

    def _check(self, cleaned: CleanedBlock) -> None:
        read = _UTF_8.encode(cleaned.block.text())
        self.read.update(read)
        self.written.update(_UTF_8.encode(cleaned.text()) if cleaned.changed() else read)

    def _cells(
        self,
        values: list[bytes | None],
        column: Column,
        addresses: _Addresses,
        numbers: deque[int],
    ) -> Iterator[Cell]:
        """All that are to be read; ``numbers`` gets which values they are."""
        rows: list[int] = addresses.rows.tolist()
        skips_empty = self._rewriter.skips_empty
        for number, (value, row) in enumerate(zip(values, rows, strict=True)):
            if value is not None and row >= 0 and (value or not skips_empty):
                text = self._decoded(value, row + 1)
                self._read += len(text)
                numbers.append(number)
                yield Cell(row + 1, addresses.field(column.name, number), text)

    def _decoded(self, value: bytes, row: int) -> str:
        try:
            return value.decode()
        except UnicodeDecodeError:
            text = value.decode(_UTF_8.codec, _UTF_8.errors)
            self.invalid_bytes += len(_UTF_8.invalid.findall(text))
            self.invalid_row = self.invalid_row or row
            return text


def _valid(array: pa.Array) -> Numbers:
    valid: Numbers = array.is_valid().to_numpy(zero_copy_only=False)
    return valid


def _mask(array: pa.Array) -> pa.Array | None:
    """What is null, for the functions that make arrays."""
    return array.is_null() if array.null_count else None
