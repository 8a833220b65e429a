"""Two-person review in the editor: buttons, redirection to the workflow, explanations."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from portal.base.admin_menu import report_urls, view_menu_item
from portal.review.help_line_review import LOG_ACTION
from portal.review.help_line_views import HelpReviewView, VerifyLineView
from portal.review.second_person import (
    has_translated,
    other_reviewers,
    submit_for_review,
    translation_of,
)
from portal.review.viewsets import HelpLineViewSet


def needs_two_people(instance: Any) -> bool:
    return bool(getattr(instance, "needs_two_people", False))


@hooks.register("before_publish_page")
def redirect_publication_to_review(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Send to review a page that became a crisis entry after « Publier » was offered."""
    if not needs_two_people(page) or translation_of(page):
        return None
    if page.live and not page.live_revision_id:
        # Wagtail makes a new page public before it asks.
        page.live = False
        page.save(update_fields=["live"], clean=False)
    submit_for_review(page, request.user)  # type: ignore[arg-type]
    messages.warning(request, _("Enregistré et envoyé à la relecture : rien n’est publié."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("after_edit_page")
@hooks.register("after_create_page")
def resubmit_to_needed_workflow(request: HttpRequest, page: Page) -> None:
    """Restart the review of a page that became a crisis entry while one person was enough."""
    page = page.specific
    if needs_two_people(page) and page.workflow_in_progress:
        submit_for_review(page, request.user)  # type: ignore[arg-type]


@hooks.register("before_copy_page")
def copy_as_draft(request: HttpRequest, page: Page) -> HttpResponse | None:
    if request.method != "POST" or not request.POST.get("publish_copies"):
        return None
    copied = page.get_descendants(inclusive=True).specific()
    if request.POST.get("alias") or not any(needs_two_people(one) for one in copied):
        return None
    words = _("Ce contenu est publié à deux : copiez-le sans publier la copie.")
    messages.error(request, words)
    return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("construct_snippet_action_menu")
def remove_publish_buttons(items: list[Any], request: HttpRequest, context: Any) -> None:
    """Put the button that submits for review in place of « Publier »."""
    if getattr(context.get("model"), "needs_two_people", False):
        items[:] = [item for item in items if item.name != "action-publish"]
        items.sort(key=lambda item: item.name != "action-submit")


@hooks.register("before_edit_page", order=-1)
@hooks.register("before_edit_snippet", order=-1)
def refuse_own_translation(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """Refuse to publish a translation to its translator; tell others that one must."""
    if not needs_two_people(instance):
        return None
    translation = translation_of(instance)
    if request.method == "GET" and translation is None:
        explain_two_person_review(request)
    publishes = request.method == "POST" and request.POST.get("action") == "publish"
    if not (publishes and translation and has_translated(request.user, translation)):  # type: ignore[arg-type]
        return None
    words = _("Vous avez traduit ce contenu : une autre personne doit le relire et le publier.")
    messages.error(request, words)
    return redirect(request.path)


@hooks.register("before_create_snippet")
def explain_before_creation(request: HttpRequest, model: Any) -> None:
    if request.method == "GET" and needs_two_people(model):
        explain_two_person_review(request)


def explain_two_person_review(request: HttpRequest) -> None:
    """Explain the review, and what to do when there is nobody else."""
    if other_reviewers(request.user).exists():  # type: ignore[arg-type]
        words = _(
            "Une erreur ici peut mettre quelqu’un en danger : deux personnes relisent. "
            "Enregistrez, puis envoyez à « Relecture à deux ». Une autre personne de la "
            "Coordination ou de la Modération approuve ; la version publique attend."
        )
        messages.info(request, words)
        return
    words = _(
        "Une erreur ici peut mettre quelqu’un en danger : deux personnes relisent, et personne "
        "d’autre que vous ne peut approuver. Donnez un compte du groupe « Modération » à un "
        "partenaire, par exemple à l’ARS ou à l’hôpital."
    )
    buttons = []
    if request.user.has_perm("users.add_user"):
        buttons.append(messages.button(reverse("team:index"), _("Inviter quelqu’un")))
    messages.warning(request, words, buttons=buttons)


register_snippet(HelpLineViewSet)


@hooks.register("register_content_menu_item")
def help_review_menu_item() -> MenuItem:
    return view_menu_item(HelpReviewView, order=501)


@hooks.register("register_admin_urls")
def help_review_urls() -> list[URLPattern]:
    return [
        *report_urls("reports/numeros/", HelpReviewView),
        path("reports/numeros/<int:pk>/", VerifyLineView.as_view(), name="help_review_verify"),
    ]


@hooks.register("register_log_actions")
def register_help_review_log_action(actions: Any) -> None:
    actions.register_action(LOG_ACTION, _("Vérifier"), _("Numéro vérifié à sa source"))
