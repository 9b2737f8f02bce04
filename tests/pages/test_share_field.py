"""A share on the page is typed as on the command line, and old links keep their meaning."""

import pytest

from tests.pages.test_fees import reopen, text


@pytest.mark.parametrize(
    ("typed", "shown", "link"),
    [
        ("0,5", "Avtalet: 50 % av ramen", "50 %"),
        ("0.4", "Prövas: 40 % av ramen", "40 %"),
        ("40 %", "Prövas: 40 % av ramen", "40 %"),
        ("2/5", "Prövas: 40 % av ramen", "2/5"),
        ("1", "Prövas: 100 % av ramen", "100 %"),
        ("100 %", "Prövas: 100 % av ramen", "100 %"),
    ],
)
def test_a_share_is_read_and_the_link_says_it_in_percent(typed, shown, link):
    app = reopen("fordelning", ar="2027")
    app.text_input(key="del").set_value(typed).run()

    assert shown in text(app).replace("\\", "") and not app.error
    assert app.query_params["del"] in (link, [link])
    assert shown in text(reopen("fordelning", ar="2027", **{"del": link})).replace("\\", "")


@pytest.mark.parametrize("typed", ["50", "1,5"])
def test_a_bare_number_above_one_is_refused_and_not_carried_by_the_link(typed):
    app = reopen("fordelning", ar="2027")
    app.text_input(key="del").set_value(typed).run()

    said = app.error[0].value.replace("\\", "")
    assert f"Menade du {typed} %?" in said.replace("\xa0", " ")
    assert "del" not in app.query_params


@pytest.mark.parametrize(
    ("link", "shown"),
    [("40", "Prövas: 40 %"), ("0,5", "Prövas: 0,5 %"), ("40 %", "Prövas: 40 %")],
)
def test_a_link_of_0_3_0_still_means_percent(link, shown):
    app = reopen("fordelning", ar="2027", **{"del": link})
    assert shown in text(app).replace("\\", "")
    assert not app.error
