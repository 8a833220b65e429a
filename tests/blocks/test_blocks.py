"""What editors compose pages from."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from wagtail import blocks
from wagtail.documents.models import Document
from wagtail.images.tests.utils import get_test_image_file

import pytest

from portal.base.templatetags.portal_tags import file_size
from portal.blocks import (
    BODY_BLOCKS,
    FOOTER_BLOCKS,
    HeadingBlock,
    LinkBlock,
    SubheadingBlock,
    TableBlock,
)
from portal.images.models import CustomImage

ALL = [*BODY_BLOCKS, *FOOTER_BLOCKS]
NAMES = [name for name, _block in ALL]
TABLE = {
    "table_caption": "Réunions",
    "table_header_choice": "row",
    "first_row_is_table_header": True,
    "first_col_is_header": False,
    "data": [["Instance", "Rythme"], ["Comité", "Une fois par an"], [None, None]],
}


def rendered(block: blocks.Block, value: Any) -> str:
    return str(block.render(block.normalize(value)))


@pytest.mark.parametrize(("name", "block"), ALL, ids=NAMES)
def test_an_editor_sees_what_a_block_is_for(name: str, block: blocks.Block) -> None:
    assert block.label
    assert block.get_description()
    assert block.meta.icon != blocks.Block._meta_class.icon
    assert block.is_previewable


@pytest.mark.parametrize(("name", "block"), ALL, ids=NAMES)
def test_the_preview_of_a_block_renders(db: None, name: str, block: blocks.Block) -> None:
    html = str(block.render(block.get_preview_value()))
    assert html.strip()
    assert not re.search(r"\sstyle=|<script", html)


def test_a_heading_can_be_linked_to() -> None:
    html = rendered(HeadingBlock(), "Qui décide ?")
    assert html.strip() == '<h2 id="qui-decide">Qui décide ?</h2>'
    assert rendered(SubheadingBlock(), "Qui ?").strip() == '<h3 id="qui">Qui ?</h3>'


@pytest.mark.parametrize("text", ["Menu", "؟", "Contenu"])
def test_a_heading_never_takes_an_anchor_of_the_frame(text: str) -> None:
    assert 'id="partie-' in rendered(HeadingBlock(), text)


def test_a_paragraph_offers_no_title_so_that_levels_follow() -> None:
    assert "h3" not in dict(BODY_BLOCKS)["paragraph"].features


@pytest.mark.parametrize(
    "change",
    [
        {"table_caption": " "},
        {"table_header_choice": "column"},
        {"data": [["Instance", ""], ["Comité", "Un an"]]},
        {"data": []},
    ],
)
def test_a_table_without_title_or_column_names_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        TableBlock().clean({**TABLE, **change})


def test_a_table_names_its_columns_and_skips_empty_rows() -> None:
    html = rendered(TableBlock(), TABLE)
    assert "<caption>Réunions</caption>" in html
    assert '<th scope="col" role="columnheader">Rythme</th>' in html
    assert html.count("<tr") == 2


def test_the_words_of_a_table_are_translated_in_place() -> None:
    block = TableBlock()
    segments = block.get_translatable_segments(TABLE)
    for segment in segments:
        segment.string = type(segment.string)(segment.string.data.upper())
    table = block.restore_translated_segments(TABLE, segments)
    assert table["table_caption"] == "RÉUNIONS"
    assert table["data"] == [["INSTANCE", "RYTHME"], ["COMITÉ", "UNE FOIS PAR AN"], [None, None]]
    assert TABLE["data"][0][0] == "Instance"


def test_a_picture_without_an_alt_decision_is_refused(db: None) -> None:
    picture = dict(BODY_BLOCKS)["picture"]
    image = CustomImage.objects.create(title="Port", file=get_test_image_file())
    value = {"image": {"image": image.pk, "alt_text": "", "decorative": False}, "caption": ""}
    with pytest.raises(ValidationError):
        picture.clean(picture.to_python(value))


def test_a_picture_says_what_it_shows_and_whose_it_is(db: None) -> None:
    picture = dict(BODY_BLOCKS)["picture"]
    image = CustomImage.objects.create(title="Port", file=get_test_image_file(), credit="Ville")
    described = {"image": image.pk, "alt_text": "Le port", "decorative": False}
    html = str(picture.render(picture.to_python({"image": described, "caption": "Ici"})))
    assert 'alt="Le port"' in html
    assert "Crédit\xa0: Ville" in html
    decorative = {"image": image.pk, "alt_text": "", "decorative": True}
    html = str(picture.render(picture.to_python({"image": decorative, "caption": ""})))
    assert 'alt=""' in html


def test_a_document_says_its_format_weight_and_date(db: None) -> None:
    documents = dict(BODY_BLOCKS)["documents"]
    file = ContentFile(b"x" * 240_400, name="ptsm.pdf")
    document = Document.objects.create(title="Le PTSM", file=file)
    value = {"items": [{"document": document.pk, "day": "2026-01-29", "accessible": "Cette page"}]}
    html = str(documents.render(documents.to_python(value)))
    assert "PDF, 240\xa0Ko" in html
    assert "29 janvier 2026" in html
    assert "Cette page" in html


@pytest.mark.parametrize(
    ("octets", "words"),
    [(None, ""), (12, "1\xa0Ko"), (999_400, "999\xa0Ko"), (1_120_000, "1,1\xa0Mo")],
)
def test_a_weight_is_said_as_french_people_say_it(octets: int | None, words: str) -> None:
    assert file_size(octets) == words


@pytest.mark.parametrize(
    "value",
    [
        {"label": "", "address": "/annuaire/"},
        {"label": "Ici", "address": "javascript:alert(1)"},
        {"label": "Ici", "address": ""},
    ],
)
def test_a_link_that_leads_nowhere_known_is_refused(value: dict[str, str]) -> None:
    block = LinkBlock()
    with pytest.raises(ValidationError):
        block.clean(block.normalize(value))
