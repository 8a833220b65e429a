"""What a browser would send of a form that the portal shows."""

from typing import Any

from bs4 import BeautifulSoup


def filled(page: str | bytes, form: str = "form", **typed: Any) -> dict[str, Any]:
    """The fields of the form that ``form`` selects, some of them typed anew; no button."""
    sent: dict[str, Any] = {}
    for field in BeautifulSoup(page, "html.parser").select(f"{form} [name]"):
        kind = field.get("type", field.name)
        if kind in ("submit", "button", "file") or field.name == "button":
            continue
        if kind in ("radio", "checkbox") and not field.has_attr("checked"):
            continue
        value = field.get("value", "on" if kind == "checkbox" else "")
        if field.name == "textarea":
            value = field.get_text()
        if field.name == "select":
            chosen = [option["value"] for option in field.select("option[selected]")]
            if field.has_attr("multiple"):
                sent[field["name"]] = chosen
                continue
            value = chosen[0] if chosen else ""
        sent.setdefault(field["name"], []).append(value)
    return sent | typed
