"""The harness itself: thirty faults put into a page without any, and how many are found."""

from playwright.sync_api import Page

from tests.browser.accessibility import axe_violations, page_faults

AT_LEAST = 28
HEAD = "<title>Une page – Le portail</title>"
SKIP = '<a href="#contenu">Aller au contenu</a>'
TEXT = "<h2>Un titre</h2><p>Un texte.</p>"


def document(body: str = "", head: str = HEAD, lang: str = ' lang="fr"', skip: str = SKIP) -> str:
    return (
        f"<!doctype html><html{lang}><head>{head}</head><body>{skip}"
        f'<main id="contenu" tabindex="-1"><h1>Une page</h1><p>Ce qu’elle dit.</p>{body}{TEXT}'
        "</main></body></html>"
    )


FAULTS = {
    "image without words": document('<p>Ici <img src="data:,"></p>'),
    "image whose words are its file": document('<p>Ici <img src="data:," alt="photo.jpg"></p>'),
    "drawing that nothing hides": document(
        '<p>Ici <svg width="9" height="9"><path d="M0 0h9"/></svg></p>'
    ),
    "frame without a title": document('<iframe src="about:blank"></iframe>'),
    "grey text": document('<p style="color: #bbb; background: #fff">À peine lisible.</p>'),
    "table without headers": document(
        "<table><caption>Jours</caption><tr><td>lundi</td></tr></table>"
    ),
    "table without a name": document(
        '<table><tr><th scope="col">Jour</th></tr><tr><td>lundi</td></tr></table>'
    ),
    "header without a scope": document(
        "<table><caption>Jours</caption><tr><th>Jour</th></tr><tr><td>lundi</td></tr></table>"
    ),
    "same words, two places": document(
        '<p><a href="/a">Voir la fiche</a></p><div><a href="/b">Voir la fiche</a></div>'
    ),
    "link without words": document('<p><a href="/a"></a></p>'),
    "link that says nothing": document('<p><a href="/a">En savoir plus</a></p>'),
    "link told by its colour only": document(
        '<p style="color: #000">Lisez <a href="/a" style="color: #333; text-decoration: none">'
        "la page</a> avant.</p>"
    ),
    "button without words": document("<button type='button'></button>"),
    "text that acts as a button": document('<div onclick="print()">Imprimer</div>'),
    "role without the keyboard": document('<div role="button">Imprimer</div>'),
    "role that does not exist": document('<div role="boutton">Imprimer</div>'),
    "state that nothing carries": document('<p><span aria-checked="true">Oui</span></p>'),
    "two elements of one name": document(
        '<p id="a">Un</p><label for="a">Nom</label><input id="a" type="text">'
    ),
    "page without a language": document(lang=""),
    "page without a title": document(head=""),
    "title without the site": document(head="<title>Une page</title>"),
    "heading after heading": document("<h2>Un titre de rien</h2>"),
    "level of heading skipped": document("<h4>Trop bas</h4><p>Un texte.</p>"),
    "heading drawn in bold": document("<p><b>Un faux titre</b></p><p>Un texte.</p>"),
    "list drawn with dashes": document("<p>- un</p><p>- deux</p>"),
    "field without a label": document('<input type="text" name="q">'),
    "mandatory, and not said": document(
        '<form><label for="f">Nom</label><input id="f" required></form>'
    ),
    "error tied to nothing": document(
        '<label for="f">Nom</label><input id="f" aria-invalid="true">'
    ),
    "order of the keyboard forced": document('<p><a href="/a" tabindex="3">Une page</a></p>'),
    "page that reloads itself": document(head=HEAD + '<meta http-equiv="refresh" content="30">'),
}


def found_in(page: Page, html: str) -> list[str]:
    page.set_content(html)
    return [*axe_violations(page), *page_faults(page)]


def test_the_harness_finds_what_is_wrong_and_only_that(page: Page) -> None:
    assert found_in(page, document()) == []
    missed = [name for name, html in FAULTS.items() if not found_in(page, html)]
    assert len(FAULTS) - len(missed) >= AT_LEAST, missed
