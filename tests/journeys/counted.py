"""What a deed costs a person, counted by the browser itself and not by the test."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

# A choice in a list is two taps, open and pick; the second is made in a window of the device,
# which only tells that something was chosen.
COUNTER = """(() => {
    if (window !== window.top) return;
    const add = (what, number) => {
        try {
            sessionStorage.setItem(what, Number(sessionStorage.getItem(what)) + number);
        } catch { /* an empty page keeps nothing */ }
    };
    addEventListener("pointerdown", event => event.isTrusted && add("taps", 1), true);
    addEventListener("change", event => event.target.matches("select") && add("taps", 1), true);
    addEventListener("input", event => {
        if (event.isTrusted && event.inputType?.startsWith("insert"))
            add("characters", (event.data ?? "").length);
    }, true);
    addEventListener("load", () => add("loads", 1));
})()"""
READ = """() => ["taps", "characters", "loads"].map(what => Number(sessionStorage.getItem(what)))"""


@dataclass(frozen=True)
class Cost:
    """Taps, typed characters and page loads of one deed."""

    taps: int
    characters: int
    loads: int


class Counted:
    """One person's page on which everything is counted from now on.

    What goes on in the device's own window for choosing a file is not seen.
    """

    def __init__(self, page: Page) -> None:
        """Begin to count on `page`; where it shows a page of the house, that one is not counted."""
        self.page = page
        page.add_init_script(COUNTER)
        if page.url.startswith("http"):
            page.reload(wait_until="load")
            page.evaluate("sessionStorage.clear()")

    def taps(self, wanted: Locator) -> None:
        """Tap something."""
        wanted.click()

    def presses(self, name: str) -> None:
        """Tap the button `name`."""
        self.taps(self.page.get_by_role("button", name=name, exact=True))

    def follows(self, name: str) -> None:
        """Tap the link `name`."""
        self.taps(self.page.get_by_role("link", name=name, exact=True).locator("visible=true"))

    def field(self, label: str) -> Locator:
        """Return the field whose label begins with `label`; what may stay empty says so behind."""
        return self.page.get_by_label(re.compile(rf"^\s*{label}"))

    def types(self, label: str, text: str) -> None:
        """Tap a field, unless the page has put the cursor there, and type into it."""
        field = self.field(label)
        if not field.evaluate("field => field === document.activeElement"):
            self.taps(field)
        self.page.keyboard.type(text)

    def picks(self, label: str, option: str) -> None:
        """Open a list and pick from it."""
        field = self.field(label)
        self.taps(field)
        self.page.keyboard.press("Escape")
        field.select_option(label=option)

    def cost(self) -> Cost:
        """Return what was counted, once the page at hand is there."""
        self.page.wait_for_load_state("load")
        return Cost(*self.page.evaluate(READ))

    def sees(self, locator: str, text: str) -> None:
        """Wait until the page says `text` at `locator`: the deed is done."""
        expect(self.page.locator(locator)).to_contain_text(text)
