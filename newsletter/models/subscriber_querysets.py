"""Querysets of subscribers."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q


class SubscriberQuerySet(models.QuerySet):
    def active(self) -> Self:
        """Those who are written to."""
        return self.filter(state=self.model.State.ACTIVE)

    def to_receive(self, issue: Any) -> Self:
        """The active ones that an issue is for.

        An issue without a topic or a territory is for everybody; who chose none wants all.
        """
        wanted = self.active()
        topics = [topic.pk for topic in issue.topics.all()]
        if topics:
            chose = self.model.topics.through.objects.filter(subscriber=models.OuterRef("pk"))
            wanted = wanted.filter(
                ~models.Exists(chose) | models.Exists(chose.filter(topic__in=topics))
            )
        territories = [territory.pk for territory in issue.territories.all()]
        if territories:
            wanted = wanted.filter(Q(territory=None) | Q(territory__in=territories))
        return wanted

    def never_confirmed(self, before: datetime) -> Self:
        """Those who asked before this moment and never said yes."""
        return self.filter(state=self.model.State.PENDING, consented_at__lt=before)

    def gone(self, before: datetime) -> Self:
        """Those who left, or whom no letter reached any more, before this moment."""
        states = self.model.State
        return self.filter(
            state__in=[states.UNSUBSCRIBED, states.BOUNCED, states.COMPLAINED],
            left_at__lt=before,
        )
