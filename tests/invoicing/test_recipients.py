"""Whom an invoice goes to: no person's number is saved, and what should be looked at is said."""

import pytest

from analytics.errors import BadFile
from analytics.invoicing import recipients, recipients_file
from analytics.invoicing.errors import RecipientFault
from analytics.invoicing.recipients import Host, Recipient
from analytics.store.posts import shared
from tests.given.invoicing import number

NAMES = {"0114": "Upplands Väsby", "0160": "Täby", "0180": "Stockholm"}
NUMBER = number("212000014")


@pytest.mark.parametrize("text", ["811218-9876", "198112189876", "811278+9873", "Ref 811218-9875"])
def test_a_persons_number_is_refused_as_a_reference_by_function_and_file(text):
    before = shared().sequence()
    with pytest.raises(RecipientFault, match=r"Köparens referens .* personnummer"):
        recipients.save(shared(), "0160", "Täby", Recipient(reference=text), reason="prov")
    with pytest.raises(RecipientFault, match="personnummer"):
        host = Host(name="Värden", orgnr=NUMBER, reference=text)
        recipients.save_host(shared(), host, reason="prov")
    with pytest.raises(RecipientFault, match="personnummer"):
        rows = [{"part_id": "0160", "referens": text}]
        recipients.save_many(shared(), rows, NAMES, reason="prov")
    with pytest.raises(BadFile, match=r"rad 2, kolumn referens: .* personnummer"):
        content = f"part_id,referens\n0160,{text}\n".encode()
        recipients_file.read("p.csv", content, NAMES, set())
    assert shared().sequence() == before


@pytest.mark.parametrize("text", [NUMBER, NUMBER.replace("-", ""), "PO 4711", "7300009012345"])
def test_an_organisations_number_and_a_code_are_no_persons(text):
    recipients.save(shared(), "0160", "Täby", Recipient(reference=text), reason="prov")
    assert recipients.all_recipients(shared())["0160"].reference == text


def test_a_reference_that_looks_like_a_person_and_a_shared_number_get_remarks():
    known = {
        "0114": Recipient(reference="Anna Andersson", orgnr=NUMBER),
        "0160": Recipient(reference="Ekonomienheten", orgnr=NUMBER),
        "0180": Recipient(reference="PO 4711"),
    }
    assert recipients.remarks(known, NAMES) == {
        "0114": [
            "Referensen ”Anna Andersson” ser ut som en persons namn",
            "Täby har samma organisationsnummer",
        ],
        "0160": ["Upplands Väsby har samma organisationsnummer"],
    }
    assert recipients.remarks(known, {"0180": "Stockholm"}) == {}
