"""What any form of the public pages does: closed to robots, kind to people, never lost."""

import time
from http import HTTPStatus
from typing import Any
from unittest.mock import patch

from django import forms
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory

import pytest

from portal.base.client import comes_from_this_site
from portal.forms.public_forms import (
    LONGEST,
    QUICKEST,
    GuardedForm,
    OneLineField,
    TextField,
    TrimmedEmailField,
    signed_timestamp,
)
from portal.forms.views import BIGGEST_BODY, read_post, receive_form


class Poll(GuardedForm):
    name = OneLineField()
    email = TrimmedEmailField(required=False)
    words = TextField(required=False)
    colours = forms.MultipleChoiceField(
        choices=[("vert", "Vert"), ("bleu", "Bleu")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    visible_names = ("name", "email", "words", "colours")
    refusals = {**GuardedForm.refusals, "quick": "Pas si vite."}


def shown(seconds_ago: float) -> str:
    now = time.time()
    with patch("django.core.signing.time.time", lambda: now - seconds_ago):
        return signed_timestamp()


def filled(**changes: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in {"name": "Camille", "moment": shown(60), **changes}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def post(data: Any = None, **headers: str) -> HttpRequest:
    return RequestFactory().post("/", filled() if data is None else data, headers=headers)


def test_a_person_s_form_is_taken() -> None:
    form, status = receive_form(post(), Poll)
    assert status is None
    assert form.cleaned_data["name"] == "Camille"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nickname": "robot"}, "champ caché"),
        ({"moment": ""}, "n’a pas marché"),
        ({"moment": "shown:x:y"}, "n’a pas marché"),
        ({"moment": signed_timestamp()[:-1]}, "n’a pas marché"),
    ],
)
def test_a_robot_is_told_what_gave_it_away(changes: dict[str, str], words: str) -> None:
    form = Poll(filled(**changes))
    assert words in form.non_field_errors()[0]


@pytest.mark.parametrize(
    ("seconds", "is_taken"),
    [(0, False), (QUICKEST - 1, False), (QUICKEST + 2, True), (LONGEST - 60, True)],
)
def test_a_form_takes_a_person_a_few_seconds_and_a_week_at_most(
    seconds: float, is_taken: bool
) -> None:
    assert Poll(filled(moment=shown(seconds))).is_valid() == is_taken


def test_a_form_says_it_in_its_own_words() -> None:
    assert Poll(filled(moment=signed_timestamp())).non_field_errors() == ["Pas si vite."]


@pytest.mark.parametrize("moment", ["", "forgé", "trop ancien"])
def test_a_new_moment_is_given_and_every_answer_kept(moment: str) -> None:
    if moment == "trop ancien":
        moment = shown(LONGEST + 60)
    form = Poll(filled(moment=moment, colours=["vert", "bleu"]))
    assert not form.is_valid()
    assert form["colours"].value() == ["vert", "bleu"]
    later = time.time() + QUICKEST + 2
    with patch("django.core.signing.time.time", lambda: later):
        assert Poll(filled(moment=form["moment"].value())).is_valid()


def test_each_mistake_leads_to_its_field_a_group_of_boxes_too() -> None:
    form = Poll(filled(name="", colours=["rouge"]))
    assert [item["id"] for item in form.error_items] == ["id_name", "id_colours"]


def test_blanks_copied_around_an_answer_do_not_matter() -> None:
    form = Poll(filled(name=" \u200bCamille\u00a0", email="\ufeffa@b.example ", words=" oui\n"))
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Camille"
    assert form.cleaned_data["email"] == "a@b.example"
    assert form.cleaned_data["words"] == "oui"


@pytest.mark.parametrize("name", ["Camille\r\nBcc: x@y.example", "Camille\x00", "Ca\x7fmille"])
def test_a_line_that_may_end_in_a_header_holds_no_control_character(name: str) -> None:
    assert "name" in Poll(filled(name=name)).errors


def test_what_another_site_sends_is_not_read() -> None:
    form, status = receive_form(post(Origin="https://ailleurs.example"), Poll)
    assert status == HTTPStatus.FORBIDDEN
    assert "autre site" in form.non_field_errors()[0]
    assert not form["name"].value()


def test_a_huge_body_is_not_read() -> None:
    request = post(filled(words="x" * (BIGGEST_BODY + 1)))
    form, status = receive_form(request, Poll)
    assert status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "trop long" in form.non_field_errors()[0]


@pytest.mark.parametrize("length", ["", "abc", "-1"])
def test_a_length_that_means_nothing_breaks_nothing(length: str) -> None:
    request = post()
    request.META["CONTENT_LENGTH"] = length
    _form, status = receive_form(request, Poll)
    assert status in (None, HTTPStatus.UNPROCESSABLE_ENTITY)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"without a boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/x-www-form-urlencoded; charset=utf-16", b"name=Camille"),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(10_500))),
        ("application/json", b"{}"),
    ],
)
def test_what_no_browser_writes_is_read_as_nothing(content_type: str, body: bytes) -> None:
    request = RequestFactory().post("/", body, content_type=content_type)
    assert not read_post(request).get("name")


@pytest.mark.parametrize(
    ("headers", "on_any_page", "where_the_origin_is_hidden"),
    [
        ({}, True, True),
        ({"Sec-Fetch-Site": "same-origin"}, True, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, False, False),
        ({"Sec-Fetch-Site": "same-site"}, False, False),
        ({"Origin": "http://testserver"}, True, True),
        ({"Origin": "null"}, False, True),
        ({"Origin": "https://ailleurs.example"}, False, False),
        ({"Referer": "https://ailleurs.example/"}, False, False),
    ],
)
def test_the_browser_says_where_a_form_was_sent_from(
    headers: dict[str, str], on_any_page: bool, where_the_origin_is_hidden: bool
) -> None:
    request = post(**headers)
    assert comes_from_this_site(request) == on_any_page
    assert comes_from_this_site(request, hides_its_origin=True) == where_the_origin_is_hidden
