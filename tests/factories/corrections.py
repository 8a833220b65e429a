"""What people told of the directory, and the forms by which they tell it."""

import time
from datetime import datetime
from unittest.mock import patch

import factory

from portal.forms.public_forms import signed_timestamp
from resources.choices import ErrorSubject
from resources.models import EntryProposal, ErrorReport


class ErrorReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ErrorReport

    about = ErrorSubject.HOURS


class EntryProposalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EntryProposal

    name = factory.Sequence(lambda n: f"Lieu proposé {n}")


def old_stamp(seconds: int = 60, before: datetime | None = None) -> str:
    """The mark of a form that was shown some time ago."""
    moment = (before.timestamp() if before else time.time()) - seconds
    with patch("django.core.signing.time.time", lambda: moment):
        return signed_timestamp()
