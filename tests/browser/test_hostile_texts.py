"""Texts that would run a script, sent past the editor's own checks, run none where they are."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit
from tests.browser.demo_site import DemoSite
from tests.browser.hostile_texts import AS_ADDRESS, AS_HTML
from tests.browser.test_editor_dates import SIGN_IN

#: Sends ten news by the editor's address, as a program would, and says where they are.
SEND = """
import json
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from newsletter.models import NewsIndexPage, NewsPage
from portal.users.models import User

texts, addresses = json.loads(TEXTS)
parent = NewsIndexPage.objects.filter(locale__language_code="fr").first()
setup_test_environment()
client = Client()
client.force_login(
    User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("dates")
)
entities, links = {}, []
for number, address in enumerate(addresses):
    entities[number] = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": address}}
    ranges = [{"key": number, "offset": 0, "length": 6}]
    links.append({"key": "b", "text": "un lien", "type": "unstyled", "entityRanges": ranges})
for number in range(0, len(texts), 5):
    few = texts[number : number + 5]
    blocks = [{"key": "b", "text": text, "type": "unstyled"} for text in few] + links
    draft = json.dumps({"blocks": blocks, "entityMap": entities})
    form = {
        "title": f"Essai {number} " + " ".join(few)[:240],
        "slug": f"essai-{number}",
        "summary": " ".join(few)[:280],
        "date": "2026-01-01",
        "body": streamfield([("paragraph", draft)]),
        "related_pages": inline_formset([]),
        "comments": inline_formset([]),
        "action-publish": "oui",
    }
    address = reverse("wagtailadmin_pages:add", args=["newsletter", "newspage", parent.pk])
    answer = client.post(address, nested_form_data(form))
    assert answer.status_code == 302, answer.context["form"].errors
sent = NewsPage.objects.child_of(parent).filter(slug__startswith="essai-").order_by("pk")
print(json.dumps({
    "pages": [page.url for page in sent],
    "screens": [
        reverse("wagtailadmin_pages:edit", args=[sent[0].pk]),
        reverse("wagtailadmin_explore", args=[parent.pk]),
        reverse("wagtailadmin_pages:history", args=[sent[0].pk]),
        reverse("wagtailadmin_home"),
    ],
}))
"""
TAKE_AWAY = """
from newsletter.models import NewsPage
for page in NewsPage.objects.filter(slug__startswith="essai-"):
    page.delete()
"""
MARK = "() => window.marked"


@pytest.fixture(scope="module")
def sent(demo: DemoSite) -> Iterator[dict[str, list[str]]]:
    texts = json.dumps([AS_HTML, AS_ADDRESS])
    yield json.loads(demo.run(f"; TEXTS = {texts!r}\n{SEND}"))
    demo.run(TAKE_AWAY)


def test_readers_run_none(visit: Callable[..., Visit], sent: dict[str, list[str]]) -> None:
    assert len(sent["pages"]) == 10
    for path in [*sent["pages"], "/actualites/", "/annuaire/?q=essai"]:
        # What the page holds is looked at, not what the policy would stop.
        opened = visit(path, bypass_csp=True)
        opened.page.wait_for_load_state("load")
        assert opened.page.evaluate(MARK) is None, path
        links = opened.page.locator("main a").evaluate_all("links => links.map(a => a.protocol)")
        assert set(links) <= {":", "http:", "https:", "tel:", "mailto:", "sms:"}, path
        if path != "/annuaire/?q=essai":  # there the best answers come first
            assert "window.marked" in opened.page.locator("main").inner_text(), path


def test_editors_run_none(browser: Browser, demo: DemoSite, sent: dict[str, list[str]]) -> None:
    context = browser.new_context(locale="fr-FR")
    session = demo.run(SIGN_IN).strip()
    context.add_cookies([{"name": "sessionid", "value": session, "url": demo.url}])
    page = context.new_page()
    for path in sent["screens"]:
        answer = page.goto(demo.url + path)
        assert answer
        assert answer.status == 200, path
        assert page.evaluate(MARK) is None, path
    context.close()
