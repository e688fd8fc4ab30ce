"""Frames as Arrow bytes: the one form in which whole tables are kept inside the database. The same frame, the same bytes."""

from __future__ import annotations

import io

import pandas as pd
import pyarrow as pa


def packed(table: pd.DataFrame) -> bytes:
    """The frame as an Arrow file, zstd inside; the index is not kept."""
    arrow = pa.Table.from_pandas(table, preserve_index=False)
    sink = io.BytesIO()
    with pa.ipc.new_file(sink, arrow.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(arrow)
    return sink.getvalue()


def unpacked(payload: bytes) -> pd.DataFrame:
    """The frame that `packed` was given."""
    with pa.ipc.open_file(pa.BufferReader(payload)) as reader:
        table: pd.DataFrame = reader.read_pandas()
    return table
