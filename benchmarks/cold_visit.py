"""What a first visit to each public page costs a reader on a bad line: bytes as sent, and requests. Real Chromium."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.figures import WORKSHOP, Figure, show
from tests.conftest import CHROMIUM
from tests.installations import started

PAGES = (
    "/",
    f"{WORKSHOP}/",
    f"{WORKSHOP}/agenda",
    f"{WORKSHOP}/speakers",
    f"{WORKSHOP}/speakers/by-country",
    f"{WORKSHOP}/papers",
    f"{WORKSHOP}/reports/",
    f"{WORKSHOP}/questionnaires/diaspora",
    "/sign-in",
    "/help",
)


def measure() -> list[Figure]:
    figures = []
    with tempfile.TemporaryDirectory() as folder, started(Path(folder)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for page in PAGES:
            status, size, requests = visit(browser, address + page)
            if status == 404:  # the demonstration has nothing to show there
                continue
            assert all(request.startswith((address, "data:")) for request in requests), requests
            figures.append(Figure(f"Cold visit, sent: {page}", size / 1000, "kB", 60))
            figures.append(Figure(f"Cold visit, requests: {page}", len(requests), "", 8))
        browser.close()
    return figures


def visit(browser: Any, url: str) -> tuple[int, int, list[str]]:
    """Status, bytes received with headers, and the addresses asked for, by a browser that has never been here."""
    context = browser.new_context()
    tab = context.new_page()
    sizes: list[int] = []
    requests: list[str] = []
    network = context.new_cdp_session(tab)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    network.on("Network.requestWillBeSent", lambda event: requests.append(event["request"]["url"]))
    answer = tab.goto(url, wait_until="networkidle")
    context.close()
    return answer.status, int(sum(sizes)), requests


if __name__ == "__main__":
    sys.exit(not show(measure()))
