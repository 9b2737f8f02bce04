"""A SIE file that would take too much room to read is refused before it is read."""

import pytest

from analytics.errors import BadFile
from analytics.ledger import file as ledger_file
from tests.given.sie_files import VERIFIKAT, sie_file


@pytest.mark.parametrize(("more", "ok"), [(-1, True), (0, True), (1, False)])
def test_a_sie_file_has_a_largest_size(monkeypatch, more, ok):
    content = sie_file(*VERIFIKAT).encode("cp437")
    monkeypatch.setattr(ledger_file, "MOST_SIE", len(content) - more)
    if ok:
        assert len(ledger_file.read("a.se", content, 2027).rows) == 2
    else:
        with pytest.raises(BadFile, match="dela den per månad"):
            ledger_file.read("a.se", content, 2027)
