"""« Composer depuis ce qui a changé »: the screen where the next issue begins."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from newsletter.admin.urls import ScreenViewSet
from newsletter.digest import (
    DigestContent,
    gather_changes,
    get_letter_page,
    make_issue,
    may_compose,
)
from newsletter.subscription.models import LetterIndexPage
from portal.forms.choice_fields import choice_field

#: The button that begins an issue without any block.
EMPTY = "vide"


class ComposeForm(forms.Form):
    changes = forms.MultipleChoiceField(
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy(
                "Une chose que vous aviez cochée n’est plus publiée : relisez la liste."
            )
        },
    )

    def __init__(self, *args: Any, gathered: DigestContent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "changes").choices = [
            (one.change.key, one.change.title) for one in gathered.proposals()
        ]

    def clean_changes(self) -> list[str]:
        keys = self.cleaned_data["changes"]
        if not keys:
            raise forms.ValidationError(
                _("Rien n’est coché. Cochez ce que la lettre dira, ou commencez un numéro vide.")
            )
        return keys


class ComposeView(WagtailAdminTemplateMixin, FormView):
    """Lists what changed; what is ticked becomes a draft, which opens in the editor."""

    form_class = ComposeForm
    template_name = "newsletter/admin/compose.html"
    page_title = gettext_lazy("Composer depuis ce qui a changé")
    header_icon = "mail"

    @cached_property
    def letter(self) -> LetterIndexPage:
        letter = get_letter_page()
        if letter is None:
            raise Http404
        return letter

    @cached_property
    def gathered(self) -> DigestContent:
        return gather_changes(self.letter)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_compose(request.user, self.letter):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse("wagtailadmin_explore", args=[self.letter.pk]),
                "label": self.letter.get_admin_display_title(),
            },
            {"url": "", "label": self.page_title},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "gathered": self.gathered}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"gathered": self.gathered, "ticked": self._ticked(context["form"])}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if EMPTY in request.POST:
            return self._begin([])
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: ComposeForm) -> HttpResponse:
        return self._begin(form.cleaned_data["changes"])

    def _begin(self, keys: list[str]) -> HttpResponse:
        issue = make_issue(self.letter, self.gathered.chosen(keys), self.request.user)
        words = _("Le brouillon du numéro %(number)s est prêt : complétez-le.")
        messages.success(self.request, words % {"number": issue.number})
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[issue.pk]))

    def _ticked(self, form: ComposeForm) -> set[str]:
        """What the boxes show: what was sent, else what is proposed."""
        if form.is_bound:
            return set(form["changes"].data)
        return {one.change.key for one in self.gathered.proposals() if one.is_ticked}


class ComposeMenuItem(MenuItem):
    """Shown to who may write an issue, which no view's permission says."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_compose(request.user, get_letter_page())


class ComposeViewSet(ScreenViewSet):
    name = "letter_compose"
    url_prefix = "lettre/composer"
    menu_label = gettext_lazy("Composer un numéro")
    icon = "edit"
    view_class = ComposeView
    menu_item_class = ComposeMenuItem
