"""Reads what a PDF says, and how it is tagged, the way a screen reader would."""

import io
import re

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject


def text(content: bytes) -> str:
    """Return the text of all pages, one space between words; no-break spaces stay in figures."""
    reader = PdfReader(io.BytesIO(content))
    whole = " ".join(page.extract_text() for page in reader.pages)
    return re.sub("[ \n]+", " ", whole)


def root(content: bytes) -> DictionaryObject:
    return PdfReader(io.BytesIO(content)).trailer["/Root"]


def metadata(content: bytes) -> str:
    return root(content)["/Metadata"].get_object().get_data().decode("utf-8")


def tags(content: bytes) -> list[tuple[str, str]]:
    """Return every structure element in reading order: its kind, and its alt text or ""."""
    found: list[tuple[str, str]] = []

    def walk(node: object) -> None:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append((str(node["/S"]), str(node.get("/Alt", ""))))
            if "/K" in node:
                walk(node["/K"])

    walk(root(content)["/StructTreeRoot"])
    return found


def fonts_embedded(content: bytes) -> list[bool]:
    """Return for each font whether the file carries it."""
    fonts = {}
    for page in PdfReader(io.BytesIO(content)).pages:
        for name, font in page["/Resources"]["/Font"].items():
            fonts[name] = font.get_object()
    found = []
    for font in fonts.values():
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        described = inner["/FontDescriptor"].get_object()
        found.append(any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")))
    return found
