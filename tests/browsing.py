"""What every test in a real browser looks at."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page

from tests.looking import there

# Only what is wrong comes back: what axe found in order is several times as long as the page.
FIND_VIOLATIONS = "axe.run({resultTypes: ['violations']}).then(({violations}) => violations)"


def follow(tab: Page, link: str | Locator) -> None:
    """Click what leads to another page, and be on it: a click is over when the browser has been told of it, and whoever
    looks at once may look at the page before, or at none."""
    with tab.expect_navigation():
        (tab.locator(link) if isinstance(link, str) else link).click()


def axe_faults(tab: Page) -> list[str]:
    """What axe finds wrong with the page, each with its place. The page is there to its end first: a click is over
    when its answer begins to come, and half a page has no heading and no footer yet."""
    tab.wait_for_load_state()
    tab.evaluate(AXE_SCRIPT)
    violations = tab.evaluate(FIND_VIOLATIONS)
    return [f"{fault['id']}: {node['html'][:160]}" for fault in violations for node in fault["nodes"]]


def sticks_out_of(tab: Page, width: int = 320) -> bool:
    """Whether anything on the page is wider than a window of that many pixels, a phone by default."""
    before = tab.viewport_size
    tab.set_viewport_size({"width": width, "height": 800})
    wide = tab.evaluate("document.documentElement.scrollWidth") > width
    tab.set_viewport_size(there(before))
    return bool(wide)
