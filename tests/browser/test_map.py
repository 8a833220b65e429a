"""The map beside the list, in a real browser: pins, keyboard, and no other site."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.demo_site import DemoSite

QUESTION = "/annuaire/?q=gem"


def test_the_drawn_map_becomes_one_that_moves_and_asks_nobody_else(
    page: Page, demo: DemoSite
) -> None:
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{demo.url}{QUESTION}")
    expect(page.locator("#map .leaflet-marker-icon").first).to_be_visible()
    expect(page.locator("#map figure > svg")).to_have_count(0)
    assert hosts == {urlsplit(demo.url).hostname}


def test_on_a_phone_the_map_is_loaded_only_when_it_is_opened(page: Page, demo: DemoSite) -> None:
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{demo.url}{QUESTION}")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "leaflet" in url]
    page.get_by_role("button", name="Voir la carte").click()
    expect(page.locator("#map .leaflet-marker-icon").first).to_be_visible()
    page.get_by_role("button", name="Revenir à la liste").click()
    expect(page.locator("#map")).to_be_hidden()


def test_a_mark_says_its_place_and_opens_with_the_keyboard(page: Page, demo: DemoSite) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{demo.url}/annuaire/?type=clubhouse")
    mark = page.locator("#map .leaflet-marker-icon").first
    expect(mark).to_have_attribute("aria-label", re.compile(r"\d"))
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#map .leaflet-popup a").first).to_be_visible()


def test_the_map_follows_the_filters(page: Page, demo: DemoSite) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{demo.url}/annuaire/?dans=annuaire")
    expect(page.locator("#map .leaflet-marker-icon").first).to_be_visible()
    before = page.locator("#map-points").text_content()
    page.get_by_label("Pour qui ?").select_option("adolescents")
    expect(page.locator("#map-points")).not_to_have_text(before)
    expect(page.locator("#map .leaflet-marker-icon").first).to_be_visible()


@pytest.mark.parametrize("source", ["none", "refuses"])
def test_without_its_background_the_map_draws_the_communes_and_says_so(
    page: Page, demo: DemoSite, source: str
) -> None:
    def with_tiles(route: Route) -> None:
        response = route.fetch()
        body = response.text().replace('"tiles": ""', '"tiles": "/refused/{z}/{x}/{y}"')
        assert "/refused/" in body
        route.fulfill(response=response, body=body)

    if source == "refuses":
        page.route("**/annuaire/**", with_tiles)
        page.route("**/refused/**", lambda route: route.abort())
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{demo.url}{QUESTION}")
    page.get_by_role("button", name="Voir la carte").click()
    expect(page.locator("#map").get_by_role("status")).to_contain_text("dessinées")
    canvas, borders = (
        page.locator(css).evaluate("one => one.getBoundingClientRect().toJSON()")
        for css in ("#map .map-canvas", "#map .leaflet-borders-pane svg")
    )
    assert borders["width"] >= canvas["width"]
    assert borders["height"] >= canvas["height"]
    assert page.locator("#map .leaflet-borders-pane path").count() > 100
    expect(page.locator("#map .leaflet-marker-icon").first).to_be_visible()
