"""The portal's own screens of the editor: all can use them."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.accessibility import RULES, settle
from tests.browser.demo_site import DemoSite
from tests.browser.test_editor_dates import SIGN_IN

#: What the portal adds to Wagtail's screens is all in their main part.
FIND_SCREENS = """
from django.urls import reverse
for name in ("wagtailadmin_home", "returned_addresses", "letter_returns", "untold_hours",
             "periodic_jobs", "translation_review", "directory_calls", "territory_board",
             "action_listing:index", "action_board", "action_board_alone", "pilots:index",
             "pilot_updates", "commitment_tables", "decisions_to_follow", "team:index",
             "editor_guide", "link_health", "todo_mail", "network_messages", "network_new"):
    print(reverse(name))
from actions.models import ActionPage
first = ActionPage.objects.filter(locale__language_code="fr").first()
for name in ("action_listing:update", "editor_writing"):
    print(reverse(name, args=[first.pk]))
from home.setup.steps import STEPS
for step in STEPS:
    print(reverse("setup:step", args=[step.slug]))
print(reverse("evolution"))
from home.models import PeriodReport
from datetime import date
report, _is_new = PeriodReport.objects.get_or_create(start=date(2026, 1, 1), end=date(2026, 6, 30))
print(reverse("period_report", args=[report.pk]))
"""
#: What Chromium says of whatever the policy of a page does not allow.
REFUSED = "Content Security Policy"


@pytest.fixture(scope="module")
def editor(browser: Browser, demo: DemoSite) -> Iterator[Page]:
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    session = demo.run(SIGN_IN).strip()
    context.add_cookies([{"name": "sessionid", "value": session, "url": demo.url}])
    context.set_default_timeout(120_000)  # a slow machine serves heavy screens
    yield context.new_page()
    context.close()


def test_everyone_can_use_the_portal_s_own_screens(editor: Page, demo: DemoSite) -> None:
    refused: list[str] = []
    editor.on("console", lambda said: refused.append(said.text) if REFUSED in said.text else None)
    for path in demo.run(FIND_SCREENS).split()[::-1]:
        answer = editor.goto(demo.url + path)
        assert answer
        assert answer.status == 200, path
        settle(editor)
        options = {"runOnly": {"type": "tag", "values": list(RULES)}}
        found = Axe().run(editor, context="main", options=options)
        said = [
            f"{one['id']}: {node['html'][:200]}"
            for one in found.response["violations"]
            for node in one["nodes"]
        ]
        assert said == [], (path, said)
        assert refused == [], (path, refused)
