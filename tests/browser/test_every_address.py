"""What holds for every address that the sitemap gives, read as a robot would."""

import re
import urllib.request
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from tests.browser.demo_site import DemoSite


class Outline(HTMLParser):
    """Title, language, headings and inline styles of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.lang: str | None = None
        self.levels: list[int] = []
        self.inline: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "html":
            self.lang = attributes.get("lang")
        # An icon may have a title of its own.
        self._in_title = tag == "title" and not self.title
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if "style" in attributes or any(name.startswith("on") for name in attributes):
            self.inline.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data


@dataclass
class Answer:
    path: str
    headers: dict[str, str]
    outline: Outline


@pytest.fixture(scope="module")
def answers(demo: DemoSite) -> list[Answer]:
    """Every address of the sitemap, and what it answers."""
    with urllib.request.urlopen(f"{demo.url}/sitemap.xml") as sitemap:  # noqa: S310
        addresses = re.findall(r"<loc>([^<]+)</loc>", sitemap.read().decode())
    found = []
    for path in sorted({urlsplit(address).path for address in addresses}):
        with urllib.request.urlopen(demo.url + path) as response:  # noqa: S310
            outline = Outline()
            outline.feed(response.read().decode())
            headers = {name.lower(): value for name, value in response.headers.items()}
            found.append(Answer(path, headers, outline))
    return found


def wrong(answers: list[Answer], is_right: object) -> list[str]:
    assert callable(is_right)
    return [answer.path for answer in answers if not is_right(answer)]


def test_the_sitemap_leads_to_the_whole_demonstration(
    answers: list[Answer], demo: DemoSite
) -> None:
    assert set(demo.addresses.values()) <= {answer.path for answer in answers}


def test_each_page_has_one_first_heading(answers: list[Answer]) -> None:
    assert wrong(answers, lambda answer: answer.outline.levels.count(1) == 1) == []


def test_no_heading_level_is_skipped(answers: list[Answer]) -> None:
    def steps_one_by_one(answer: Answer) -> bool:
        levels = answer.outline.levels
        return all(after <= before + 1 for before, after in pairwise(levels))

    assert wrong(answers, steps_one_by_one) == []


def test_each_title_is_told_once(answers: list[Answer]) -> None:
    titles = [answer.outline.title.strip() for answer in answers]
    assert "" not in titles
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def test_each_page_says_its_language(answers: list[Answer]) -> None:
    def says_it(answer: Answer) -> bool:
        prefix = answer.path.split("/")[1]
        expected = prefix if prefix in ("en", "ar", "fr-simple") else "fr"
        return answer.outline.lang == expected

    assert wrong(answers, says_it) == []


def test_no_page_sets_a_cookie(answers: list[Answer]) -> None:
    assert wrong(answers, lambda answer: "set-cookie" not in answer.headers) == []


def test_each_page_forbids_what_it_does_not_need(answers: list[Answer]) -> None:
    def forbids(answer: Answer) -> bool:
        policy = answer.headers.get("content-security-policy", "")
        return "default-src 'none'" in policy and "unsafe" not in policy

    assert wrong(answers, forbids) == []
    assert wrong(answers, lambda answer: answer.outline.inline == []) == []
