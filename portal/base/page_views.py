"""The editor's screens that write a page: what is refused is said there, and nothing is made twice.

Their addresses are Wagtail's (``portal.urls``), which has no setting to choose other views.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

TRANSLATED = False


class SaidRefusalMixin:
    """Show on the form what is refused while a page is written, as two savings at once make it."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
                return answer
        except ValidationError as refusal:
            sentences = refusal.messages
        except IntegrityError:
            sentences = [_("La même page vient d’être enregistrée ailleurs. Rechargez cet écran.")]
        for sentence in sentences:
            form.add_error(None, sentence)
        answer = self.form_invalid(form)  # type: ignore[attr-defined]
        return answer


class PageCreateView(SaidRefusalMixin, CreateView):
    """A new page is made when somebody asks for it, not while they still write its title.

    Saved by itself, a form that is left half-filled would stay as a draft that nobody knows of,
    and keep the address of the true one.
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.expects_json_response:
            answer: HttpResponse = self.json_error_response(
                "not_yet", _("La page sera enregistrée quand vous cliquerez sur « Enregistrer ».")
            )
            return answer
        answer = super().post(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"autosave_enabled": False}


class PageEditView(SaidRefusalMixin, EditView):
    """One saving of a page at a time: the second one knows what the first has written."""

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return super().dispatch(request, page_id, **kwargs)
        with transaction.atomic():
            # Its row is held: « Publier » and an automatic saving wait for each other.
            Page.objects.select_for_update().filter(pk=page_id).first()
            return super().dispatch(request, page_id, **kwargs)


urlpatterns = [
    path(
        "pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/",
        require_admin_access(PageCreateView.as_view()),
    ),
    path("pages/<int:page_id>/edit/", require_admin_access(PageEditView.as_view())),
]
