"""Proposal of a change to an entry: a revision in the review workflow, and its messages."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import Revision

from portal.review.second_person import submit_for_review
from portal.users.models import User
from resources.models import ResourcePage
from resources.moderation.notifications import LOG_ACTION, notify_moderators


@transaction.atomic
def propose_change(
    entry: ResourcePage,
    apply: Callable[[ResourcePage], None],
    *,
    user: User | None,
    by: str,
) -> Revision:
    """Keep a change as a revision that waits for an approval; what is public stays as it is.

    ``apply`` writes on what waits already, if anything does: nothing is lost. ``by`` says who,
    in words that only moderators read. A mistake raises ValidationError, and nothing is kept.
    """
    # Of two proposals at once, the second is written over the first one, not beside it.
    ResourcePage.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    page = ResourcePage.objects.get(pk=entry.pk).specific.get_latest_revision_as_object()
    apply(page)
    _check_lists(page)
    revision: Revision = page.save_revision(user=user)
    log(page, LOG_ACTION, user=user, revision=revision, data={"by": by}, content_changed=True)
    submit_for_review(page, user)
    notify_moderators(page, user)
    return revision


def _check_lists(page: ResourcePage) -> None:
    """Wagtail checks the rows of a page in its editor's form only."""
    mistakes: list[Any] = []
    for relation in get_all_child_relations(type(page)):
        if relation.related_model._meta.app_label != "resources":
            continue
        for row in getattr(page, relation.get_accessor_name()).all():
            mistakes += _mistakes_of(row, relation.field.name)
    if mistakes:
        raise ValidationError(mistakes)


def _mistakes_of(row: Any, parent: str) -> Iterator[ValidationError]:
    try:
        row.full_clean(exclude={parent, "locale"}, validate_unique=False)
    except ValidationError as error:
        name = str(row._meta.verbose_name).capitalize()
        for sentence in error.messages:
            yield ValidationError(f"{name} : {sentence}")
