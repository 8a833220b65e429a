"""What entries and help lines tell search engines, by schema.org."""

from datetime import date, timedelta

from django.utils import timezone

from resources.listing.models import DirectoryPage
from resources.models.inlines import Closure
from tests.factories.open_data import full_entry, hidden_entries
from tests.factories.resources import CmpPageFactory


def test_an_association_has_a_place_and_is_none(directory: DirectoryPage) -> None:
    (data,) = full_entry(directory).structured_data()
    assert data["@type"] == "NGO"
    assert "geo" not in data
    assert data["location"]["@type"] == "Place"
    assert data["location"]["geo"]["latitude"] == 43.2931
    assert data["contactPoint"][0]["telephone"] == "04 91 38 54 60"
    assert data["knowsLanguage"] == ["fr", "ar"]


def test_closures_to_come_are_told_and_past_ones_are_not(directory: DirectoryPage) -> None:
    today = timezone.localdate()
    entry = CmpPageFactory(parent=directory)
    entry.closures = [
        Closure(since=date(2020, 1, 1), until=date(2020, 1, 8)),
        Closure(since=today + timedelta(days=2), until=today + timedelta(days=4)),
        Closure(since=today + timedelta(days=9)),
    ]
    entry.save()
    (data,) = type(entry).objects.get(pk=entry.pk).structured_data()
    known, open_ended = data["specialOpeningHoursSpecification"]
    assert known["validThrough"] == (today + timedelta(days=4)).isoformat()
    assert (known["opens"], known["closes"]) == ("00:00", "00:00")
    assert "validThrough" not in open_ended


def test_a_masked_place_tells_nothing_of_where_it_is(directory: DirectoryPage) -> None:
    (data,) = hidden_entries(directory)["masked"].structured_data()
    assert not {"address", "geo", "location"} & set(data)
