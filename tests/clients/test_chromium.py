"""The page of a cohort in Chromium: on desk, phone and paper, by keyboard alone, with hostile drafts in it."""

import base64
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from mailers import need, until

from pages import HOSTILE, written

pytestmark = [pytest.mark.client, pytest.mark.loopback]
selenium = pytest.importorskip("selenium.webdriver")
SIZES = {"desk": (1280, 900), "phone": (360, 740)}
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    need("chromium", "chromedriver")
    options = selenium.ChromeOptions()
    for flag in (*QUIET, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.binary_location = "/usr/bin/chromium"
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = selenium.Chrome(options=options, service=selenium.ChromeService("/usr/bin/chromedriver"))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, corpus: list[dict[str, Any]]) -> Path:
    rows = [{**row, "client": f"Kim {n % 40}"} for n, row in enumerate(corpus[:120])]
    return written(tmp_path_factory.mktemp("page"), [*rows, {"id": "odd", "draft": 7}], "--rewrite", "--names")


class Open:
    """A page open in the browser at a size, in a scheme of colours; what it asked for and complained of."""

    def __init__(
        self, browser: Any, page: Path, *, size: str = "desk", scheme: str = "light", medium: str = ""
    ) -> None:
        self.browser, self.page = browser, page
        width, height = SIZES[size]
        shape = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "phone"}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features, "media": medium})
        browser.get("about:blank")
        browser.get_log("performance")
        browser.get_log("browser")
        browser.get(page.as_uri())

    def run(self, script: str, *given: object) -> Any:
        return self.browser.execute_script(script, *given)

    def shows(self, what: str, wanted: object) -> None:
        """Wait until an expression is what is wanted: following a link takes the browser a moment."""
        until(lambda: self.run(f"return {what}") == wanted, lambda: f"{what} is {self.run(f'return {what}')}")

    def press(self, *keys: str) -> None:
        selenium.ActionChains(self.browser).send_keys(*keys).perform()

    def tab_to(self, selector: str, most: int = 400) -> None:
        """Press Tab until what is wanted has the focus; wherever it is on the way, it is seen."""
        for _ in range(most):
            self.press(selenium.Keys.TAB)
            assert self.run("return getComputedStyle(document.activeElement).outlineStyle") != "none"
            if self.run("return document.activeElement.matches(arguments[0])", selector):
                return
        pytest.fail(f"Tab does not come to {selector}")

    def assert_quiet(self) -> None:
        """Nothing was asked for but the file itself, and nothing was complained of."""
        messages = [json.loads(entry["message"])["message"] for entry in self.browser.get_log("performance")]
        asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
        assert {url.partition("#")[0] for url in asked} <= {self.page.as_uri(), "about:blank"}
        assert self.browser.get_log("browser") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_it_fits_and_can_be_read_and_asks_for_nothing(browser: Any, page: Path, size: str, scheme: str) -> None:
    opened = Open(browser, page, size=size, scheme=scheme)
    opened.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    opened.run("location.hash = '#d3'")
    opened.shows("document.activeElement.id", "d3-title")
    opened.run("document.getElementById('all').click()")
    assert opened.run("return document.documentElement.scrollWidth <= innerWidth")
    assert opened.run(_FAINT) == []
    assert opened.run("return document.querySelectorAll('#open > article').length") == 100
    opened.assert_quiet()


# Texts whose contrast with what is behind them is less than 4.5 (WCAG 2.2, 1.4.3).
_FAINT = """
const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
const light = (colour) => {
  const linear = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const [r, g, b] = parts(colour).slice(0, 3).map((v) => linear(v / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (one) => {
  for (; one; one = one.parentElement) {
    const colour = getComputedStyle(one).backgroundColor;
    if ((parts(colour)[3] ?? 1) === 1) return colour;
  }
  return "rgb(255, 255, 255)";
};
const faint = [];
for (const one of document.querySelectorAll("body *")) {
  const own = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (!own || !one.checkVisibility() || one.disabled) continue;
  const style = getComputedStyle(one);
  const [a, b] = [light(one.closest("svg") ? style.fill : style.color), light(behind(one))].sort((x, y) => y - x);
  if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(`${one.tagName} ${one.getAttribute("class")} ${style.color}`);
}
return [...new Set(faint)];
"""


def test_a_draft_is_opened_and_left_by_keyboard_alone(browser: Any, page: Path) -> None:
    opened = Open(browser, page)
    opened.press(selenium.Keys.TAB, selenium.Keys.ENTER)  # the first stop leads past everything else
    opened.shows("document.activeElement.id", "drafts")
    opened.tab_to("[data-column=brevity]")
    for direction in ("ascending", "descending"):
        opened.press(selenium.Keys.ENTER)
        opened.shows("document.querySelector('[aria-sort] > [data-column=brevity]')?.parentElement.ariaSort", direction)
        opened.shows("document.activeElement.dataset.column", "brevity")
    column = "return [...document.querySelectorAll('#list td[data-label^=Short]')].map((td) => Number(td.textContent))"
    shown = opened.run(column)
    assert shown == sorted(shown, reverse=True) and len(shown) == 100
    opened.tab_to("#list tbody a")
    link = opened.run("return document.activeElement.hash")
    opened.press(selenium.Keys.ENTER)
    opened.shows("document.activeElement.id", f"{link[1:]}-title")
    assert opened.run("return document.querySelector('article:focus-within .letter').textContent.length") > 9
    opened.tab_to("article button")
    opened.press(selenium.Keys.ENTER)
    opened.shows("document.activeElement.hash", link)
    assert opened.run("return document.querySelector('article')") is None
    opened.assert_quiet()


