"""Whatever someone has written can be set: signs without a form, control characters, markup."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings, strategies as st

from analytics.files import pdf
from tests.given import pdf_files

NOW = datetime(2027, 1, 1, tzinfo=UTC)


def make_sheet(text):
    return {
        "titel": f"Blad {text}", "om": text, "fot": text, "ingress": text,
        "fran": [["Namn", text]], "till": [["Namn", text]], "rubriker": ["Vad", "Klausul", "kr"],
        "rader": [[text, "K8", "−47 160"]], "summa": ["Summa", "", "−47 160"],
        "aret_rubriker": ["Året", "kr"], "aret": [[text, "1"]], "underlag": [text],
    }  # fmt: skip


@pytest.mark.parametrize("sign", ["😀", "漢字", "1\ufe0f\u20e3", "\x07", "\u202e", "\ue000", "\\"])
def test_a_sign_without_a_form_is_replaced_and_the_rest_stands(sign):
    said = pdf_files.text(pdf.make_pdf("faktura", make_sheet(f"före {sign} efter"), NOW))
    assert "före" in said and "efter" in said
    assert said.count("−47 160") == 2


@pytest.mark.parametrize("text", ["#panic()", "*a* _b_ $x$", "= R", "<b>", "@ref", '#include "x"'])
def test_markup_is_text(text):
    said = pdf_files.text(pdf.make_pdf("faktura", make_sheet(text), NOW))
    assert text.replace('"', "") in said.replace('"', "").replace("”", "").replace("“", "")


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=30))
def test_any_text_can_be_set(text):
    clean = text.encode("utf-8", "replace").decode("utf-8")
    assert pdf.make_pdf("faktura", make_sheet(clean), NOW).startswith(b"%PDF")
