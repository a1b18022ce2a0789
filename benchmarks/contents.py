"""What is in a file, however it is packed: equal for two files that hold the same."""

from __future__ import annotations

import io
import tarfile
import zipfile
from typing import Any

from members import PACKED, web_records


def content(name: str, data: bytes) -> Any:
    """Names and content of all that is in a file called ``name``; of a text its bytes."""
    for end, unpack in PACKED.items():
        if name.endswith(end) and not name.endswith(".warc.gz"):
            return content(name.removesuffix(end), unpack(data))
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(one, content(one, archive.read(one))) for one in archive.namelist()]
    if name.endswith(".tar"):
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            files = [(one.name, tar.extractfile(one)) for one in tar]
            return [(one, content(one, file.read()) if file else None) for one, file in files]
    if name.endswith(".parquet"):
        from pyarrow import parquet

        return parquet.read_table(io.BytesIO(data)).to_pydict()
    if name.endswith((".warc", ".warc.gz")):
        return list(web_records(data))
    return data
