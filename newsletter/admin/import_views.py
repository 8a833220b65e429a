"""The table to fill of the import of subscribers."""

from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.views.generic import View

from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from newsletter.import_reader import HEADINGS
from newsletter.models import Subscriber
from portal.exports.streaming import CSV, csv_chunks, streaming_response


class SubscriberTemplateView(PermissionCheckedMixin, View):
    """The file to fill: its columns alone, so that no example is ever subscribed."""

    permission_policy = ModelPermissionPolicy(Subscriber)
    permission_required = "add"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> StreamingHttpResponse:
        return streaming_response(csv_chunks(HEADINGS, ()), CSV, "abonnes.csv")
