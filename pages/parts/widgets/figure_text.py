"""Text inside a Plotly figure: shown as it is written, broken into lines that fit beside bars.

Plotly reads tags and entities in every text it draws: names, ticks, annotations, what a pointer
says. theme.diagram lets as_written escape them all, so a page gives names as they are. A name
reaches a hovertemplate by %{customdata}, %{y} or %{fullData.name}, never inside the template
itself. What a page wants in bold or on a line of its own it marks by bold and lines.
"""

from html import escape
from operator import is_
from textwrap import wrap

import plotly.graph_objects as go

LINE, BOLD, END = "\x01", "\x02", "\x03"
MARKS = str.maketrans({LINE: "<br>", BOLD: "<b>", END: "</b>"})
TEMPLATES = ("hovertemplate", "texttemplate")  # written by the page alone


def label_text(text: str, width: int = 22) -> str:
    """Return *text* for an axis or a label: two lines of *width* characters, words whole."""
    return lines(*wrap(text, width, max_lines=2, placeholder=" …", break_long_words=False))


def bold(text: str) -> str:
    return f"{BOLD}{text}{END}"


def lines(*parts: str) -> str:
    return LINE.join(parts)


def as_written(fig: go.Figure) -> None:
    """Escape every text of *fig*, in place, except its templates."""
    for part in (*fig.data, fig.layout):
        plain = {k: v for k, v in part.to_plotly_json().items() if k not in ("template", "type")}
        changed = {k: v for k, v in _dict(plain).items() if v is not plain[k]}
        if changed:
            part.update(changed, overwrite=True)


def _written(value: object) -> object:
    """Return *value* itself where nothing in it is to be escaped."""
    if isinstance(value, str):
        done = escape(value, quote=False).translate(MARKS)
        return value if done == value else done
    if isinstance(value, dict):
        done = _dict(value)
        return value if all(done[key] is value[key] for key in value) else done
    if isinstance(value, list | tuple):
        done = [_written(one) for one in value]
        return value if all(map(is_, done, value)) else done
    return value


def _dict(values: dict[str, object]) -> dict[str, object]:
    return {k: v if k in TEMPLATES else _written(v) for k, v in values.items()}
