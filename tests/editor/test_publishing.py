"""« Publier » is in sight, and one comes back to where one was."""

import re
from typing import Any

from django.http import QueryDict
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.html import escape

import pytest

from home.models import HomePage
from newsletter.models import IssuePage, Mailing, NewsPage
from newsletter.wagtail_hooks import lead_from_publishing_to_sending
from tests.factories.newsletter import (
    IssuePageFactory,
    LetterIndexPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)
from tests.factories.users import member_of


@pytest.fixture
def coordinator(client: Client, db: None) -> Client:
    client.force_login(member_of("Coordination"))
    return client


@pytest.fixture
def news(db: None) -> NewsPage:
    index = NewsIndexPageFactory(parent=HomePage.objects.get())
    page: NewsPage = NewsPageFactory(parent=index)
    return page


def buttons(html: str) -> list[str]:
    """The names of the buttons at the bottom of a form, in their order."""
    footer = html[html.index("<footer") :]
    marks = re.findall(r'name="(action-publish)"|class="button (action-save)', footer)
    return [publish or save for publish, save in marks]


def test_who_may_publish_sees_it_first(coordinator: Client, news: NewsPage) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[news.pk])
    html = coordinator.get(url).content.decode()
    assert buttons(html) == ["action-publish", "action-save"]
    assert "portal-actions" in html


def test_who_may_not_publish_keeps_a_draft(client: Client, news: NewsPage) -> None:
    client.force_login(member_of("Rédaction"))
    html = client.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).content.decode()
    assert buttons(html) == ["action-save"]


def test_a_list_is_where_one_comes_back_to(coordinator: Client, news: NewsPage) -> None:
    address = f"{reverse('news_listing:index')}?ordering=title"
    html = coordinator.get(address).content.decode()
    query = QueryDict(mutable=True)
    query["next"] = address
    edit = reverse("wagtailadmin_pages:edit", args=[news.pk])
    assert escape(f"{edit}?{query.urlencode(safe='/')}") in html


@pytest.fixture
def issue(db: None) -> IssuePage:
    letter = LetterIndexPageFactory(parent=HomePage.objects.get())
    page: IssuePage = IssuePageFactory(parent=letter)
    return page


def after_publishing(issue: IssuePage, role: str = "Coordination", **typed: str) -> Any:
    request = RequestFactory().post("/", {"action-publish": "1"} | typed)
    request.user = member_of(role)
    return lead_from_publishing_to_sending(request, issue)


def test_a_published_letter_leads_to_its_sending(issue: IssuePage) -> None:
    answer = after_publishing(issue)
    assert answer.url == reverse("letter_mailings:send", args=[issue.pk])


def test_a_letter_that_left_or_that_one_may_not_send_leads_nowhere(issue: IssuePage) -> None:
    assert after_publishing(issue, role="Modération") is None
    Mailing.objects.create(issue=issue)
    assert after_publishing(issue) is None
