"""What an issue is composed from."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import get_template

from wagtail import blocks

import pytest

from home.models import HomePage
from newsletter.blocks import ISSUE_BLOCKS, pages_in
from newsletter.models import IssuePage
from portal.mail.plain_text import laid_out, text_of, underlined
from tests.newsletter.whole_issue import make_told, raw_body, whole_issue

NAMES = [name for name, _block in ISSUE_BLOCKS]
ABOUT_PAGES = ["news", "action", "entries", "events"]


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def block_of(name: str) -> Any:
    return dict(ISSUE_BLOCKS)[name]


@pytest.mark.parametrize("name", NAMES)
def test_an_editor_sees_what_a_block_is_for_and_where_it_belongs(name: str) -> None:
    block = block_of(name)
    assert block.label
    assert block.get_description()
    assert block.meta.icon != blocks.Block._meta_class.icon
    assert block.meta.group
    assert block.is_previewable


@pytest.mark.parametrize("name", NAMES)
def test_a_block_is_told_on_the_page_in_the_message_and_in_its_text(name: str) -> None:
    assert get_template(block_of(name).meta.template)
    for kind in ("mjml", "txt"):
        assert get_template(f"mail/letter/{name}.{kind}")


@pytest.mark.parametrize("name", NAMES)
def test_the_preview_of_a_block_shows_a_page_that_exists(home_page: HomePage, name: str) -> None:
    make_told(home_page)
    block = block_of(name)
    html = str(block.render(block.get_preview_value()))
    assert html.strip()
    assert not re.search(r"\sstyle=|<script", html)


@pytest.mark.parametrize("name", ABOUT_PAGES)
def test_the_preview_of_a_block_stands_on_a_portal_without_pages(db: None, name: str) -> None:
    block = block_of(name)
    assert str(block.render(block.get_preview_value())).strip() == ""


def test_the_tests_know_every_block(home_page: HomePage) -> None:
    assert {block["type"] for block in raw_body(make_told(home_page))} == set(NAMES)


def test_a_page_chosen_twice_and_one_that_is_gone_keep_their_places(home_page: HomePage) -> None:
    told = make_told(home_page)
    issue = whole_issue(home_page, told)
    chosen = [told.events[0].pk, told.events[1].pk, told.events[0].pk]
    issue.body = [{"type": "events", "value": {"title": "Dates", "events": chosen}}]
    issue.save()
    told.events[1].delete()
    issue = IssuePage.objects.get(pk=issue.pk)
    first, gone, again = pages_in(issue.body)
    assert first == again == told.events[0]
    assert first is not again
    assert gone is None


def test_what_an_editor_typed_takes_the_place_of_the_page_s_words(home_page: HomePage) -> None:
    told = make_told(home_page)
    block = block_of("news")
    value = block.normalize({"page": told.news, "title": "Un autre titre", "text": "D’autres mots"})
    (shown,) = block.get_context(value)["items"]
    assert (shown.title, shown.text) == ("Un autre titre", "D’autres mots")
    (shown,) = block.get_context(block.normalize({"page": told.news}))["items"]
    assert (shown.title, shown.text) == (told.news.title, told.news.summary)


def test_a_cancelled_date_says_so(home_page: HomePage) -> None:
    told = make_told(home_page)
    told.events[0].is_cancelled = True
    value = block_of("events").normalize({"title": "Dates", "events": told.events})
    html = str(block_of("events").render(value))
    assert html.count("Annulé") == 1


def test_a_button_leads_somewhere_from_a_message_too(home_page: HomePage) -> None:
    button = block_of("button")
    value = button.normalize({"label": "Plus bas", "address": "#dates"})
    with pytest.raises(ValidationError):
        button.clean(value)
    news = make_told(home_page).news
    value = button.clean(button.normalize({"label": "", "page": news, "address": ""}))
    assert button.get_context(value)["url"] == news.url
    assert button.get_context(value)["text"] == news.title
    value["page"].live = False
    assert str(button.render(value)).strip() == ""


@pytest.mark.parametrize(
    ("rich", "text"),
    [
        ("<p>Un</p><p>Deux</p>", "Un\n\nDeux"),
        ("<p>Un <b>mot</b> <i>fort</i><br/>à la ligne</p>", "Un mot fort\nà la ligne"),
        (
            "<p>Après</p><ol><li>un</li><li>deux</li></ol><p>fin</p>",
            "Après\n\n1. un\n2. deux\n\nfin",
        ),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        (
            '<p>Voir <a href="https://a.example/?x=1&amp;y=2">ce site</a>.</p>',
            "Voir ce site.\nce site\xa0: https://a.example/?x=1&y=2",
        ),
        ('<p><a href="https://a.example/">https://a.example/</a></p>', "https://a.example/"),
        ('<p><a href="tel:3114">3114</a></p>', "3114"),
        ('<p><a href="#bas">plus bas</a></p>', "plus bas"),
        ("<p>5 &lt; 6 &amp; « a »</p>", "5 < 6 & « a »"),
        ("", ""),
        ("<p></p>", ""),
    ],
)
def test_rich_text_is_written_as_text(rich: str, text: str) -> None:
    assert text_of(rich) == text


def test_long_lines_are_folded_under_their_bullet_and_addresses_are_never_cut() -> None:
    address = "https://portail.example/" + "a" * 80
    folded = laid_out(f"- {'mot ' * 30}\n\n\n\n  {address}\nLien : {address}")
    lines = folded.splitlines()
    assert lines[0].startswith("- mot")
    assert lines[1].startswith("  mot")
    assert folded.count(address) == 2
    assert "\n\n\n" not in folded
    assert all(len(line) <= 72 for line in lines if address not in line)


def test_a_long_title_is_underlined_once_along_its_longest_line() -> None:
    *lines, rule = underlined("Un titre " * 12).splitlines()
    assert len(lines) == 2
    assert rule == "-" * max(map(len, lines))
