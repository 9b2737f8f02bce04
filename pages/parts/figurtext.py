"""Untrusted text inside a Plotly figure: escaped, and broken into lines that fit beside bars."""

from textwrap import wrap


def etikett(text: str, bredd: int = 22) -> str:
    """Return *text* for an axis or a label: two lines of *bredd* characters, words whole."""
    lines = wrap(text, bredd, max_lines=2, placeholder=" …", break_long_words=False)
    return "<br>".join(html(line) for line in lines)


def html(text: str) -> str:
    """Return *text* as Plotly shows it, which reads a few tags and %{…}."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("%{", "% {")
