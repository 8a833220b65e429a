"""The page of the letter, with its form; issues come under it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from newsletter.models.agenda import EventIndexPage
from newsletter.models.issue import IssuePage
from newsletter.models.news import NewsIndexPage
from newsletter.subscription.forms import SubscriptionForm
from portal.base.models import IndexPage
from portal.base.querysets import with_menu_title
from search.models import SearchablePage

PER_PAGE = 12


class LetterIndexPage(SearchablePage, IndexPage):
    """Serves whoever would like to receive the letter, or to read what has come out."""

    page_description = _("La lettre du PTSM : s’inscrire, et lire les numéros parus.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["newsletter.IssuePage"]
    max_count_per_parent = 1

    personal_fields = ()
    search_kind = "NEWSLETTER"
    search_words = "lettre d’information newsletter abonnement"

    class Meta:
        app_label = "newsletter"
        verbose_name = _("la lettre")
        verbose_name_plural = _("la lettre")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        siblings = self.get_siblings().live().public()
        follow = with_menu_title(siblings.type(NewsIndexPage, EventIndexPage))
        form = kwargs.get("form") or SubscriptionForm()
        issues = IssuePage.objects.listed_under(self).newest_first().defer("body")
        return context | {
            "follow_pages": follow,
            "form": form,
            "issues": Paginator(issues, PER_PAGE).get_page(request.GET.get("page")),
        }
