"""Every form of every page, as a browser finds it: where it goes, how, and with which fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

# What a button or a reset brings is no value that somebody types.
NO_VALUE = frozenset({"submit", "button", "reset", "image"})
# What the page fills in or offers is not typed either.
NOT_TYPED = frozenset({"hidden", "radio", "checkbox"})


@dataclass
class Form:
    """One form: its fields with the values that the page shows in them, and which are typed."""

    page: str
    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)

    @property
    def path(self) -> str:
        """Where it goes, without a query."""
        return urlsplit(self.action).path


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.forms: dict[str, Form] = {}
        self._open = ""
        # Fields and buttons may stand before the form that they name.
        self.apart: list[tuple[str, str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in given}
        if tag == "form" and attributes.get("method") != "dialog":
            self._open = attributes.get("id") or f"form {len(self.forms)}"
            method = attributes.get("method", "get").upper()
            action = attributes.get("action") or self.page
            self.forms[self._open] = Form(self.page, method, action)
        elif tag in {"input", "textarea", "select", "button", "option"}:
            self.apart.append((attributes.get("form") or self._open, tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = ""


def forms_of(page: str, text: str) -> list[Form]:
    """The forms of one page; a button with an action of its own makes another form of them."""
    reader = _Reader(page)
    reader.feed(text)
    found = list(reader.forms.values())
    for owner, tag, attributes in reader.apart:
        form = reader.forms.get(owner)
        if form is None or tag in {"option", "button"}:
            continue
        if attributes.get("name") and attributes.get("type") not in NO_VALUE:
            form.fields.setdefault(attributes["name"], attributes.get("value", ""))
            if tag != "select" and attributes.get("type") not in NOT_TYPED:
                form.typed.add(attributes["name"])
    for owner, tag, attributes in reader.apart:
        if tag == "button" and owner in reader.forms and "formaction" in attributes:
            form = reader.forms[owner]
            method = attributes.get("formmethod", form.method).upper()
            found.append(Form(page, method, attributes["formaction"], form.fields, form.typed))
    return found
