"""What changes in the directory, for who keeps a copy of it."""

import json
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import PageViewRestriction

import pytest

from resources.choices import EntryStatus
from resources.listing.models import DirectoryPage
from resources.models import ResourcePage
from tests.factories.open_data import SECRETS, full_entry, hidden_entries
from tests.factories.resources import ResourcePageFactory


def changes(reader: Client, **query: str) -> list[dict[str, Any]]:
    return json.loads(reader.get("/api/changements.json", query).getvalue())["changements"]


def kinds(reader: Client) -> dict[str, str]:
    return {one["id"]: one["changement"] for one in changes(reader)}


def published(directory: DirectoryPage, **said: Any) -> ResourcePage:
    entry = ResourcePageFactory(parent=directory, live=False, **said)
    entry.save_revision().publish()
    entry.refresh_from_db()
    return entry


def test_an_entry_is_told_when_it_is_published_changed_and_closed(
    directory: DirectoryPage, reader: Client
) -> None:
    entry = published(directory, title="Le Phare")
    (told,) = changes(reader)
    assert (told["changement"], told["nom"]) == ("publication", "Le Phare")
    assert told["lien"] == entry.full_url
    ResourcePage.objects.update(first_published_at=timezone.now() - timedelta(days=3))
    assert kinds(reader) == {str(entry.uuid): "modification"}
    ResourcePage.objects.update(status=EntryStatus.CLOSED)
    assert kinds(reader) == {str(entry.uuid): "fermeture"}
    ResourcePage.objects.update(status=EntryStatus.TEMPORARILY_CLOSED)
    assert kinds(reader) == {str(entry.uuid): "fermeture_temporaire"}


@pytest.mark.parametrize("how", ["unpublish", "delete", "restrict"])
def test_an_entry_that_leaves_is_told_by_its_identifier_alone(
    directory: DirectoryPage, reader: Client, how: str
) -> None:
    entry = published(directory, title="Le Phare")
    uuid = str(entry.uuid)
    if how == "restrict":
        restriction = PageViewRestriction(page=entry, restriction_type="groups")
        restriction.save()
        restriction.groups.set([Group.objects.create(name="Équipe")])
    else:
        getattr(entry, how)()
    (told,) = changes(reader)
    assert (told["id"], told["changement"]) == (uuid, "retrait")
    assert told["nom"] is told["lien"] is told["type"] is None
    feed = reader.get("/api/changements.xml").content.decode()
    assert uuid in feed
    assert "Le Phare" not in feed


def test_an_entry_that_comes_back_is_no_longer_told_as_gone(
    directory: DirectoryPage, reader: Client
) -> None:
    entry = published(directory)
    entry.unpublish()
    entry.save_revision().publish()
    assert "retrait" not in kinds(reader).values()
    assert str(entry.uuid) in kinds(reader)


def test_what_was_never_public_leaves_without_a_word(
    directory: DirectoryPage, reader: Client
) -> None:
    hidden = hidden_entries(directory)
    hidden["example"].unpublish()
    hidden["restricted"].unpublish()
    hidden["draft"].delete()
    assert changes(reader) == []


@pytest.mark.parametrize("address", ["/api/changements.json", "/api/changements.xml"])
def test_no_secret_is_told(directory: DirectoryPage, reader: Client, address: str) -> None:
    secrets = [word for word in SECRETS if word != "Fermée pour toujours"]
    for entry in hidden_entries(directory).values():
        if entry.live:
            entry.save_revision().publish()
    full_entry(directory).save_revision().publish()
    said = reader.get(address).getvalue().decode()
    assert "GEM Le Phare" in said
    assert [word for word in secrets if word in said] == []


def test_only_what_changed_since_a_day_is_told(directory: DirectoryPage, reader: Client) -> None:
    old, new = published(directory), published(directory)
    ResourcePage.objects.filter(pk=old.pk).update(
        last_published_at=timezone.now() - timedelta(days=30)
    )
    week = (timezone.localdate() - timedelta(days=7)).isoformat()
    assert [one["id"] for one in changes(reader, depuis=week)] == [str(new.uuid)]
    assert len(changes(reader)) == 2
    for text in ("hier", "2026-13-45", "0000-00-00", "99999-01-01"):
        response = reader.get("/api/changements.json", {"depuis": text})
        assert response.status_code == 400
        assert "« depuis »" in response.json()["error"].replace("\u00a0", " ")


def test_the_feed_is_atom_and_costs_the_same_whatever_its_length(
    directory: DirectoryPage, reader: Client
) -> None:
    published(directory)
    first = reader.get("/api/changements.xml")
    assert first["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "<title>Nouvelle fiche\u00a0: " in first.content.decode()
    again = reader.get("/api/changements.xml", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304

    def queries() -> int:
        reader.get("/api/changements.xml")
        with CaptureQueriesContext(connection) as captured:
            reader.get("/api/changements.xml")
        return len(captured)

    few = queries()
    for _ in range(5):
        published(directory)
    assert queries() <= few
