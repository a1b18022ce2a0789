"""Types of Arrow: which of them are text, and what others hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def item_type(type_: pa.DataType) -> pa.DataType:
    """Of lists (of lists …): what is in them."""
    while is_list(type_):
        type_ = type_.value_type
    return type_


def is_list(type_: pa.DataType) -> bool:
    """Whether it holds lists, of any kind."""
    import pyarrow.types as types

    return bool(
        types.is_list(type_) or types.is_large_list(type_) or types.is_fixed_size_list(type_)
    )


def is_struct(type_: pa.DataType) -> bool:
    """Whether its values have fields."""
    import pyarrow.types as types

    return bool(types.is_struct(type_))


def is_text(type_: pa.DataType) -> bool:
    """Whether its values are text that can be written back as it was."""
    import pyarrow.types as types

    if types.is_dictionary(type_):  # of views there is no way back into one
        type_ = type_.value_type
        return bool(types.is_string(type_) or types.is_large_string(type_))
    text = types.is_string, types.is_large_string, types.is_string_view
    return any(is_one(type_) for is_one in text)


def as_bytes(type_: pa.DataType) -> pa.DataType:
    """What holds the same bytes as a type of text, whatever they are."""
    import pyarrow as pa

    if pa.types.is_string_view(type_):
        return pa.binary_view()
    return pa.large_binary() if pa.types.is_large_string(type_) else pa.binary()
