"""What numpy and pandas calculate with, as JSON. What is missing in a table is null."""

from __future__ import annotations

#: Dates and times of numpy: as numbers they would not tell their unit.
TIMES = "mM"


def from_scalar(value) -> object:
    return str(value) if value.dtype.kind in TIMES else value.item()


def from_array(value) -> object:
    return value.astype(str).tolist() if value.dtype.kind in TIMES else value.tolist()


def from_frame(frame) -> dict:
    """`{"columns": […], "records": [{column: value, …}, …]}`, and the labels of the rows where they have some."""
    columns = [str(column) for column in frame.columns]
    rows = frame.astype(object).where(frame.notna(), None).values.tolist()
    labels = {} if _is_counted(frame.index) else {"index": _labels(frame.index)}
    return {"columns": columns, "records": [dict(zip(columns, row)) for row in rows], **labels}


def from_series(series) -> object:
    """A list; by its labels, where it has some of its own."""
    values = series.astype(object).where(series.notna(), None).tolist()
    if _is_counted(series.index):
        return values
    labels = [str(label) for label in _labels(series.index)]
    if len(set(labels)) == len(labels):
        return dict(zip(labels, values))
    return {"index": labels, "values": values}


def _is_counted(index) -> bool:
    """Whether the labels are but 0, 1, 2 and so on."""
    return type(index).__name__ == "RangeIndex" and index.start == 0 and index.step == 1


def _labels(index) -> list:
    return [label.isoformat() if hasattr(label, "isoformat") else label for label in index.tolist()]
