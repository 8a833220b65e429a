"""The page that a person in distress opens, on the phone of most people."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Visit

HEIGHT = 740


@pytest.mark.parametrize("java_script", [True, False])
def test_three_numbers_are_on_the_first_screen(
    visit: Callable[..., Visit], java_script: bool
) -> None:
    page = visit("/aide/", width=360, java_script_enabled=java_script).page
    buttons = page.locator("main .help-number")
    assert buttons.count() == 3
    for rank in range(3):
        box = buttons.nth(rank).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= HEIGHT
