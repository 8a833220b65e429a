"""The screens of the first hour, below ``/admin/premiere-heure/``."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import RedirectView, TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from home.setup.models import PortalOpening, SetupStepNote
from home.setup.steps import BY_SLUG, SetupProgress, SetupStep, get_progress

#: Who may set up the portal: those who change its settings.
PERMISSION = "base.change_portalsettings"


class SetupMixin(WagtailAdminTemplateMixin):
    """What the screens share: only the coordination sees them."""

    page_title = gettext_lazy("Votre portail en une heure")
    header_icon = "clipboard-list"
    kwargs: dict[str, Any]
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class SetupStartView(SetupMixin, RedirectView):
    """Leads to the step where one had stopped."""

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        return get_progress().next.step.url


class StepView(SetupMixin, TemplateView):
    """One step: what it shows, and what its buttons do.

    A button posts its name: ``actions`` tells the method of each. The method returns None when all
    is well, or a context to show the same screen again, with what is to be mended.
    """

    slug: ClassVar[str] = ""
    actions: ClassVar[dict[str, str]] = {}

    @property
    def step(self) -> SetupStep:
        return BY_SLUG[self.slug]

    @cached_property
    def progress(self) -> SetupProgress:
        return get_progress()

    def get_template_names(self) -> list[str]:
        return [f"home/setup/{self.slug.replace('-', '_')}.html"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        SetupStepNote.objects.update_or_create(step=self.slug, defaults={"seen_at": timezone.now()})
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "later" in request.POST:
            return self._put_off()
        for button, name in self.actions.items():
            if button in request.POST:
                action: Callable[[], dict[str, Any] | None] = getattr(self, name)
                again = action()
                if again is not None:
                    return self.render_to_response(self.get_context_data(**again))
                break
        return HttpResponseRedirect(self.step.url)

    def _put_off(self) -> HttpResponse:
        SetupStepNote.objects.update_or_create(
            step=self.slug, defaults={"put_off_at": timezone.now()}
        )
        following = get_progress().beside(self.slug)["following"]
        words = _("« %(step)s » est gardée pour plus tard : vous la retrouverez ici.")
        messages.info(self.request, words % {"step": self.step.title})
        return HttpResponseRedirect(following.step.url if following else reverse("setup:start"))

    def take_up(self) -> None:
        """What is done is no longer left for later."""
        SetupStepNote.objects.filter(step=self.slug).update(put_off_at=None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = self.progress.of(self.slug)
        return super().get_context_data(**kwargs) | {
            "setup": self.progress,
            "current": now,
            "opening": PortalOpening.objects.first(),
            "minutes_left": sum(one.step.minutes for one in self.progress.steps if not one.is_done),
            "last_seen": SetupStepNote.objects.exclude(step=self.slug)
            .exclude(seen_at=None)
            .order_by("-seen_at")
            .first(),
            **self.progress.beside(self.slug),
        }


def setup_urls(*views: type[StepView]) -> list[URLPattern]:
    """The addresses of the steps; one that has no screen of its own is nowhere."""
    by_slug = {view.slug: view.as_view() for view in views}

    def step(request: HttpRequest, slug: str) -> HttpResponseBase:
        if slug not in by_slug:
            raise Http404
        return by_slug[slug](request, slug=slug)

    return [
        path("", SetupStartView.as_view(), name="start"),
        path("<slug:slug>/", step, name="step"),
    ]
