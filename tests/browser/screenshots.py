"""Take the README's pictures again: ``make screenshots``, while ``make run`` serves."""

import io
import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM_ARGUMENTS

FOLDER = Path(__file__).resolve().parents[2] / "portal" / "docs" / "screenshots"
# Width, height and pixels a point: a laptop, a phone.
SCREENS = [(1280, 860, 1), (360, 780, 1.5)]


def take(address: str) -> None:
    """Write one optimised picture of the home page a screen."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        for width, height, density in SCREENS:
            page = browser.new_page(
                viewport={"width": width, "height": height},
                device_scale_factor=density,
                locale="fr-FR",
            )
            page.goto(address, wait_until="networkidle")
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            few_colours = picture.quantize(128, dither=Image.Dither.NONE)
            few_colours.save(FOLDER / f"accueil-{width}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1])
