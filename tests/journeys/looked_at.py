"""Looks at a page as axe, a phone and a keyboard see it, in every state that it can be brought to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Route

from tests.journeys.chromium import focused

AXE = Path(__file__).parent / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
MOST_STOPS = 200
LOOK_MILLISECONDS = 50
SOON_MILLISECONDS = 2_000
THEME_MILLISECONDS = 10_000
AXE_MILLISECONDS = 60_000
# Colours are all that the other theme changes.
COLOURS = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
EVERYTHING = {"runOnly": RULES, "resultTypes": ["violations"]}
# Kept on the page until they are asked for: a browser that is busy forgets promises of others.
BEGIN_AXE = """
(options) => {
  window.assayFound = null;
  window.assayAxe = axe.run(document, options).then(({violations}) => {
    window.assayFound = violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} (${node.failureSummary
        .split('\\n').slice(1).join(' ').trim()})`));
  });
}
"""
# What fades would be measured half way: nothing fades.
STILL = """
const still = new CSSStyleSheet();
still.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important; }');
document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
"""
# The theme follows a moment after the system's; a page without script has no class for it.
IS_DARK = """
(dark) => matchMedia('(prefers-color-scheme: dark)').matches === dark
  && (!document.scripts.length || document.documentElement.classList.contains('dark') === dark)
"""
OPEN_DETAILS = "() => document.querySelectorAll('details').forEach((each) => { each.open = true; })"
SWITCHES = '[role=tab][aria-selected=false][aria-controls], [data-shows][aria-pressed="false"]'
OVERFLOW = """
() => {
  const wide = document.documentElement.scrollWidth;
  if (wide <= innerWidth) return '';
  const far = [...document.querySelectorAll('body *')].filter((element) =>
    element.getBoundingClientRect().right > innerWidth + 1).map(assayName);
  return `${wide} pixels, as ${far.slice(0, 3).join(', ')}`;
}
"""
# How everything looks that Tab should stop at, itself and the frames round it, while nothing has
# the focus; then, one by one, whether what has the focus looks otherwise.
LOOK = """
() => {
  const parts = ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'borderColor',
    'backgroundColor', 'textDecorationLine', 'translate', 'transform', 'clipPath'];
  const look = (element) => {
    const style = getComputedStyle(element);
    const drawn = getComputedStyle(element, '::before');
    return parts.map((part) => style[part] + drawn[part]).join('|');
  };
  const frames = (at) => [at, at.parentElement, at.parentElement.parentElement,
    at.closest('.cm-editor')].filter(Boolean).map(look);
  document.activeElement.blur();
  window.assayLooks = new Map(assayStops().map((stop) => [assayName(stop), frames(stop)]));
  window.assayIsSeen = () => {
    const known = assayLooks.get(assayName(document.activeElement));
    return !known || frames(document.activeElement).some((each, place) => each !== known[place]);
  };
  assayBegin();
  return [...assayLooks.keys()];
}
"""
IS_SEEN = "() => assayIsSeen()"


def prepare(context: BrowserContext) -> None:
    """Have every page of a browser carry what looks at it."""
    context.add_init_script(path=AXE)
    context.add_init_script(STILL)


def let_scripts_in(page: Page, address: str) -> None:
    """A page that may run nothing lets nobody look at it either: take that away, on its way here."""

    def without_sandbox(route: Route) -> None:
        answer = route.fetch()
        policy = answer.headers["content-security-policy"].replace("; sandbox", "")
        route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": policy})

    page.route(address, without_sandbox)


def complaints_of(page: Page) -> Iterator[str]:
    """Everything that is wrong with the open page, in light and dark, wide and on a phone."""
    page.evaluate(OPEN_DETAILS)
    seen: set[str] = set()
    for size, name in ((WIDE, "1440"), (PHONE, "390")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        yield from (f"{name}: {each}" for each in _by_axe(page, size))
        yield from (f"{name}: {each}" for each in _by_keyboard(page))
        if too_wide := page.evaluate(OVERFLOW):
            yield f"{name}: it scrolls sideways: {too_wide}"
        for state in _other_states(page, seen):
            yield from (f"{name}, {state}: {each}" for each in _by_axe(page, size))


def _by_axe(page: Page, size: dict[str, int]) -> Iterator[str]:
    # What had the focus last may lie over something else, as the way past the header does.
    page.evaluate("() => document.activeElement.blur()")
    themes = (("dark", COLOURS), ("light", EVERYTHING))
    # A phone's colours are those of the wide page.
    for scheme, options in themes if size is WIDE else themes[1:]:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        if not _soon(page, IS_DARK, scheme == "dark", THEME_MILLISECONDS):
            yield f"it does not become {scheme}"
        page.evaluate(BEGIN_AXE, options)
        if not _soon(page, "() => window.assayFound !== null", None, AXE_MILLISECONDS):
            yield f"axe does not come to an end in {scheme}"
            continue
        yield from (f"{scheme} {each}" for each in page.evaluate("() => window.assayFound"))


def _soon(page: Page, question: str, about: object, milliseconds: int) -> bool:
    """Whether the answer becomes true within this time; asked from outside, so it cannot hang."""
    for _ in range(0, milliseconds, LOOK_MILLISECONDS):
        if page.evaluate(question, about):
            return True
        page.wait_for_timeout(LOOK_MILLISECONDS)
    return False


def _other_states(page: Page, seen: set[str]) -> Iterator[str]:
    """Every tab, every dialog, and every part that only a phone shows alone; each of them once."""
    for switch in page.locator(SWITCHES).all():
        name = (switch.text_content() or "").strip()
        if switch.is_visible() and name not in seen:
            seen.add(name)
            switch.click()
            yield name
    for dialog in page.locator("dialog").all():
        name = dialog.get_attribute("id") or "a dialog"
        if name not in seen:
            seen.add(name)
            dialog.evaluate("(it) => it.showModal()")
            yield name
            dialog.evaluate("(it) => it.close()")


def _by_keyboard(page: Page) -> Iterator[str]:
    """Where Tab does not lead, and where one cannot see that it has."""
    stops: set[str] = set(page.evaluate(LOOK))
    walked: set[str] = set()
    name = ""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        before, name = name, focused(page)
        if name and name == before:
            continue  # day, month and year of a date are stops of their own
        if not name or name in walked:
            break
        walked.add(name)
        # An editor draws its frame a moment later.
        if not _soon(page, IS_SEEN, None, SOON_MILLISECONDS):
            yield f"the focus cannot be seen on {name}"
    yield from (f"Tab does not reach {each}" for each in sorted(stops - walked))
