"""The page of `instanceview report` in a real browser: it is quiet, usable by keyboard, and nothing in it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from opened import Opened

    Open = Callable[..., Opened]

NARROW = {"width": 400, "height": 800}
ROWS = "#elements details:first-of-type tbody tr"
NAMES = "rows => rows.map(row => row.cells[0].dataset.key)"
COVERAGE = "rows => rows.map(row => Number(row.cells[2].dataset.key))"


@pytest.mark.parametrize("name", ["samples", "hostile", "one", "none"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_makes_no_request_and_no_message(opened: Open, name: str, scheme: str) -> None:
    page = opened(name, color_scheme=scheme)
    assert page.page.title().startswith("Conformance report: ")
    assert page.shown("h1") == 1
    assert page.shown(".tools") == 1


@pytest.mark.parametrize("name", ["samples", "one", "none"])
def test_without_a_script_everything_is_there(opened: Open, name: str) -> None:
    plain, full = opened(name, java_script_enabled=False), opened(name)
    texts = [each.page.locator("main").text_content().split() for each in (plain, full)]
    assert len(texts[0]) > 10
    # A script adds controls and no content: buttons have the texts of the heads that they are in.
    assert texts[0] == texts[1]
    assert plain.shown(".tools") == 0
    if name == "samples":
        assert plain.shown(ROWS) == 0
        plain.page.locator("#elements summary").first.click()
        assert plain.shown(ROWS) > 50


def test_a_search_shows_the_rows_with_every_word_and_ends_with_escape(opened: Open) -> None:
    page = opened()
    before = page.page.locator("details[open]").count()
    page.page.keyboard.press("/")
    page.page.keyboard.type("BOOTdiagnostics blob")
    names = page.page.locator(ROWS).filter(visible=True).evaluate_all(NAMES)
    assert sorted(names) == ["bootDiagnostics.consoleScreenshotBlobUri", "bootDiagnostics.serialConsoleLogBlobUri"]
    assert page.page.locator("#hits").text_content().endswith(" rows")
    page.page.keyboard.type("nothing")
    assert page.shown("[data-list] tbody tr, [data-list] li, [data-list] article") == 0
    assert page.page.locator("#hits").text_content() == "0 rows"
    page.page.keyboard.press("Escape")
    assert page.page.locator("#hits").text_content() == ""
    assert page.page.locator("details[open]").count() == before


@pytest.mark.parametrize("kind", ["seen", "unseen", "findings"])
def test_a_filter_shows_the_rows_of_its_sort_alone(opened: Open, kind: str) -> None:
    page = opened()
    page.page.select_option("#filter", kind)
    assert page.shown(f".elements tr.{kind}") > 5
    assert page.shown(f".elements tbody tr:not(.{kind})") == 0
    page.page.select_option("#filter", "")
    assert page.shown(".elements tbody tr") == 0  # the tables are folded again


def test_a_head_sorts_up_and_down_and_back_by_keyboard(opened: Open) -> None:
    page = opened()
    page.page.locator("#elements summary").first.click()
    rows = page.page.locator(ROWS)
    first = rows.evaluate_all(NAMES)
    head = page.page.locator("#elements details:first-of-type th:nth-child(3)")
    head.locator("button").focus()
    sorts = []
    for _ in range(3):
        page.page.keyboard.press("Enter")
        sorts.append((head.get_attribute("aria-sort"), rows.evaluate_all(COVERAGE)))
    assert sorts[0] == ("descending", sorted(sorts[0][1], reverse=True))
    assert sorts[1] == ("ascending", sorted(sorts[0][1]))
    assert sorts[2][0] is None
    assert rows.evaluate_all(NAMES) == first
    page.page.locator("#elements details:first-of-type th:nth-child(1) button").click()
    assert rows.evaluate_all(NAMES) == page.evaluate("names => names.sort((a, b) => a.localeCompare(b))", first)
    assert first != rows.evaluate_all(NAMES)


def test_one_button_unfolds_and_folds_all(opened: Open) -> None:
    page = opened()
    button = page.page.locator("#unfold")
    assert button.text_content() == "Unfold all"
    button.press("Enter")
    assert page.page.locator("details.fold:not([open])").count() == 0
    assert button.text_content() == "Fold all"
    button.press("Enter")
    assert page.page.locator("details.fold[open]").count() == 0


def test_the_keyboard_reaches_the_report_and_its_controls(opened: Open) -> None:
    page = opened()
    reached = []
    for _ in range(8):
        page.page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert reached[:5] == ["Skip to the report", "search", "filter", "unfold", "theme"]
    assert reached[5].startswith("Conform")
    page.page.locator(".skip").press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_link_into_a_folded_section_unfolds_it(opened: Open) -> None:
    page = opened()
    page.evaluate("document.querySelector('#elements tbody tr').id = 'row'")
    page.evaluate("location.hash = 'row'")
    page.page.wait_for_selector("#elements details[open]")


def test_colours_follow_the_system_until_they_are_chosen_and_stay(opened: Open) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    light, dark = opened(color_scheme="light"), opened(color_scheme="dark")
    assert light.evaluate(paper) != dark.evaluate(paper)
    light.page.select_option("#theme", "dark")
    assert light.evaluate(paper) == dark.evaluate(paper)
    light.page.reload()
    light.faults.clear()
    assert light.evaluate(paper) == dark.evaluate(paper)
    light.page.select_option("#theme", "")
    assert light.evaluate(paper) != dark.evaluate(paper)


def test_hostile_text_is_text(opened: Open) -> None:
    page = opened("hostile")
    page.evaluate("() => { window.run = () => { window.ran = true; }; }")
    page.page.locator("#unfold").click()
    assert page.evaluate("window.ran") is None
    assert page.page.locator("img, iframe, object, embed, form:not(.tools)").count() == 0
    assert page.page.locator("script").count() == 1
    assert page.page.locator("[onerror], [onload], [href^='javascript:']").count() == 0
    assert page.page.get_by_text("<img src=x onerror=run()><script>run()").count() > 2


def test_the_policy_of_the_page_refuses_what_is_not_its_own(opened: Open) -> None:
    page = opened()
    page.evaluate(
        """() => {
            window.run = () => { window.ran = true; };
            const script = document.createElement("script");
            script.textContent = "run()";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", "<p onclick='run()' style='color: red' id='p'>x</p>");
            document.body.insertAdjacentHTML("beforeend", "<img src='https://example.com/x.png'>");
        }"""
    )
    page.page.locator("#p").click()
    page.page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.getElementById('p').style.color") == ""
    refused = [fault for fault in page.faults if "Content Security Policy" in fault]
    assert len(refused) >= 4
    # The client lists the request for the image, too, which the policy has stopped.
    assert [fault for fault in page.faults if fault not in refused] == ["https://example.com/x.png"]
    page.faults.clear()


@pytest.mark.parametrize("name", ["samples", "hostile", "one", "none"])
def test_a_narrow_page_is_not_wider_than_its_window(opened: Open, name: str) -> None:
    page = opened(name, viewport=NARROW)
    page.page.locator("#unfold").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_print_has_the_content_and_no_controls(opened: Open) -> None:
    page = opened(color_scheme="dark")
    page.page.emulate_media(media="print")
    assert (page.shown(".tools"), page.shown("nav"), page.shown("h1")) == (0, 0, 1)
    assert page.shown(".printed") == 1
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(page.page.pdf(format="A4")) > 10_000


@pytest.mark.parametrize("name", ["samples", "hostile", "none"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [None, NARROW])
def test_axe_finds_no_serious_violation(opened: Open, axe: str, name: str, scheme: str, viewport: Any) -> None:  # noqa: ANN401 (sizes)
    page = opened(name, color_scheme=scheme, **({"viewport": viewport} if viewport else {}))
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    page.page.wait_for_timeout(200)  # the events of unfolding
    page.evaluate(axe)
    found = page.evaluate("axe.run().then(result => [result.passes.length, result.violations])")
    passes, violations = found
    assert passes > 20
    serious = [each for each in violations if each["impact"] in {"serious", "critical"}]
    assert [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in serious] == []


@pytest.mark.parametrize("name", ["samples", "hostile"])
def test_the_file_is_small(pages: Path, name: str) -> None:
    assert (pages / f"{name}.html").stat().st_size < 1_000_000