def test_drafts_are_found_by_what_is_wrong_with_them(browser: Any, page: Path) -> None:
    opened = Open(browser, page)
    rows = "document.querySelectorAll('#list tbody tr').length"
    button = "document.querySelector('[data-rule=flat-enthusiasm]')"
    in_all = int(opened.run(f"return {button}.parentElement.querySelector('meter').value"))
    opened.run(f"{button}.focus()")
    opened.press(selenium.Keys.ENTER)
    opened.shows("document.activeElement.id", "drafts")
    opened.shows(rows, in_all)
    assert in_all > 5
    opened.run("document.querySelector('#filter [type=reset]').focus()")
    opened.press(selenium.Keys.ENTER)
    opened.shows("document.getElementById('count').textContent", "121 of 121 drafts")
    opened.run("document.querySelector('#filter [name=words]').focus()")
    opened.press("c-00")
    opened.shows(rows, 9)
    opened.press("99")
    opened.shows(rows, 0)
    opened.assert_quiet()


def test_what_is_shown_has_a_name_for_those_who_do_not_see_it(browser: Any, page: Path) -> None:
    opened = Open(browser, page)
    opened.run("location.hash = '#d3'")
    opened.shows("document.activeElement.id", "d3-title")
    nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    named = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes if not n["ignored"]]
    for role in ("image", "button", "link", "combobox", "searchbox", "table", "region", "article", "form"):
        names = [name for kind, name in named if kind == role]
        assert all(names), (role, names)
    assert {"main", "navigation", "banner", "contentinfo", "search", "image", "table"} <= {kind for kind, _ in named}
    images = [name for kind, name in named if kind == "image"]
    assert len(images) == 8 and all("median" in name.lower() and re.search(r"\d", name) for name in images)
    levels = opened.run("return [...document.querySelectorAll('h1,h2,h3,h4')].map((h) => Number(h.tagName[1]))")
    assert levels[0] == 1 and all(b - a <= 1 for a, b in pairwise(levels))


def test_on_paper_are_the_figures_and_the_drafts_that_are_open(browser: Any, page: Path) -> None:
    opened = Open(browser, page, scheme="dark", medium="print")
    opened.run("location.hash = '#d3'")
    opened.shows("document.activeElement.id", "d3-title")
    assert not opened.run("return document.getElementById('filter').checkVisibility()")
    assert opened.run("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    paper = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"])
    assert paper.startswith(b"%PDF") and paper.count(b"/Type /Page\n") >= 5
    opened.assert_quiet()


def test_without_javascript_the_figures_are_there(browser: Any, page: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        Open(browser, page)
        nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        said = {(n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes if not n["ignored"]}
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert {("heading", "Look at these first"), ("heading", "All drafts")} <= said
    assert ("StaticText", "The list of drafts, sorting and filtering need JavaScript.") in said
    assert not {"button", "searchbox"} & {role for role, _ in said}


def test_drafts_that_are_programs_do_nothing(browser: Any, tmp_path: Path) -> None:
    attack = "</script><script>window.hit = 1</script><img src=x onerror='window.hit = 1'><svg onload='window.hit = 1'>"
    rows = []
    for n, text in enumerate([*HOSTILE, attack, f"{attack}\u2028"]):
        draft = f"Hi {text},\n\nI need {text} an answer by tomorrow at the latest, lol.\n\n👩‍👩‍👧 thx\n\nBo {text}"
        rows.append({"id": f"{n} {text}", "client": text, "to": text, "subject": text, "draft": draft})
    opened = Open(browser, written(tmp_path, rows, "--rewrite", "--names"))
    opened.run("document.getElementById('all').click()")
    opened.run("document.querySelectorAll('article sup').forEach((number) => number.remove())")
    letters = "[...document.querySelectorAll('article > .beside > :first-child .letter')]"
    texts = opened.run(f"return {letters}.map((letter) => letter.textContent.toWellFormed())")
    written_out = [row["draft"].encode("utf-16", "surrogatepass").decode("utf-16", "replace") for row in rows]
    assert sorted(texts) == sorted(written_out)
    assert opened.run("return window.hit") is None
    assert opened.run("return document.querySelectorAll('img, article script, article svg, #list script').length") == 0
    marks = "[...document.querySelectorAll('article mark')]"
    marked = opened.run(f"return {marks}.map((mark) => mark.textContent.toWellFormed())")
    assert "thx" in marked and "lol" in marked
    opened.assert_quiet()
