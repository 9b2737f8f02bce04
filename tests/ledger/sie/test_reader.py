"""The SIE reader: what a file says comes out, and what it cannot say is told by line."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from analytics.files.code_pages import decode
from analytics.ledger.sie import reader as sie
from analytics.ledger.sie.records import Transaction
from tests.given.sie_files import HEADER, VERIFIKAT, make_voucher, sie_file


def faults_in(*lines: str) -> list[tuple[int, str | None, str]]:
    """Return the faults of *lines* after the head, their numbers counted from the first of them."""
    return [(f.line - len(HEADER), f.column, f.allowed) for f in sie.read(sie_file(*lines)).faults]


def trans(*rows: str) -> list[Transaction]:
    """Return the transactions of one voucher, with a row that balances it."""
    read = sie.read(sie_file(*make_voucher(*rows)))
    return read.transactions


def test_a_file_is_read_with_its_head_names_objects_and_rows():
    read = sie.read(sie_file(*VERIFIKAT))
    assert read.faults == []
    assert (read.type_number, read.flag, read.company, read.orgnr) == (
        4, "0", "Länsstyrelsen i Stockholms län", "202100-2247",
    )  # fmt: skip
    assert read.year == {
        0: (date(2027, 1, 1), date(2027, 12, 31)), -1: (date(2026, 1, 1), date(2026, 12, 31)),
    }  # fmt: skip
    assert read.accounts["7010"] == "Ersättning till parter för inlånad personal"
    assert read.dimensions == {"1": "Kostnadsställe", "6": "Projekt"}
    assert read.objekt == {("6", "P12"): "Övning höst"}
    assert read.transactions == [
        Transaction(18, "A 17", date(2027, 3, 31), "5010", "Hyra", 123_450, "6=P12"),
        Transaction(19, "A 17", date(2027, 3, 31), "1930", "Lokal för möte", -123_450, ""),
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("indent", ["", "   ", "\t"])
def test_line_endings_and_indents_do_not_matter(ending, indent):
    text = ending.join([*HEADER, *(indent + line for line in VERIFIKAT)])
    read = sie.read(text)
    assert read.faults == [] and len(read.transactions) == 2


@pytest.mark.parametrize("code", ["cp437", "cp1252", "utf-8", "utf-8-sig", "mac_roman", "utf-16"])
def test_the_same_file_in_every_code_page_is_the_same(code):
    text = sie_file(*make_voucher('#TRANS 7010 {} 0 "" "Möte på Värmdö, Örsundsbro: ÅÄÖ åäö é"'))
    found = decode("a.se", text.encode(code), sie=True)
    assert found.encoding == code.removesuffix("-sig")
    assert sie.read(found.text).transactions[0].text == "Möte på Värmdö, Örsundsbro: ÅÄÖ åäö é"


@pytest.mark.parametrize(
    ("row", "objekt"),
    [
        ("#TRANS 5010 {} 0", ""),
        ("#TRANS 5010 { } 0", ""),
        ('#TRANS 5010 {1 "100"} 0', "1=100"),
        ('#TRANS 5010 {"1" "100" "6" "P 12"} 0', "1=100;6=P 12"),
        ("#TRANS 5010 {1 100 6 P12} 0", "1=100;6=P12"),
        ("#TRANS 5010 {10 X 6 P12 1 100} 0", "1=100;6=P12;10=X"),
        ('#TRANS 5010 {6 "a}b"} 0', "6=a}b"),
        ('#TRANS 5010 {6 "a \\"b\\""} 0', '6=a "b"'),
        ('#TRANS 5010 {6 "a=b"} 0', "6=a=b"),
    ],
)
def test_objects_are_read_as_pairs(row, objekt):
    assert [t.objekt for t in trans(row)] == [objekt]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ('"Hyra mars"', "Hyra mars"),
        ("Hyra", "Hyra"),
        ('"Hyra \\"mars\\""', 'Hyra "mars"'),
        ('"{inom klamrar} och #VER"', "{inom klamrar} och #VER"),
        ('"=1+1"', "=1+1"),
        ('""', "Möte"),
        ("", "Möte"),
        ('"Hyra" 12.5 "AB"', "Hyra"),
        ('"C:\\mapp\\fil"', "C:\\mapp\\fil"),
    ],
)
def test_a_text_may_hold_anything_and_an_empty_one_is_the_vouchers(field, text):
    assert [t.text for t in trans(f'#TRANS 5010 {{}} 0 "" {field}')] == [text]


@pytest.mark.parametrize(
    ("written", "ore"),
    [("0", 0), ("1", 100), ("1.5", 150), ("1.50", 150), ("-1.05", -105), ("-0.01", -1),
     ("9999999999999.99", 999_999_999_999_999), ("0.10", 10), ('"12.30"', 1230), ("-0", 0)],
)  # fmt: skip
def test_amounts_are_read_to_the_ore(written, ore):
    assert [t.amount_ore for t in trans(f"#TRANS 5010 {{}} {written}")] == [ore]


@pytest.mark.parametrize(
    "written",
    ["1,50", "1 000.00 x", "1.505", "1e5", "nan", "", "--1", "+1", "٣", "12345678901234", "1."],
)
def test_what_is_no_amount_is_told_and_nothing_more(written):
    (found,) = faults_in(*make_voucher(f'#TRANS 5010 {{}} "{written}"'))
    assert found[:2] == (3, "belopp") and "1234.50" in found[2]


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("#TRANS 5O10 {} 0", "konto", "siffror"),
        ("#TRANS 50-10 {} 0", "konto", "siffror"),
        ("#TRANS 12345678901 {} 0", "konto", "siffror"),
        ("#TRANS 5010 {} 0 20270230", "datum", "20270331"),
        ("#TRANS 5010 {} 0 2027-03-31", "datum", "20270331"),
        ("#TRANS 5010 {6} 0", "objekt", "parvis"),
        ("#TRANS 5010 {6 P12 0", "objekt", "parvis"),
        ('#TRANS 5010 {x "P12"} 0', "objekt", "parvis"),
        ('#TRANS 5010 {6 "a;b"} 0', "objekt", "semikolon"),
        ("#TRANS 5010 0", "objekt", "parvis"),
        ("#TRANS 5010 {}", None, "saknar"),
        ("#TRANS", None, "saknar"),
        ('#TRANS 5010 {} 0 "" "öppet', None, "citattecken"),
        ('#KONTO 5020 "El"', None, "#TRANS"),
        ("hej", None, "etikett"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_line_and_field(line, column, said):
    (found,) = faults_in(*make_voucher(line))
    assert found[:2] == (3, column) and said in found[2]


@pytest.mark.parametrize(("ore", "ok"), [("-99.99", False), ("-100.00", True), ("-100.01", False)])
def test_a_voucher_must_balance_to_the_ore(ore, ok):
    found = faults_in(*make_voucher("#TRANS 5010 {} 100.00", f"#TRANS 1930 {{}} {ore}"))
    assert (found == []) == ok
    if not ok:
        assert found[0][:2] == (1, "belopp") and "0,01\xa0kr" in found[0][2]


def test_the_vouchers_after_an_unbalanced_one_are_still_looked_at():
    found = faults_in(
        *make_voucher("#TRANS 5010 {} 1"), *make_voucher("#TRANS 5010 {} 0"),
        *make_voucher("#TRANS 5010 {} 2"),
    )  # fmt: skip
    assert [line for line, *_ in found] == [1, 9]


def test_added_and_removed_rows_are_counted_and_only_what_stands_is_booked():
    read = sie.read(
        sie_file(*make_voucher(
            "#TRANS 5010 {} 100.00",
            "#TRANS 1930 {} -100.00",
            '#RTRANS 5010 {} 25.00 20270401 "Tillagd"',
            '#TRANS 5010 {} 25.00 20270401 "Tillagd"',
            "#BTRANS 5010 {} 50.00",
            "#RTRANS 1930 {} -25.00",
            "#TRANS 1930 {} -25.00",
        ))
    )  # fmt: skip
    assert read.faults == []
    assert (read.added, read.removed_ones) == (2, 1)
    assert [t.amount_ore for t in read.transactions] == [10_000, -10_000, 2_500, -2_500]
    assert read.transactions[2].day == date(2027, 4, 1)


@pytest.mark.parametrize("after", ["#TRANS 5010 {} 26.00", "#BTRANS 5010 {} 25.00", None])
def test_an_added_row_is_followed_by_itself(after):
    rows = ["#RTRANS 5010 {} 25.00", *([after] if after else [])]
    assert any("#RTRANS" in said for *_, said in faults_in(*make_voucher(*rows)))


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        (["#VER A 1 20270331", "{", "#TRANS 5010 {} 0"], 1, "avhuggen"),
        (["#VER A 1 20270331"], 1, "avhuggen"),
        (["#VER A 1 20270331", "#TRANS 5010 {} 0"], 1, "{ stå"),
        (["#VER A 1 20270331", *make_voucher("#TRANS 5010 {} 0")], 1, "{ stå"),
        (["#VER A 1 20270331", "{", *make_voucher("#TRANS 5010 {} 0")], 1, "avslutat"),
        (["}"], 1, "inte till något verifikat"),
        (["{"], 1, "inte till något verifikat"),
        (["#VER A 1 20270331", "{", "{"], 3, "inte till något verifikat"),
        (["#TRANS 5010 {} 0"], 1, "i ett verifikat"),
        (["#VER A 1 20271301", "{", "}"], 1, "20270331"),
        (["#VER A"], 1, "saknar"),
    ],
)
def test_a_voucher_that_is_not_whole_is_told(lines, line, said):
    found = faults_in(*lines)
    assert (found[0][0], said in found[0][2]) == (line, True), found


@pytest.mark.parametrize(
    ("head", "name"),
    [('#VER A 17 20270331 "x"', "A 17"), ("#VER A 17 20270331", "A 17"),
     ('#VER "" 17 20270331', "17"),
     ('#VER L "" 20270331', ""), ('#VER "" "" 20270331', ""),
     ('#VER "LÖN" "3" 20270331 "x" 20270401 "AB"', "LÖN 3")],
)  # fmt: skip
def test_a_voucher_is_named_by_series_and_number(head, name):
    read = sie.read(sie_file(*make_voucher("#TRANS 5010 {} 0", head=head)))
    assert (read.faults, [t.verifikat for t in read.transactions]) == ([], [name])


def test_a_brace_may_stand_on_the_vouchers_line():
    read = sie.read(sie_file("#VER A 1 20270331 {", "#TRANS 5010 {} 0", "}"))
    assert (read.faults, len(read.transactions), read.transactions[0].text) == ([], 1, "")


@pytest.mark.parametrize(
    ("line", "said"),
    [("#VALUTA EUR", "SEK"), ("#SIETYP 5", "1, 2, 3 eller 4"),
     ("#RAR 0 20271231 20270101", "slutar"),
     ("#RAR 0 20270101", "saknar"), ("#RAR 0 2027-01-01 20271231", "20270331")],
)  # fmt: skip
def test_what_all_amounts_and_days_hang_on_is_read_as_strictly(line, said):
    (found,) = faults_in(line, *VERIFIKAT)
    assert found[0] == 1 and said in found[2]


def test_balances_and_budget_are_kept_with_period_and_object():
    read = sie.read(sie_file(
        "#RES 0 5010 10.00", "#RES -1 5010 5", "#OMFATTN 20270430",
        "#PSALDO 0 202703 5010 {} 7.00", '#PSALDO 0 202703 5010 {6 "P12"} 3.00 0',
        "#PBUDGET 0 202703 5010 {} 100.00", '#PBUDGET 0 202704 5010 {6 "P12"} 50.00',
    ))  # fmt: skip
    assert read.faults == []
    assert [(s.year_number, s.konto, s.amount_ore) for s in read.res] == [
        (0, "5010", 1000),
        (-1, "5010", 500),
    ]
    assert [(s.period, s.objekt, s.amount_ore) for s in read.psaldo] == [
        ("202703", "", 700), ("202703", "6=P12", 300),
    ]  # fmt: skip
    assert [(b.konto, b.objekt, b.period, b.amount_ore) for b in read.budget] == [
        ("5010", "", "202703", 10_000), ("5010", "6=P12", "202704", 5_000),
    ]  # fmt: skip
    assert read.extent == date(2027, 4, 30)


def test_what_is_not_known_is_passed_over_as_the_format_wants():
    read = sie.read(
        sie_file('#EGET 1 2 {3} "fyra"', "#KSUMMA", "#PROSA text utan citat", *VERIFIKAT)
    )
    assert read.faults == [] and len(read.transactions) == 2


@pytest.mark.parametrize("text", ["", "\n\n", "Datum;Konto;Belopp\n", "#KONTO 1 x\n#FLAGGA 0\n"])
def test_a_file_that_does_not_begin_as_sie_is_told_at_once(text):
    (found,) = sie.read(text).faults
    assert "#FLAGGA" in found.allowed


def test_a_hostile_text_is_read_in_time():
    """Nested quotation marks could make a careless pattern try for ever."""
    row = '#TRANS 5010 {6 "' + '\\"' * 5_000 + " 1"
    (found,) = faults_in(*make_voucher(row))
    assert "citattecken" in found[2]


fields = st.text(st.characters(codec="cp437", exclude_categories=["Cc"]), max_size=20).map(
    str.strip
)


@given(st.lists(st.tuples(fields, st.integers(-(10**12), 10**12), fields), min_size=1, max_size=8))
def test_any_text_amount_and_object_comes_back_as_it_was_written(rows):
    def text(value: str) -> str:
        return value.replace("\\", "/")

    def quoted(value: str) -> str:
        return '"' + text(value).replace('"', '\\"') + '"'

    def amount(ore: int) -> str:
        return f"{'-' if ore < 0 else ''}{abs(ore) // 100}.{abs(ore) % 100:02}"

    objects = [text(objekt).replace(";", "").strip() or "P" for *_, objekt in rows]
    lines = [
        f"#TRANS 5010 {{6 {quoted(o)}}} {amount(ore)} 20270101 {quoted(t)}"
        for (t, ore, _), o in zip(rows, objects, strict=True)
    ]
    total = sum(ore for _, ore, _ in rows)
    read = sie.read(
        sie_file(
            *make_voucher(*lines, f"#TRANS 1930 {{}} {amount(-total)}", head="#VER A 1 20270101")
        )
    )
    assert read.faults == []
    assert [(t.text, t.amount_ore, t.objekt) for t in read.transactions[:-1]] == [
        (text(t), ore, f"6={o}") for (t, ore, _), o in zip(rows, objects, strict=True)
    ]
