"""Setting up the second step of signing in: pages that everybody can use."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

from tests.browser.accessibility import axe_violations
from tests.browser.demo_site import DemoSite

PASSWORD = "une phrase assez longue"
MAKE_ACCOUNT = f"""
from portal.users.groups import role_group
from portal.users.models import RoleKey, User
user, _ = User.objects.get_or_create(username="etape", email="etape@exemple.example")
user.set_password({PASSWORD!r})
user.save()
user.groups.add(role_group(RoleKey.COORDINATION))
user.authenticator_set.all().delete()
"""


@pytest.fixture
def signed_in(page: Page, demo: DemoSite) -> Page:
    demo.run(MAKE_ACCOUNT)
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{demo.url}/compte/login/")
    page.fill("input[name=login]", "etape@exemple.example")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/admin/**")
    return page


def assert_everybody_can_use(page: Page) -> None:
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_each_page_of_the_second_step_has_no_fault(signed_in: Page, demo: DemoSite) -> None:
    page = signed_in
    page.goto(f"{demo.url}/compte/deuxieme-etape/")
    assert_everybody_can_use(page)
    page.click("text=Une application sur mon téléphone")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/totp/activate/")
    assert_everybody_can_use(page)
    secret = page.input_value("#authenticator_secret")
    page.fill("input[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.click("main button[type=submit]")
    page.wait_for_url("**/recovery-codes/")
    assert_everybody_can_use(page)
    page.goto(f"{demo.url}/compte/deuxieme-etape/")
    assert_everybody_can_use(page)
