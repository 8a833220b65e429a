"""What is typed in the date fields of the editor stays as it was typed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.demo_site import DemoSite

SIGN_IN = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from portal.users.models import User
user = User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("dates")
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(session.session_key)
"""
# The first page of each of these types, and the screen that lists what has dates.
FIND_SCREENS = """
from django.urls import reverse
from actions.models import ActionPage
from newsletter.models import EventPage, IssuePage
from resources.models import CmpPage
for kind in (ActionPage, EventPage, IssuePage, CmpPage):
    print(reverse("wagtailadmin_pages:edit", args=[kind.objects.first().pk]))
print(reverse("wagtailadmin_reports:site_history"))
"""
#: Types in the field as a keyboard does, then leaves it: the picker acts on the way out.
TYPE = """(field, typed) => {
  field.dispatchEvent(new Event("focusin", { bubbles: true }));
  field.focus();
  field.value = typed;
  for (const name of ["input", "change"]) {
    field.dispatchEvent(new Event(name, { bubbles: true }));
  }
  jQuery(field).triggerHandler("blur");
  field.blur();
  return field.value;
}"""
PICKED = """() => jQuery("input").filter(
  (_, field) => jQuery(field).data("xdsoft_datetimepicker")
).get()"""
TYPED = ["15/10/2026", "15/10/26", "15 octobre 2026", "15/01/2027 à 9h30", "31/02/2026", "bientôt"]


@pytest.fixture(scope="module")
def editor(browser: Browser, demo: DemoSite) -> Iterator[Page]:
    context = browser.new_context(locale="fr-FR")
    session = demo.run(SIGN_IN).strip()
    context.add_cookies([{"name": "sessionid", "value": session, "url": demo.url}])
    context.set_default_timeout(120_000)  # a slow machine serves heavy screens
    yield context.new_page()
    context.close()


def test_no_date_field_of_the_editor_rewrites_what_is_typed(editor: Page, demo: DemoSite) -> None:
    found = 0
    for path in demo.run(FIND_SCREENS).split():
        editor.goto(demo.url + path)
        fields = editor.evaluate_handle(PICKED).get_properties().values()
        for field in [handle.as_element() for handle in fields]:
            if field is None:
                continue
            found += 1
            for typed in TYPED:
                assert field.evaluate(TYPE, typed) == typed
    assert found > 15
