"""What axe says of a page, once nothing in it moves."""

from collections.abc import Sequence
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

#: What axe does not look at.
PAGE_CHECKS = (Path(__file__).parent / "page_checks.js").read_text()
# A transition that is finished may start another one; one without an end is cancelled.
SETTLE = """async () => {
  await document.fonts.ready
  const frame = () => new Promise(requestAnimationFrame)
  do {
    for (const moving of document.getAnimations()) {
      try { moving.finish() } catch { moving.cancel() }
    }
    await frame()
    await frame()
  } while (document.getAnimations().some(one => one.playState === 'running'))
}"""


def settle(page: Page) -> None:
    """Wait for the fonts and end what moves: a colour in transition has no contrast to measure."""
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(SETTLE)


def axe_violations(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """The violations that axe finds in the settled page, « rule: element »; ``rules`` are tags."""
    settle(page)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(rules)}})
    return [
        f"{violation['id']}: {node['html'][:200]}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


def page_faults(page: Page) -> list[str]:
    """What our own checks find, « criterion of the RGAA: element »."""
    found: list[str] = page.evaluate(PAGE_CHECKS)
    return found
