"""« Vos droits »: rules with their sources and day, and a sheet of which nothing leaves."""

import re
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from home.demo.files import REFERENCE, read_yaml
from home.models import HomePage, RightsPage
from portal.editor.writing import reading_score

pytestmark = pytest.mark.django_db

RIGHTS = read_yaml(REFERENCE / "rights.yaml")


def add(parent: HomePage | RightsPage, **facts: object) -> RightsPage:
    page: RightsPage = parent.add_child(instance=RightsPage(title="Un droit", **facts))
    return page


def test_a_right_says_its_sources_and_the_day_it_was_checked(
    client: Client, home_page: HomePage
) -> None:
    checked = timezone.localdate() - timedelta(days=1)
    page = add(
        home_page, slug="droits", sources="<p>Code civil, article 431</p>", checked_on=checked
    )
    add(page, slug="tutelle", summary="Une aide.")
    html = client.get(page.url).content.decode()
    assert "Code civil, article 431" in html
    assert "Vérifié le" in html
    assert 'href="/droits/tutelle/"' in html


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"sources": "<p>Code civil</p>"}, "checked_on"),
        ({"checked_on": timezone.localdate()}, "sources"),
        (
            {
                "sources": "<p>Code civil</p>",
                "checked_on": timezone.localdate() + timedelta(days=2),
            },
            "checked_on",
        ),
    ],
    ids=["no day", "no source", "tomorrow"],
)
def test_sources_and_their_day_go_together(facts: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        RightsPage(title="Un droit", slug="droit", **facts).clean()
    assert field in refused.value.message_dict


def test_nothing_of_the_sheet_can_leave_the_device(client: Client, home_page: HomePage) -> None:
    sheet = {
        "title": "Mon plan",
        "fields": [{"label": "Ce qui m’aide", "hint": "Un lieu.", "lines": 3}],
        "signatures": ["Moi"],
    }
    page = add(home_page, slug="plan", body=[("sheet", sheet)])
    main = BeautifulSoup(client.get(page.url).content, "html.parser").main
    assert main is not None
    area = main.find("textarea")
    assert area is not None
    assert area.find_parent("form") is None
    assert not area.has_attr("name")
    assert area["autocomplete"] == "off"
    assert main.find("label", attrs={"for": area["id"]}).text == "Ce qui m’aide"


@pytest.mark.parametrize("entry", RIGHTS, ids=[entry["key"] for entry in RIGHTS])
def test_the_shipped_rights_are_plain_sourced_and_dated(entry: dict) -> None:
    read = re.sub(r"\]\([^)]*\)", "]", f"{entry['summary']}\n{entry['body']}")
    score = reading_score(read)
    assert score is None or score >= 60
    assert bool(entry.get("sources")) == bool(entry.get("checked_on"))
    if entry["key"] not in ("vos-droits", "pair-aidance-droits"):
        assert entry["checked_on"] <= timezone.localdate()
