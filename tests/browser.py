"""Headless Chromium, driven by WebDriver: what a person's browser makes of a page."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET: Final = (
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--window-size=1280,900",
)


def missing() -> str | None:
    """What keeps pages from being tested here; None if nothing does."""
    if not _browser():
        return "there is no Chromium; install it (Debian: apt-get install chromium)"
    if not shutil.which("chromedriver"):
        return "there is no ChromeDriver; install it (Debian: apt-get install chromium-driver)"
    try:
        import selenium  # noqa: F401
    except ImportError:
        return "there is no selenium; pip install 'vnclean[dev]'"
    return None


def _browser() -> str | None:
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


class Browser:
    """One page at a time, in a browser that asks no network on its own."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, address: str) -> None:
        """Shows another page, without what the last one has left."""
        self.command("Emulation.clearDeviceMetricsOverride")
        self.command("Emulation.setEmulatedMedia", media="", features=[])
        self.command("Storage.clearDataForOrigin", origin="file://", storageTypes="local_storage")
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(address)
        self.settle()

    def show(self, page: Path) -> None:
        """Shows a page from a file."""
        self.open(page.resolve().as_uri())

    def run(self, script: str, *values: Any) -> Any:
        """What a script on the page returns."""
        return self.driver.execute_script(script, *values)

    def keys(self, *keys: str) -> None:
        """Presses keys where the focus is."""
        self.driver.switch_to.active_element.send_keys(*keys)
        self.settle()

    def settle(self) -> None:
        """Waits until what was asked for is on the page."""
        self.driver.execute_async_script(
            "const done = arguments[0];"
            "setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => done())), 90)"
        )

    def command(self, name: str, **parameters: Any) -> Any:
        """Asks the browser itself, by the Chrome DevTools Protocol."""
        return self.driver.execute_cdp_cmd(name, parameters)

    def media(self, media: str = "", **features: str) -> None:
        """Has the page believe in another medium, or in other wishes of its reader."""
        told = [
            {"name": name.replace("_", "-"), "value": value} for name, value in features.items()
        ]
        self.command("Emulation.setEmulatedMedia", media=media, features=told)
        self.settle()

    def size(self, width: int, height: int, *, mobile: bool = False) -> None:
        """Has a window of this size, or the screen of a phone."""
        self.command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2 if mobile else 1,
            mobile=mobile,
        )
        self.settle()

    def text(self, selector: str) -> str:
        """What a person reads there."""
        told: str = self.run("return document.querySelector(arguments[0]).innerText", selector)
        return told

    def complaints(self) -> list[str]:
        """What the browser has said about the page since it was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses asked for since the page was opened, the page's own among them."""
        events = [json.loads(entry["message"])["message"] for entry in self._performance()]
        return [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]

    def _performance(self) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = self.driver.get_log("performance")
        return told


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser that ends with the block."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = _browser() or ""
    for argument in _QUIET:
        options.add_argument(argument)
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # Chromium has no sandbox for root
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
