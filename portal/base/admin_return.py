"""After a form of the editor, back to the screen that one came from."""

from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode

from wagtail.admin.utils import get_valid_next_url_from_request


class ReturnToNextMixin:
    """For an edit view: its form keeps the ``next`` of its address, and leads there once saved."""

    request: HttpRequest

    def get_edit_url(self) -> Any:
        url = super().get_edit_url()  # type: ignore[misc]
        back = get_valid_next_url_from_request(self.request)
        return f"{url}?{urlencode({'next': back})}" if back else url

    def get_success_url(self) -> Any:
        return get_valid_next_url_from_request(self.request) or super().get_success_url()  # type: ignore[misc]
