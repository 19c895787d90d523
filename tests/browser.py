"""A headless Chromium for tests that look at pages as a reader's browser shows them."""

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

_SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE = 60  # seconds


class Browser:
    """One window; `driver` is Selenium's own for what is not here."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, url: str, *, width: int = 1280, height: int = 900) -> None:
        """Goes to the address in a window of that size, below 600 that of a phone; forgets what was logged before."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.get("about:blank")
        for kind in ("browser", "performance"):
            self.driver.get_log(kind)
        self.driver.get(url)

    def run(self, script: str, *given: Any) -> Any:
        """What the script returns."""
        return self.driver.execute_script(script, *given)

    def wait(self, script: str, *given: Any) -> Any:
        """What the script returns once that is true. Raises TimeoutException where it never is."""
        return WebDriverWait(self.driver, _PATIENCE, 0.05).until(lambda driver: driver.execute_script(script, *given))

    def complaints(self) -> list[str]:
        """What the console has said since `open`, refused scripts included."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self, *, blocked: bool = True) -> list[str]:
        """Every address that was asked for since `open`; with `blocked=False`, of those that no policy held back."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        held = {
            m["params"]["requestId"]
            for m in messages
            if m["method"] == "Network.loadingFailed" and m["params"].get("blockedReason") and not blocked
        }
        sent = (m["params"] for m in messages if m["method"] == "Network.requestWillBeSent")
        return [params["request"]["url"] for params in sent if params["requestId"] not in held]

    def printed(self) -> str:
        """The words of the page as it is printed on A4, with one space between them."""
        paper = {"paperWidth": 8.27, "paperHeight": 11.69}  # inches
        pdf = base64.b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", paper)["data"])
        read = [_program("pdftotext"), "-", "-"]
        return " ".join(subprocess.run(read, input=pdf, capture_output=True, check=True).stdout.decode().split())


def _program(*names: str) -> str:
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.fail(f"{names[0]} is not installed: run `make browser` (Debian: chromium, chromium-driver, poppler-utils)")


@contextmanager
def chromium(profile: Path) -> Iterator[Browser]:
    """A browser with a profile of its own in that folder; the test fails where Chromium is not installed."""
    options = Options()
    options.binary_location = _program("chromium", "chromium-browser", "google-chrome")
    for switch in (*_SWITCHES, f"--user-data-dir={profile}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(_program("chromedriver")))
    try:
        driver.set_page_load_timeout(_PATIENCE)
        yield Browser(driver)
    finally:
        driver.quit()
