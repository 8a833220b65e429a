"""The picture library of the easy texts: what editors choose is drawn, each with its word."""

import re

from django.conf import settings

from home.blocks.easy_pictures import EASY_PICTURES


def test_each_picture_is_drawn_once_with_its_word() -> None:
    drawn = (settings.BASE_DIR / "portal/static/portal/pictures.svg").read_text()
    assert re.findall(r'<symbol id="([\w-]+)"[^>]*><title>([^<]+)', drawn) == [
        (name, str(word)) for name, word in EASY_PICTURES
    ]
