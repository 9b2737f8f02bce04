"""Text, tables, JSON and CSV as the commands write them."""

import json
from collections.abc import Iterable, Sequence

import click

from analytics.files.export import Field, machine_csv
from analytics.files.opened import is_news


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def as_csv(rows: Sequence[dict[str, object]], names: Sequence[str] = ()) -> str:
    """One row per dict; true and false as in JSON. *names* are the columns where no row is."""
    texts = [
        {k: str(v).lower() if isinstance(v, bool) else v for k, v in row.items()} for row in rows
    ]
    columns = [Field(name, name, name) for name in (rows[0] if rows else names)]
    return machine_csv(texts, columns).decode("utf-8").rstrip("\n")


def tell(remarks: Iterable[str]) -> None:
    """Say beside the answer what the reader of a file should know: on stderr, one per line."""
    for remark in filter(is_news, remarks):
        click.echo(one_line(remark), err=True)


def one_line(text: str) -> str:
    """Untrusted text on one line of a terminal, without control characters."""
    return "".join(c if c.isprintable() or c == "\N{NO-BREAK SPACE}" else " " for c in text)


def as_table(rows: Sequence[Sequence[str]], right: set[int]) -> str:
    """Columns side by side under their heading; those in *right* are right-aligned."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
