"""Types of Arrow and of Spark, as far as columns of text and of edits have any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql.types import DataType, StructField, StructType


def text_schema(schema: StructType) -> pa.Schema:
    """The schema with all types that hold text; others are null there."""
    import pyarrow as pa

    return pa.schema([(field.name, _in_arrow(field.dataType)) for field in schema.fields])


def _in_arrow(type_: DataType) -> pa.DataType:
    import pyarrow as pa
    from pyspark.sql.types import ArrayType, StringType, StructType

    if isinstance(type_, StringType):
        return pa.string()
    if isinstance(type_, ArrayType):
        return pa.list_(_in_arrow(type_.elementType))
    if isinstance(type_, StructType):
        return pa.struct([(field.name, _in_arrow(field.dataType)) for field in type_.fields])
    return pa.null()


def spark_field(name: str, type_: pa.DataType) -> StructField:
    """A column of a type made of lists, structs, texts, numbers and truth values.

    >>> import pyarrow as pa
    >>> spark_field("edits", pa.list_(pa.int64())).simpleString()
    'edits:array<bigint>'
    """
    from pyspark.sql.types import StructField

    return StructField.fromJson(_field(name, type_))


def _field(name: str, type_: pa.DataType) -> dict[str, Any]:
    return {"name": name, "type": _in_spark(type_), "nullable": True, "metadata": {}}


def _in_spark(type_: pa.DataType) -> str | dict[str, Any]:
    """As Spark writes types in JSON."""
    import pyarrow.types as types

    if types.is_list(type_):
        item = _in_spark(type_.value_type)
        return {"type": "array", "elementType": item, "containsNull": True}
    if types.is_struct(type_):
        return {"type": "struct", "fields": [_field(field.name, field.type) for field in type_]}
    return {"string": "string", "int64": "long", "double": "double", "bool": "boolean"}[str(type_)]
