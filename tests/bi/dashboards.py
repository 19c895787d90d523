"""A reader in front of the dashboards: logs in, opens one, and sees what is wrong with its charts."""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser import Browser

# What each chart of the page shows, in the page's own marks.
_CHARTS = """
return [...document.querySelectorAll('[data-test=chart-grid-component]')].map(chart => ({
    name: chart.dataset.testChartName,
    kind: chart.dataset.testVizType,
    text: chart.innerText,
    line: chart.querySelector('.header-line')?.innerText ?? '',
    loading: !chart.querySelector('[data-test=chart-container]')
        || !!chart.querySelector('[data-test=loading-indicator], [aria-label=Loading], .loading'),
    failed: !!chart.querySelector('[role=alert], .ant-alert, [data-test=error]'),
    empty: !!chart.querySelector('.ant-empty, [data-test=empty-state]') || /No (results|data)/.test(chart.innerText),
    drawn: !!chart.querySelector('canvas, svg.datamap path, td, .header-line'),
}));
"""


@dataclass(frozen=True)
class Chart:
    """What a reader sees of a chart; `kind` is Superset's name of its type."""

    name: str
    kind: str
    text: str
    line: str
    loading: bool
    failed: bool
    empty: bool
    drawn: bool

    @property
    def shows(self) -> bool:
        """Whether it is done: drawn, or with a word why not."""
        return self.failed or (not self.loading and (self.drawn or self.empty))

    @property
    def number(self) -> int:
        """What a chart that is one number shows."""
        return int(self.line.replace(",", ""))


def log_in(browser: Browser, base: str, user: str, password: str) -> None:
    """Through the login page, as anybody does."""
    browser.open(f"{base}/login/")
    browser.wait("return document.querySelector('input[type=password]')")
    browser.driver.find_element(By.CSS_SELECTOR, "input[name=username], input#username").send_keys(user)
    browser.driver.find_element(By.CSS_SELECTOR, "input[type=password]").send_keys(f"{password}\n")
    browser.wait("return !location.pathname.startsWith('/login')")


def look(browser: Browser, base: str, slug: str, charts: int) -> list[Chart]:
    """Opens the dashboard in a window that is high enough for all of it, and waits until it has so many charts."""
    browser.open(f"{base}/superset/dashboard/{slug}/", width=1400, height=4000)
    return settled(browser, charts)


def settled(browser: Browser, charts: int) -> list[Chart]:
    """The charts of the page once there are so many and each shows something; as they are where that never is so."""

    def done(_driver: Any) -> bool:
        found = seen(browser)
        return len(found) >= charts and all(chart.shows for chart in found)

    with suppress(TimeoutException):
        WebDriverWait(browser.driver, 60, 0.2).until(done)
    return seen(browser)


def seen(browser: Browser) -> list[Chart]:
    """The charts of the page as they are now."""
    return [Chart(**chart) for chart in browser.run(_CHARTS)]


def require_sound(charts: list[Chart], names: set[str], may_be_empty: frozenset[str] = frozenset()) -> None:
    """Raises AssertionError, with the charts and what is wrong, where one is missing, failed, empty or not drawn."""
    faults = [f"{name}: missing" for name in names - {chart.name for chart in charts}]
    for chart in charts:
        if chart.failed or re.search(r"\b(Data|Unexpected) error\b", chart.text):
            faults.append(f"{chart.name}: {chart.text}")
        elif chart.empty and chart.name not in may_be_empty:
            faults.append(f"{chart.name}: empty")
        elif not chart.shows:
            faults.append(f"{chart.name}: nothing drawn")
    assert not faults, faults


def choose(browser: Browser, name: str, value: str) -> None:
    """Sets one of the dashboard's filters, and applies it."""
    label = "//h4[@data-test='filter-control-name' and normalize-space()=$name]/ancestor::form//input[@role='combobox']"
    field = browser.driver.find_element(By.XPATH, label.replace("$name", f"'{name}'"))
    field.send_keys(value)
    options = "return [...document.querySelectorAll('.ant-select-item-option')]"
    browser.wait(f"{options}.find(option => option.innerText.trim() === arguments[0])", value).click()
    apply = "return document.querySelector('[data-test=filter-bar__apply-button]:not([disabled])')"
    browser.wait(apply).click()
