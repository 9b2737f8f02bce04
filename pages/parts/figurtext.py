"""Untrusted text inside a Plotly figure: escaped, and broken into lines that fit beside bars."""

from textwrap import wrap


def etikett(text: str, bredd: int = 22) -> str:
    """Return *text* for an axis or a label, at most *bredd* characters a line."""
    return "<br>".join(html(line) for line in wrap(text, bredd, max_lines=3, placeholder=" …"))


def html(text: str) -> str:
    """Return *text* as Plotly shows it, which reads a few tags and %{…}."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("%{", "% {")
