"""Every error is whole sentences: none ends twice, whatever text it is given."""

import importlib
import inspect
import pkgutil
import re
from datetime import date

import pytest

import analytics
from analytics.errors import AgreementError, Fault, ended
from tests.given.sentences import ends_twice

ENDINGS = ("", ".", "?", "!", "…", ".”")


def classes() -> list[type[AgreementError]]:
    for module in pkgutil.walk_packages(analytics.__path__, "analytics."):
        if "migrations" not in module.name and "__main__" not in module.name:
            importlib.import_module(module.name)
    found, left = {AgreementError}, [AgreementError]
    while left:
        for below in left.pop().__subclasses__():
            if below.__module__.startswith("analytics.") and below not in found:
                found.add(below)
                left.append(below)
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


def argument(name: str, annotation: object, end: str) -> object:
    """Return a value of the argument whose texts end with *end*."""
    text, kind = f"Så är det{end}", str(annotation)
    if "Fault" in kind:
        return [Fault(2, "namn", text, text), Fault(3, None, "", text)] * 4
    if "Finding" in kind:
        from analytics.rotation.findings import Finding

        return [Finding(check="a", clause="K13", is_fault=True, text=text)] * 7
    if "tuple" in kind:
        return [("namn", text, text)] * 7
    if "Sequence[str]" in kind or "Iterable[str]" in kind:
        return [text] * 8
    if "date" in kind:
        return date(2027, 1, 1)
    if "int" in kind:
        return 2027
    return text


@pytest.mark.parametrize("end", ENDINGS)
@pytest.mark.parametrize("error", classes(), ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_no_error_ends_a_sentence_twice(error, end):
    wanted = [p for p in inspect.signature(error.__init__).parameters.values() if p.name != "self"]
    if [p.name for p in wanted] == ["said"]:
        said = str(error(f"Så är det{end}. Gör så här{end}"))
    else:
        said = str(error(*(argument(p.name, p.annotation, end) for p in wanted)))
    assert not ends_twice(said), said
    assert said.rstrip("”").endswith((".", "?", "!", "…")), said
    assert not re.search(r"  |\s[.,;:!?]", re.sub("”[^”]*”", "”x”", said)), said


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("A", "A."),
        ("A.", "A."),
        ("A?", "A?"),
        ("A!", "A!"),
        ("A… ", "A…"),
        ("”A.”", "”A.”"),
        ("”A”", "”A”."),
        ("", ""),
    ],
)
def test_a_sentence_ends_once(text, whole):
    assert ended(text) == ended(ended(text)) == whole


def test_two_ends_are_seen():
    assert ends_twice("Rätta det.. Läs") and ends_twice("Menade du ”a”?. Välj")
    assert not ends_twice("Skriv ”a..” igen. Läs…")


def test_a_fault_of_a_whole_file_quotes_nothing():
    assert str(Fault(1, None, "", "filen är tom")) == "rad 1: filen är tom"
    assert "”” godtas inte" in str(Fault(2, "konto", "", "skriv ett konto"))
