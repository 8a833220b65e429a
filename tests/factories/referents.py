"""Those who answer for entries, and what their short form sends."""

from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

import factory

from portal.users.models import User
from resources.editor_choices import ReferentState
from resources.models import Referent, ResourcePage
from resources.update_form import EntryForm
from tests.factories.users import UserFactory, make_groups

REFERENTS = "Référents"


class ReferentFactory(factory.django.DjangoModelFactory):
    """Somebody whom the coordinator wrote in; ``ReferentFactory(entries=[entry])``."""

    class Meta:
        model = Referent
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Camille Exemple {n}")
    email = factory.Sequence(lambda n: f"camille{n}@exemple.example")
    role = "cadre de santé"

    @factory.post_generation
    def entries(self: Referent, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            self.entries.set(extracted or [])


class ActiveReferentFactory(ReferentFactory):
    """Somebody who has accepted, for tests in which nobody signs in."""

    state = ReferentState.ACTIVE


def referent_of(*entries: ResourcePage, **known: Any) -> Referent:
    """An active referent, with an account that opens nothing but their own entries."""
    make_groups()
    user: User = known.pop("user", None) or UserFactory()
    user.groups.add(Group.objects.get(name=REFERENTS))
    return ReferentFactory(
        entries=entries,
        email=user.email,
        user=user,
        state=ReferentState.ACTIVE,
        invited_at=timezone.now(),
        accepted_at=timezone.now(),
        **known,
    )


def typed(entry: ResourcePage, **changes: Any) -> dict[str, Any]:
    """What a browser sends of the short form when only ``changes`` were typed in it.

    An hour is named as its input is: ``**{"opening_hours-0-0-start": "09:00"}``.
    """
    form = EntryForm(entry)
    data: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if bound.name == "opening_hours":
            data |= _hours(bound.field.widget.get_context("opening_hours", value, {})["widget"])
        elif value not in (None, False, ""):
            data[bound.name] = "on" if value is True else value
    for name, value in changes.items():
        data.pop(name, None)
        if value is not None:
            data[name] = value
    return data


def _hours(widget: dict[str, Any]) -> dict[str, str]:
    sent = {"opening_hours-kept": widget["text"]}
    for day in widget["days"]:
        for span in day["ranges"]:
            sent |= {span["start_name"]: span["start"], span["end_name"]: span["end"]}
    if widget["holidays"]:
        sent["opening_hours-holidays"] = "1"
    return sent
