"""Rich text that no editor of texts would post: kept where it can be, harmless, never a failure."""

import json
from typing import Any

from django.test import Client
from django.urls import reverse

from wagtail.rich_text import expand_db_html
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

import pytest

from home.models import StandardPage
from portal.editor.rich_text_widget import RichTextArea
from tests.factories.home import make_home
from tests.factories.users import UserFactory

LINK = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "https://exemple.example/"}}


def _content(
    text: Any = "abc", entity: Any = None, bounds: Any = (0, 3), **block: Any
) -> dict[str, Any]:
    ranges = [{"key": 0, "offset": bounds[0], "length": bounds[1]}]
    given = {"key": "k", "text": text, "type": "unstyled", "entityRanges": ranges, **block}
    return {"blocks": [given], "entityMap": {} if entity is None else {"0": entity}}


def _link(**data: Any) -> dict[str, Any]:
    return {"type": data.pop("type", "LINK"), "mutability": "MUTABLE", "data": data}


def _styled(*ranges: Any) -> dict[str, Any]:
    return _content(inlineStyleRanges=list(ranges))


PARAGRAPH = '<p data-block-key="k">abc</p>'


@pytest.mark.parametrize(
    ("posted", "stored"),
    [
        pytest.param("", "", id="the script has not run"),
        pytest.param("  ", "", id="blanks"),
        pytest.param("null", '<p data-block-key="a">null</p>', id="null"),
        pytest.param("12", '<p data-block-key="a">12</p>', id="a number"),
        pytest.param("[]", '<p data-block-key="a">[]</p>', id="a list"),
        pytest.param("<b>ici</b>", '<p data-block-key="a">&lt;b&gt;ici&lt;/b&gt;</p>', id="HTML"),
        pytest.param({}, "", id="no block"),
        pytest.param({"blocks": None}, "", id="null for blocks"),
        pytest.param({"blocks": ["x", None]}, "", id="blocks that are none"),
        pytest.param(_content(), PARAGRAPH, id="a link that is not there"),
        pytest.param(_content(entityRanges="abc"), PARAGRAPH, id="ranges that are none"),
        pytest.param(_content(type="<script>"), PARAGRAPH, id="another type of block"),
        pytest.param(_content(type="fallback"), PARAGRAPH, id="what Draft.js calls a fallback"),
        pytest.param(_content(entity=_link(type="XYZ", url="/")), PARAGRAPH, id="another link"),
        pytest.param(_content(entity=_link(id="zz")), PARAGRAPH, id="a page without number"),
        pytest.param(_content(entity=_link(id="9" * 40)), PARAGRAPH, id="a number too long"),
        pytest.param(
            _content(entity=_link(type="DOCUMENT", id="1 or 1")), PARAGRAPH, id="a document"
        ),
        pytest.param(_content(entity=_link(url=["a"])), PARAGRAPH, id="an address that is none"),
        pytest.param(_content(entity=LINK, bounds=("a", "b")), PARAGRAPH, id="bounds in letters"),
        pytest.param(_content(entity=LINK, bounds=(7, 3)), PARAGRAPH, id="after the end"),
        pytest.param(
            _content(entity=LINK, bounds=(-2, 99)),
            '<p data-block-key="k"><a href="https://exemple.example/">abc</a></p>',
            id="bounds too far",
        ),
        pytest.param(
            _content(entity=_link(url="javascript:alert(1)")),
            '<p data-block-key="k"><a>abc</a></p>',
            id="a script for an address",
        ),
        pytest.param(_styled({"offset": 0, "length": 3}), PARAGRAPH, id="no style"),
        pytest.param(
            _styled({"offset": 0, "length": 3, "style": "<i>"}), PARAGRAPH, id="another style"
        ),
        pytest.param(
            _styled({"offset": 0, "length": 3, "style": "BOLD"}),
            '<p data-block-key="k"><b>abc</b></p>',
            id="bold",
        ),
        pytest.param(_content(text=None), '<p data-block-key="k"></p>', id="no text"),
        pytest.param(
            _content("😀 abc", LINK, (2, 3)),
            '<p data-block-key="k">😀 <a href="https://exemple.example/">abc</a></p>',
            id="after an emoji",
        ),
    ],
)
def test_what_can_be_kept_is_kept(posted: Any, stored: str) -> None:
    text = posted if isinstance(posted, str) else json.dumps(posted)
    widget = RichTextArea(features=["bold", "link", "document-link", "ul"])
    assert widget.value_from_datadict({"t": text}, {}, "t") == stored
    assert widget.value_from_datadict({}, {}, "t") is None


@pytest.mark.parametrize(
    "posted", ["[" * 5000, json.dumps(_content(type="unordered-list-item", depth=10**6))]
)
def test_what_would_be_too_deep_is_not(posted: str) -> None:
    widget = RichTextArea(features=["ul"])
    stored = widget.value_from_datadict({"t": posted}, {}, "t")
    assert stored.count("<ul") <= 5
    assert ("abc" if "abc" in posted else "[[[") in stored


@pytest.mark.parametrize("number", ["zz", "", "-1", "9" * 40, "²"])
def test_a_stored_link_to_no_page_is_its_text(db: None, number: str) -> None:
    assert expand_db_html(f'<a linktype="page" id="{number}">abc</a>') == "<a>abc</a>"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("body-count", None),
        ("body-count", "x"),
        ("body-count", "99"),
        ("body-0-order", "x"),
        ("body-0-order", None),
        ("body-0-type", None),
        ("body-0-deleted", None),
    ],
)
def test_a_form_sent_before_it_was_whole_is_given_back(
    db: None, client: Client, name: str, value: str | None
) -> None:
    client.force_login(UserFactory(is_superuser=True))
    body = streamfield([("paragraph", json.dumps(_content()))])
    words = {"title": "Une page longue à écrire", "slug": "longue", "summary": "", "body": body}
    posted = nested_form_data({**words, "comments": inline_formset([])}) | {name: value}
    posted = {key: text for key, text in posted.items() if text is not None}
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", make_home().pk])

    answer = client.post(address, posted)

    assert answer.status_code == 400
    assert "Le formulaire est arrivé incomplet" in answer.content.decode()
    assert "Une page longue à écrire" in answer.content.decode()
    assert not StandardPage.objects.filter(slug="longue").exists()


def test_autosave_is_told_so_as_well(db: None, client: Client) -> None:
    client.force_login(UserFactory(is_superuser=True))
    page = make_home().add_child(instance=StandardPage(title="Une page"))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(address, {"title": "Autre"}, headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert "rien n’a été enregistré" in answer.json()["error_message"]
    page.refresh_from_db()
    assert page.title == "Une page"
