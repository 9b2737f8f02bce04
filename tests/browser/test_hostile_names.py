"""Every page shows a name as it is written: it fetches nothing, links nowhere and marks up nothing.

Every name that a person may give, in the store or in a link alone, is hostile (hostile.py).
"""

import re
from urllib.parse import quote

import pytest

from pages.parts.frame.navigation import PAGES
from tests.browser import harness, hostile, steps

# An element that holds nothing but one of the words is markup that a name has made.
FOREIGN = """words => [...document.body.querySelectorAll('*')]
    .filter(node => words.includes(node.textContent.trim())
        || /example.invalid/.test(['href', 'src', 'xlink:href'].map(a => node.getAttribute(a))))
    .map(node => node.outerHTML.slice(0, 200))"""
# What a screen reader says is plain text: an escape would be heard there.
SPOKEN = """() => [...document.body.querySelectorAll('[aria-label]')]
    .map(node => node.getAttribute('aria-label')).filter(text => text.includes('\\\\'))"""
TEXTS = "() => document.body.innerText + [...document.querySelectorAll('svg text')]" \
        ".map(node => node.textContent).join('\\n')"  # fmt: skip
EXTRA = {
    "mandatperioden": "&antal_alt=5&"
    + "&".join(f"a{n}_namn={quote(name)}" for n, name in enumerate(hostile.NAMES[1:6])),
    "min_avgift": "&part=ny0",
    "scenarier": f"&jamfor={quote(hostile.NAMES[1])}",
    "tertial": f"&tertial=1&post={quote(hostile.NAMES[2])}",
    "bokforing": f"&mal={quote(hostile.NAMES[0])}",
    "fakturaunderlag": f"&underlag={quote(hostile.NAMES[1])}",
}
# how many of the names a page has a place for, beside the scenario's in the strip
SHOWN = {"": 1, "fordelning": 8, "min_avgift": 1, "scenarier": 5, "tak_och_ram": 8,
         "mandatperioden": 8, "rotation": 3, "budget": 8, "bokforing": 8, "tertial": 8,
         "fakturaunderlag": 8}  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> tuple[str, str]:
    """The address of an app on a store of its own, and the id of the scenario that is shown."""
    store = hostile.url(tmp_path_factory.mktemp("hostile"))
    scenario_id = hostile.fill(store)
    with harness.running_app(SAMVERKAN_STORE=store) as address:
        yield address, scenario_id


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u2060", ""))


@pytest.mark.parametrize(
    "url", ["" if n == 0 else hostile_page.url for n, hostile_page in enumerate(PAGES)]
)
@pytest.mark.xdist_group("hostile")
def test_a_hostile_name_is_shown_as_it_is_written(look, shop, url):
    address, scenario_id = shop
    watched = look(f"{url}?ar={hostile.YEAR}&scenario={scenario_id}{EXTRA.get(url, '')}", 1440,
                   address)  # fmt: skip
    page = watched.page
    choices = page.get_by_role("radiogroup", name="Vad vill du göra?").locator("label")
    for number in range(max(choices.count(), 1)):
        if choices.count():
            steps.click(page, choices.nth(number))
        harness.open_everything(page)
        assert page.evaluate(FOREIGN, list(hostile.WORDS)) == []
        assert page.evaluate(SPOKEN) == []
        assert page.locator("[data-testid=stException]").count() == 0
    said = plain(page.evaluate(TEXTS))
    assert hostile.NAMES[0] in said  # the strip names the scenario on every page
    assert sum(name in said for name in hostile.NAMES) >= SHOWN.get(url, 1)
    assert watched.foreign == []
    assert watched.console == []
