"""Search documents beside pages: help lines, glossary terms, documents."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction

from home.models import ContactPage, CrisisPage, GlossaryPage
from portal.crisis.help_numbers import danger_message, quiet_message
from portal.crisis.models import HelpLine
from portal.glossary.models import GlossaryTerm
from search.contracts import SearchDocument
from search.source_registry import register_first_in_danger, register_phone_keys, register_source

_MAIN_LANGUAGE = "fr"


def help_lines() -> Iterator[SearchDocument]:
    """Each help line, as it stands on the page « Aide maintenant »."""
    addresses = _addresses(CrisisPage)
    for line in HelpLine.objects.public().select_related("locale"):
        if not (address := addresses.get(line.locale_id)):
            continue
        words = [line.number, line.situation, line.details, line.hours]
        yield SearchDocument(
            key=f"line:{line.pk}",
            kind="LIGNE_ECOUTE",
            kind_words="ligne d’écoute numéro téléphone",
            title=f"{line.number} {line.name}".strip(),
            url=f"{address}#{line.anchor}",
            language=line.locale.language_code,
            summary=". ".join(filter(None, [line.situation.rstrip("."), line.details])),
            body="\n".join(filter(None, words)),
        )


def glossary_terms() -> Iterator[SearchDocument]:
    """Each word of the lexicon, as it stands on the lexicon page."""
    addresses = _addresses(GlossaryPage)
    for term in GlossaryTerm.objects.select_related("locale"):
        if not (address := addresses.get(term.locale_id)):
            continue
        title = f"{term.term} ({term.expansion})" if term.expansion else term.term
        yield SearchDocument(
            key=f"term:{term.pk}",
            kind="LEXIQUE",
            kind_words="lexique définition",
            title=title,
            url=f"{address}#{term.anchor}",
            language=term.locale.language_code,
            summary=term.definition,
            body="\n".join(term.synonym_list),
        )


def documents() -> Iterator[SearchDocument]:
    """The titles of the files that anybody may download."""
    closed = CollectionViewRestriction.objects.select_related("collection")
    hidden = [one.collection.path for one in closed]
    for document in get_document_model().objects.select_related("collection").order_by("pk"):
        if not document.collection.path.startswith(tuple(hidden)):
            yield SearchDocument(
                key=f"document:{document.pk}",
                kind="DOCUMENT",
                kind_words=f"document {document.file_extension}",
                title=document.title,
                url=document.url,
                language=_MAIN_LANGUAGE,
            )


def portal_doors() -> Iterator[SearchDocument]:
    """What people do with the portal itself: correct, propose, leave the letter."""
    for page in ContactPage.objects.live().public().select_related("locale"):
        language = page.locale.language_code
        with translation.override(language):
            yield from _doors(page.url or "", language)


def _doors(contact: str, language: str) -> Iterator[SearchDocument]:
    doors = (
        (
            "report",
            gettext("Signaler une erreur"),
            gettext(
                "Sur la fiche du lieu, le lien « Signaler une erreur ». Si vous ne la trouvez pas, "
                "écrivez-nous."
            ),
            contact,
        ),
        (
            "propose",
            gettext("Proposer une structure"),
            gettext("Un lieu manque dans l’annuaire : dites-le, nous le vérifions."),
            reverse("resources:propose_entry"),
        ),
        (
            "unsubscribe",
            gettext("Ne plus recevoir la lettre"),
            gettext(
                "Le lien pour se désinscrire est au bas de chaque lettre. Si vous n’en avez plus, "
                "écrivez-nous."
            ),
            contact,
        ),
        (
            "my-entries",
            gettext("Mettre à jour mes fiches"),
            gettext("Pour la personne référente d’une structure de l’annuaire."),
            reverse("resources:my_entries"),
        ),
    )
    for code, title, summary, url in doors:
        yield SearchDocument(
            key=f"door:{code}" if language == _MAIN_LANGUAGE else f"door:{code}:{language}",
            kind="PAGE_INFO",
            title=title,
            url=url,
            language=language,
            summary=summary,
        )


def phone_keys(number: str, language: str) -> Iterator[str]:
    """The help lines whose number this is (E.164)."""
    national = number.replace("+33", "0", 1)
    for line in HelpLine.objects.public().filter(locale__language_code=language):
        if line.number.replace(" ", "") == national:
            yield f"line:{line.pk}"


def first_in_danger(danger: str, language: str) -> tuple[str, ...]:
    """Keys of the help lines to show first for a kind of danger or distress.

    Those of its block in their order; their numbers never sort them.
    """
    message = quiet_message(danger) or danger_message(danger)
    if message is None or not message.title:
        return ()
    numbers = [one.number for one in message.numbers]
    found: dict[int, list[HelpLine]] = {}
    for line in HelpLine.objects.public().filter(locale__language_code=language):
        named = [at for at, name in enumerate(message.lines) if name.lower() in line.name.lower()]
        if line.number in numbers:
            found.setdefault(numbers.index(line.number), []).append(line)
        elif named:
            found.setdefault(len(numbers) + named[0], []).append(line)
    return tuple(f"line:{line.pk}" for rank in sorted(found) for line in found[rank])


def _addresses(model: type[CrisisPage] | type[GlossaryPage]) -> dict[int, str]:
    pages = model.objects.live().public().select_related("locale")
    return {page.locale_id: page.url or "" for page in pages}


register_source("line", help_lines, HelpLine, CrisisPage)
register_source("term", glossary_terms, GlossaryTerm, GlossaryPage)
register_source("document", documents, get_document_model(), CollectionViewRestriction)
register_source("door", portal_doors, ContactPage)
register_phone_keys("home", phone_keys)
register_first_in_danger(first_in_danger)
