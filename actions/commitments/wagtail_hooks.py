"""Commitments in the menu « Le projet »."""

from django.urls import URLPattern, path

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from actions.commitments.viewsets import CommitmentTablesView, CommitmentViewSet

register_snippet(CommitmentViewSet)


@hooks.register("register_admin_urls")
def commitment_urls() -> list[URLPattern]:
    view = CommitmentTablesView.as_view()
    return [path("projet/engagements/", view, name=CommitmentTablesView.index_url_name)]
