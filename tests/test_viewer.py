"""The web page in a browser: what pointing, clicking and keys do, who can use it, and what never leaves it.

Debian's Chromium is driven, or the one that CHROMIUM names; without one these tests are skipped, and say so.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from typer.testing import CliRunner

from unresolve import model as m
from unresolve.cli.app import app
from unresolve.readers.pictures import pictures
from unresolve.viewer import view
from unresolve.writers.html import Column, html_pieces

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium: apt-get install chromium, or name one in CHROMIUM")

SIX = ("zilal.ar", "chazhan.zh", "dark_skies.en", "bibliobus.fr", "mosty.ru", "fuentes.es")
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}

Opener = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        # Containers give no sandbox; the pages are our own.
        started = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, samples: list[Path]) -> dict[str, Path]:
    """Pages of a sample in English, Arabic and Chinese, of one of each language, and of one with doubts."""
    folder = tmp_path_factory.mktemp("pages")
    by_name = {path.stem: path for path in samples}
    found = {name: view(by_name[name]) for name in ("dark_skies.en", "zilal.ar", "chazhan.zh")}
    found["six"] = view(*(by_name[name] for name in SIX))
    found["doubtful"] = b"".join(html_pieces([doubtful(by_name["dark_skies.en"])]))
    for name, page in found.items():
        (folder / f"{name}.html").write_bytes(page)
    return {name: folder / f"{name}.html" for name in found}


def doubtful(sample: Path) -> Column:
    """Two paragraphs, a table and a diagnostic on the second paragraph."""
    first, second = m.Box(1, 120, 400, 490, 420), m.Box(1, 120, 430, 490, 450)
    cells = (m.Cell((m.Text("Well"),), header=True), m.Cell((m.Text("Depth"),), header=True))
    document = m.Document(
        m.Source(),
        language="en",
        masthead=m.Masthead(symbol=m.Field(m.Text("A/RES/99/9")), title=m.Field(m.Text("Wells"))),
        body=(
            m.Paragraph("para_1", m.Text("Decides to dig;"), "1.", boxes=(first,)),
            m.Paragraph("para_2", m.Text("Decides to rest."), "2.", boxes=(second,)),
            m.Table("table_1", (m.Row(cells), m.Row((m.Cell((m.Text("One"),)), m.Cell((m.Text("9"),)))))),
        ),
        diagnostics=(
            m.Diagnostic("number-missing", "a number is missing", 1, m.Box(1, 130, 432, 140, 440)),
            m.Diagnostic("no-date", "no date was found"),
        ),
    )
    return Column(document, pictures(sample.read_bytes()))


@pytest.fixture
def show(browser: Browser) -> Opener:
    """Opens a page; at the end no request has left it and the console has stayed silent."""

    @contextmanager
    def opened(path: Path, *, quiet: bool = True, **options: Any) -> Iterator[Page]:
        options = {"viewport": DESK, "reduced_motion": "reduce"} | options
        context = browser.new_context(**options)
        page = context.new_page()
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url[:40]))
        page.goto(path.as_uri())
        page.wait_for_function("() => !document.querySelector('svg[data-boxes]') || document.querySelector('svg rect')")
        yield page
        if quiet:
            assert said == []
            assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        context.close()

    return opened


def lit(page: Page) -> list[str]:
    """What is lit: ids of the text, and behind a @ those of the page picture."""
    found: list[str] = page.evaluate(
        """[...document.querySelectorAll(".lit")]
          .map((e) => (e.matches("rect") ? "@" + e.dataset.for : e.id || e.dataset.for))"""
    )
    return sorted(set(found))


def inside(page: Page, pane: str, selector: str) -> bool:
    """Whether an element can be seen in its pane."""
    seen: bool = page.evaluate(
        """([pane, selector]) => {
          const frame = document.querySelector(pane).getBoundingClientRect();
          const box = document.querySelector(selector).getBoundingClientRect();
          return box.top >= frame.top - 1 && box.top < frame.bottom;
        }""",
        [pane, selector],
    )
    return seen


def wait_inside(page: Page, pane: str, selector: str) -> None:
    for _ in range(40):
        if inside(page, pane, selector):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{selector} is not to be seen in {pane}")


def test_pointing_at_the_text_lights_the_page_and_shows_the_place(made: dict[str, Path], show: Opener) -> None:
    with show(made["dark_skies.en"]) as page:
        page.hover("#para_1 p", position={"x": 5, "y": 5})
        assert lit(page) == ["@para_1", "para_1"]
        assert page.text_content("#ui-status span") == "para_1  ·  page 1"
        page.hover("#cite-2")
        assert lit(page) == ["@cite-2", "cite-2"]
        for name in ("para_9", "note_5"):
            assert page.locator(f"#{name}").count() == 1
            page.hover(f"#{name}", position={"x": 8, "y": 8})
            assert lit(page) == [f"@{name}", name]
            wait_inside(page, "#ui-pages", f"rect[data-for='{name}']")


def test_pointing_at_the_page_lights_the_text_and_shows_it(made: dict[str, Path], show: Opener) -> None:
    with show(made["dark_skies.en"]) as page:
        page.evaluate("document.querySelector('#ui-pages').scrollTo(0, 9999)")
        page.hover("rect[data-for='para_9']", position={"x": 3, "y": 3})
        assert lit(page) == ["@para_9", "para_9"]
        wait_inside(page, "#ui-text", "#para_9")
        page.hover("header")
        assert lit(page) == []
        page.click("rect[data-for='para_8']", position={"x": 3, "y": 3})
        page.hover("header")
        assert lit(page) == ["@para_8", "para_8"]
        assert page.evaluate("document.activeElement.id") == "para_8"


def test_a_citation_leads_to_the_document_in_its_language(made: dict[str, Path], show: Opener) -> None:
    with show(made["zilal.ar"]) as page:
        hrefs = page.eval_on_selector_all("a.c", "links => links.map(a => a.getAttribute('href'))")
        assert hrefs
        assert all(href.startswith(("https://docs.un.org/ar/", "#")) for href in hrefs)


def test_a_note_call_jumps_to_the_note_and_back(made: dict[str, Path], show: Opener) -> None:
    with show(made["dark_skies.en"]) as page:
        call = page.locator("#para_nn_1 a.n")
        name = call.get_attribute("id")
        assert page.locator(f"#{call.get_attribute('aria-describedby')}").text_content() == "Resolution 70/1."
        call.focus()
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.activeElement.id === 'note_2'")
        assert lit(page) == ["@note_2", "note_2"]
        wait_inside(page, "#ui-text", "#note_2")
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == name
        wait_inside(page, "#ui-text", f"#{name}")
        page.click("#note_2 a.back")
        page.wait_for_function("name => document.activeElement.id === name", arg=name)


def test_a_walk_with_the_keyboard(made: dict[str, Path], show: Opener) -> None:
    with show(made["dark_skies.en"]) as page:
        stops = page.eval_on_selector_all("main .b", "blocks => blocks.map(b => b.id)")
        for _ in range(3):
            page.keyboard.press("j")
        assert lit(page) == [f"@{stops[2]}", stops[2]]
        page.keyboard.press("k")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.id") == stops[3]
        for _ in range(100):
            page.keyboard.press("j")
        assert page.evaluate("document.activeElement.id") == stops[-1]
        wait_inside(page, "#ui-text", f"#{stops[-1]}")
        wait_inside(page, "#ui-pages", f"rect[data-for='{stops[-1]}']")
        page.keyboard.press("p")
        assert not page.is_visible("#ui-pages")
        assert page.get_attribute("#ui-toggle", "aria-pressed") == "false"
        page.keyboard.press("Enter")
        assert page.is_visible("#ui-pages")
        page.keyboard.press("Escape")
        assert lit(page) == []


def test_tab_goes_through_tools_calls_and_citations(made: dict[str, Path], show: Opener) -> None:
    with show(made["dark_skies.en"]) as page:
        order = []
        for _ in range(12):
            page.keyboard.press("Tab")
            order.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
        assert order[:5] == ["skip", "ui-toggle", "ui-help-button", "ui-text", "cite-1"]
        assert {"call-note_1-1", "cite-2", "call-note_2-1"} <= set(order)
        page.focus("#cite-3")
        assert lit(page) == ["@cite-3", "cite-3"]


def test_help_opens_with_a_key_and_letters_can_be_switched_off(made: dict[str, Path], show: Opener) -> None:
    with show(made["dark_skies.en"]) as page:
        page.keyboard.press("?")
        assert page.is_visible("#ui-help")
        page.uncheck("#ui-keys")
        page.keyboard.press("Escape")
        assert not page.is_visible("#ui-help")
        page.keyboard.press("j")
        assert lit(page) == []


def test_a_link_into_the_page_is_followed(made: dict[str, Path], show: Opener) -> None:
    with show(made["dark_skies.en"]) as page:
        page.goto(made["dark_skies.en"].as_uri() + "#para_2__point_c")
        page.reload()
        page.wait_for_function("() => document.querySelector('#para_2__point_c.lit')")
        wait_inside(page, "#ui-text", "#para_2__point_c")
        wait_inside(page, "#ui-pages", "rect[data-for='para_2__point_c']")


def test_a_diagnostic_stands_at_its_paragraph_and_in_the_list(made: dict[str, Path], show: Opener) -> None:
    with show(made["doubtful"]) as page:
        assert page.text_content("header .button") == "! 2 diagnostics"
        assert page.locator("#para_2 .doubt").count() == page.locator(".doubt").count() == 1
        described = page.get_attribute("#para_2", "aria-describedby") or ""
        assert "a number is missing" in (page.text_content(f"#{described.strip()}") or "")
        page.keyboard.press("d")
        assert lit(page) == ["@para_2", "para_2"]
        page.click("#para_2 .doubt")
        page.wait_for_function("() => document.querySelector('#doubt-1.lit')")
        assert page.locator(".doubts li").count() == 2


def test_six_languages_stand_side_by_side(made: dict[str, Path], show: Opener) -> None:
    with show(made["six"]) as page:
        cells = page.locator(".cell:has([id$='-para_1'])")
        assert cells.evaluate_all("all => all.map(c => c.lang)") == ["ar", "zh", "en", "fr", "ru", "es"]
        assert cells.evaluate_all("all => all.map(c => getComputedStyle(c).direction)") == ["rtl", *["ltr"] * 5]
        tops = cells.evaluate_all("all => all.map(c => Math.round(c.getBoundingClientRect().top))")
        assert len(set(tops)) == 1
        number = page.locator("[id='1-ar-para_1'] .num").bounding_box()
        words = page.locator("[id='1-ar-para_1'] p").bounding_box()
        assert number is not None
        assert words is not None
        assert number["x"] > words["x"] + words["width"] - 1
        page.keyboard.press("p")
        page.hover("[id='5-ru-para_1'] p")
        assert lit(page) == ["5-ru-para_1", "@5-ru-para_1"]
        assert page.locator(".kin").count() == 6
        assert page.eval_on_selector_all(".pages:not([hidden])", "all => all.map(e => e.dataset.side)") == ["4"]
        page.click("[id='1-ar-para_1'] .num")
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.id") == "2-zh-para_1"
        page.keyboard.press("j")
        assert str(page.evaluate("document.activeElement.id")).startswith("2-zh-")
        page.uncheck("input[data-side='0']")
        assert not page.is_visible("[id='1-ar-para_1']")
        page.check("input[data-side='0']")
        assert page.is_visible("[id='1-ar-para_1']")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["dark_skies.en", "zilal.ar", "chazhan.zh", "six", "doubtful"])
def test_axe_finds_no_serious_fault(made: dict[str, Path], show: Opener, name: str, scheme: str) -> None:
    # axe is put into the page as a script of its own, which the page's policy would not let in.
    with show(made[name], color_scheme=scheme, bypass_csp=True) as page:
        page.keyboard.press("j")
        for pane in ("text", "help") if name == "doubtful" else ("text",):
            if pane == "help":
                page.keyboard.press("?")
            found = Axe().run(page).response["violations"]
            faults = [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found]
            assert [fault for fault, whole in zip(faults, found, strict=True) if whole["impact"] != "minor"] == []


@pytest.mark.parametrize("name", ["dark_skies.en", "zilal.ar", "six", "doubtful"])
def test_a_phone_shows_it_without_scrolling_sideways(made: dict[str, Path], show: Opener, name: str) -> None:
    with show(made[name], viewport=PHONE, has_touch=True) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        if name != "six":
            assert page.evaluate("document.querySelector('main').scrollWidth") <= PHONE["width"]
            pages, text = page.locator("#ui-pages").bounding_box(), page.locator("main").bounding_box()
            assert pages is not None
            assert text is not None
            assert pages["y"] + pages["height"] <= text["y"] + 1


def test_a_picture_waits_until_its_page_comes_near(browser: Browser, tmp_path: Path, samples: list[Path]) -> None:
    """The pages have their height before their pictures are there; without a script all pictures are shown."""
    drawn = next(pictures(samples[0].read_bytes()))
    pages = (m.Picture(n, drawn.width, drawn.height, drawn.data) for n in range(1, 21))
    path = tmp_path / "pages.html"
    path.write_bytes(b"".join(html_pieces([Column(m.Document(m.Source(), language="en"), pages)])))
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("figure[data-page='1'] img")
    assert 1 <= page.locator("figure img").count() < 8
    height = page.evaluate("document.querySelector('#ui-pages').scrollHeight")
    page.evaluate("document.querySelector('figure[data-page=\"20\"]').scrollIntoView()")
    shown = page.locator("figure[data-page='20'] img")
    shown.wait_for()
    assert shown.get_attribute("alt") == "Page 20 of the document, English"
    assert page.evaluate("document.querySelector('#ui-pages').scrollHeight") == height
    context.close()
    context = browser.new_context(viewport=DESK, java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator("figure img").count() == 20
    context.close()


def test_print_is_the_whole_text_alone(made: dict[str, Path], show: Opener) -> None:
    with show(made["dark_skies.en"]) as page:
        page.emulate_media(media="print")
        assert not page.is_visible("#ui-pages")
        assert not page.is_visible("#ui-toggle")
        assert page.is_visible("#note_5")
        assert page.evaluate("getComputedStyle(document.querySelector('main')).overflowY") == "visible"


HOSTILE = (
    "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"
    "\"'><svg onload=window.hacked=1> {{ 7*7 }}"
)


@pytest.fixture
def hostile(tmp_path: Path, samples: list[Path]) -> Path:
    """Hostile words wherever a document can hold words, and words as long as a page."""
    bad, long = m.Text(HOSTILE, (m.Mark(3, 3, "call", HOSTILE),)), m.Text("w" * 10_000)
    box = (m.Box(1, 100, 100, 200, 200),)
    document = m.Document(
        m.Source(),
        language=HOSTILE,
        masthead=m.Masthead(
            symbol=m.Field(bad, HOSTILE), title=m.Field(bad), number=m.Field(long), session=m.Field(long, HOSTILE)
        ),
        body=(
            m.Paragraph(HOSTILE, bad, HOSTILE, boxes=box),
            m.Paragraph("para_2", long, "w" * 10_000),
            m.Section("sec_1", heading=long, blocks=(m.Table(HOSTILE, (m.Row((m.Cell((bad, long)),)),), bad),)),
        ),
        notes=(m.Note(HOSTILE, HOSTILE, bad, boxes=box),),
        citations=(
            m.Citation(HOSTILE, 0, 8, "x", "symbol", HOSTILE, "javascript:window.hacked=1", reason=HOSTILE),
            m.Citation("para_2", 0, 9_000, "x", "symbol", HOSTILE, "https://docs.un.org/\"onclick='window.hacked=1'"),
        ),
        diagnostics=(m.Diagnostic(HOSTILE, HOSTILE, 1, box[0]),),
    )
    columns = [Column(document, pictures(samples[0].read_bytes())), Column(document)]
    (tmp_path / "one.html").write_bytes(b"".join(html_pieces(columns[:1])))
    (tmp_path / "two.html").write_bytes(b"".join(html_pieces([Column(document), columns[1]])))
    return tmp_path


@pytest.mark.parametrize("name", ["one", "two"])
def test_hostile_text_is_inert(hostile: Path, show: Opener, name: str) -> None:
    with show(hostile / f"{name}.html", viewport=PHONE) as page:
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        for _ in range(12):
            page.keyboard.press("j")
        page.keyboard.press("d")
        page.evaluate("document.querySelectorAll('.b, rect').forEach(e => e.dispatchEvent(new Event('load')))")
        assert page.evaluate("window.hacked") is None
        assert page.locator("main script, main img, main svg").count() == 0
        assert "<script>window.hacked" in (page.text_content("main") or "")
        assert "{{ 7*7 }}" in (page.text_content("main") or "")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        if name == "one":
            assert page.evaluate("document.querySelector('main').scrollWidth") <= PHONE["width"]


def test_the_policy_stops_what_would_leave_the_page(made: dict[str, Path], show: Opener) -> None:
    with show(made["dark_skies.en"], quiet=False) as page:
        stopped = page.evaluate(
            """async () => {
              const names = [];
              document.addEventListener("securitypolicyviolation", (e) => names.push(e.effectiveDirective));
              await fetch("https://docs.un.org/").catch(() => 0);
              document.body.append(Object.assign(new Image(), { src: "https://docs.un.org/x.png" }));
              document.body.append(Object.assign(document.createElement("script"), { text: "window.hacked = 1" }));
              await new Promise((go) => setTimeout(go, 200));
              return names.sort();
            }"""
        )
        assert stopped == ["connect-src", "img-src", "script-src-elem"]
        assert page.evaluate("window.hacked") is None


def test_a_long_resolution_opens_at_once_and_is_small(browser: Browser, tmp_path: Path, samples: list[Path]) -> None:
    """As A/RES/79/1: 56 pages, 640 paragraphs, 120 citations. It is there to be read in under three times what an
    empty page takes, and all but its own text and pictures is less than 150 kB."""
    path = tmp_path / "long.html"
    text = "Recalling resolution 70/1 and all that States have said of wells, of water and of rest, " * 4
    blocks = tuple(
        m.Paragraph(f"para_{n}", m.Text(text), f"{n}.", boxes=(m.Box(n // 12 + 1, 100, 100, 500, 200),))
        for n in range(1, 641)
    )
    cited = tuple(
        m.Citation(f"para_{n}", 21, 25, "70/1", "resolution", "A/RES/70/1", "https://docs.un.org/en/A/RES/70/1")
        for n in range(1, 121)
    )
    drawn = list(pictures(samples[0].read_bytes()))
    pages = (m.Picture(n, drawn[0].width, drawn[0].height, drawn[n % len(drawn)].data) for n in range(1, 57))
    document = m.Document(m.Source(), language="en", body=blocks, citations=cited)
    path.write_bytes(b"".join(html_pieces([Column(document, pages)])))
    pictured = sum(len(drawn[n % len(drawn)].data) * 4 / 3 for n in range(1, 57))
    assert path.stat().st_size - pictured - 640 * len(text) < 150_000
    empty = tmp_path / "empty.html"
    empty.write_text("<!doctype html><title>empty</title><p>empty")
    # The best or the middle of several, turn by turn: what else the machine does slows now one, now the other.
    times: dict[Path, list[float]] = {empty: [], path: []}
    for turn in range(20):
        for one, taken in times.items():
            taken.append(first_paint(browser, one))
        if turn > 3 and any(kind(times[path]) < 3 * kind(times[empty]) for kind in (min, median)):
            return
    pytest.fail(f"slower than three times an empty page: {times}")


def first_paint(browser: Browser, path: Path) -> float:
    """Milliseconds from the start of the navigation to the first text on the screen."""
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(path.as_uri(), wait_until="load")
    # Asked again and again from here: the page's own policy forbids the evaluation that wait_for_function repeats.
    found: list[float] = []
    for _ in range(500):
        found = page.evaluate("performance.getEntriesByName('first-contentful-paint').map(entry => entry.startTime)")
        if found:
            break
        page.wait_for_timeout(20)
    context.close()
    return found[0]


def test_the_command_writes_a_page_and_prints_its_name(
    samples: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, show: Opener
) -> None:
    monkeypatch.chdir(tmp_path)
    sample = next(path for path in samples if path.stem == "zilal.ar")
    result = CliRunner().invoke(app, ["view", str(sample)])
    assert (result.exit_code, result.output) == (0, "zilal.ar.html\n")
    assert (tmp_path / "zilal.ar.html").read_bytes() == view(sample)
    with show(tmp_path / "zilal.ar.html") as page:
        assert page.evaluate("getComputedStyle(document.querySelector('article')).direction") == "rtl"
