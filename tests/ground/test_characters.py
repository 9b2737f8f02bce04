"""What nobody sees, or takes for something else, is named with its code and place."""

import sys
import unicodedata

import pytest

from analytics import characters

NAMES = [
    "Samordnare", "Åsa Öberg", "Förråd 2", "β-karoten", "Θ", "Иван", "naïve", "50\u202f%",
    "A\u00a0B", "T1–T3", "½", "m²", "漢字", "é", "e\u0301", "µ", "❤", "”citat”", "a’b",
]  # fmt: skip


@pytest.mark.parametrize("text", NAMES)
def test_what_is_seen_is_let_through(text):
    assert characters.fault("Namnet", text) is None
    assert characters.visible(text) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sam\u202eordnare", "Namnet har tecknet U+202E på plats 4, som inte syns och vänder"),
        ("\ufeffSam", "U+FEFF på plats 1, som inte syns"),
        ("Sa\u00adm", "U+00AD på plats 3, som inte syns"),
        ("Sam\u200b", "U+200B på plats 4"),
        ("a\U000e0041", "U+E0041 på plats 2"),
        ("a\u2066b", "U+2066 på plats 2, som inte syns och vänder"),
        ("a\u3164b", "U+3164 på plats 2"),
        ("a\u2800", "U+2800 på plats 2"),
        ("a\ufe0f", "U+FE0F på plats 2"),
        ("a\x07", "U+0007 på plats 2, som är ett styrtecken"),
        ("a\ue000", "U+E000 på plats 2, som ser olika ut"),
        ("a\u0378", "U+0378 på plats 2, som inte finns"),
        ("a\ud800", "U+D800 på plats 2, som är ett halvt tecken"),
        ("a\u2003b", "U+2003 på plats 2, ett ovanligt mellanslag"),
        ("a\u2028b", "U+2028 på plats 2"),
        ("S\u0430m", "”S\u0430m”: U+0430 på plats 2 är en kyrillisk bokstav bland latinska"),
        ("Ett K\u03bfnto", "U+03BF på plats 6 är en grekisk bokstav bland latinska"),
        ("\u0421\u0430p", "U+0070 på plats 3 är en latinsk bokstav bland kyrilliska"),
    ],
)
def test_what_is_not_seen_is_named_in_one_sentence(text, said):
    told = characters.fault("Namnet", text)
    assert said in told
    assert told.startswith("Namnet ") and told.count(".") == 1 and told.endswith(".")


def test_every_character_without_a_shape_is_refused():
    refused = {"Cf", "Cc", "Co", "Cn", "Cs", "Zl", "Zp", "Zs"}
    let_through = {
        sign
        for sign in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(sign) in refused and characters.reason(sign) is None
    }
    assert let_through == set(" \t\n\r\u00a0\u202f\u2009")


def test_a_picture_may_be_joined_in_words_but_not_in_a_name():
    for text in (
        "Klart ✅\ufe0f",
        "1\ufe0f\u20e3",
        "👩\u200d🚒 👍🏽\u200d",
    ):
        assert characters.fault("Kommentaren", text, pictures=True) is None
        assert characters.fault("Namnet", text) is not None
    assert "U+200D" in characters.fault("Kommentaren", "ord\u200dfog", pictures=True)
    assert "U+202E" in characters.fault("Kommentaren", "👍\u202e", pictures=True)


def test_what_is_not_seen_is_written_out_in_a_message():
    assert characters.visible("a\u202eb\u2003c") == "a[U+202E]b[U+2003]c"
