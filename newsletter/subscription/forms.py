"""Forms of subscription and of preferences."""

from copy import copy
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from newsletter.models.consent import ConsentText
from newsletter.models.subscriber import Subscriber
from newsletter.models.topic import Topic
from portal.base.navigation import typed_language
from portal.forms.public_forms import INCOMPLETE_EMAIL, LONGEST, GuardedForm
from portal.geo.models import Territory
from portal.mail.forms import AddressField


class TopicsField(forms.ModelMultipleChoiceField):
    """The topics of the letter, each with what one finds in it."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, topic: Topic) -> str:
        if not topic.details:
            return _in_french(topic.name)
        words = '<span{}>{}<br><span class="hint">{}</span></span>'
        return format_html(words, _lang(), topic.name, topic.details)


def topics_field() -> TopicsField:
    return TopicsField(
        label=_("Ce qui vous intéresse"),
        help_text=_("Aucune case cochée : vous recevez toutes les lettres."),
        queryset=Topic.objects.filter(is_offered=True),
        to_field_name="code",
        required=False,
        error_messages={
            "invalid_choice": _("Choisissez dans la liste."),
            "invalid_list": _("Choisissez dans la liste."),
        },
    )


def territory_field() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=_("Votre territoire"),
        queryset=Territory.objects.all(),
        to_field_name="slug",
        empty_label=_("Tout le département"),
        required=False,
        error_messages={
            "invalid_choice": _("Ce territoire n’existe pas : choisissez-en un dans la liste.")
        },
    )


class SubscriptionForm(GuardedForm):
    """To get the letter: an address and an agreement; the rest may be left out."""

    email = AddressField(
        label=_("Votre adresse e-mail"),
        help_text=_("Exemple : prenom@domaine.example"),
        widget=forms.EmailInput(
            attrs={
                "required": True,
                "data-missing": _("Écrivez une adresse e-mail."),
                "data-wrong": INCOMPLETE_EMAIL,
            }
        ),
    )
    topics = topics_field()
    territory = territory_field()
    consent = forms.BooleanField(
        widget=forms.CheckboxInput(
            attrs={
                "required": True,
                "data-missing": _("Cochez cette case pour que nous puissions vous écrire."),
            }
        ),
        error_messages={"required": _("Cochez cette case pour que nous puissions vous écrire.")},
    )
    #: The version of the words beside the box: the one that was read is the one that is kept.
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    visible_names = ("email", "topics", "territory", "consent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read = self._words_read() if self.is_bound else None
        self.words = read or ConsentText.current()
        self.fields["consent"].label = _in_french(self.words.text)
        self.fields["version"].initial = self.words.version
        if self.is_bound and read is None:
            self._ask_to_read_again()

    def _words_read(self) -> ConsentText | None:
        """The words that were shown, unless they had been replaced before this form was."""
        try:
            version = self.fields["version"].clean(self.data.get("version"))
        except forms.ValidationError:
            return None
        oldest = timezone.now() - timedelta(seconds=LONGEST)
        if ConsentText.objects.filter(version__gt=version, written_at__lt=oldest).exists():
            return None
        return ConsentText.objects.filter(version=version).first()

    def _ask_to_read_again(self) -> None:
        """The box holds for the words beside it: new words, new tick."""
        data: Any = copy(self.data)
        data.pop("consent", None)
        data["version"] = self.words.version
        self.data = data
        again = _("Ce texte a changé : relisez-le, puis cochez la case.")
        self.fields["consent"].error_messages["required"] = again


class PreferencesForm(forms.Form):
    """What a subscriber may change without an account; it says nothing of who they are."""

    topics = topics_field()
    territory = territory_field()

    def __init__(self, subscriber: Subscriber, data: Any = None) -> None:
        chosen = Q(pk__in=subscriber.topics.values("pk"))
        initial = {
            "topics": list(subscriber.topics.values_list("code", flat=True)),
            "territory": subscriber.territory and subscriber.territory.slug,
        }
        super().__init__(data, initial=initial)
        # What is no longer offered stays in view of who has chosen it.
        topics: Any = self.fields["topics"]
        topics.queryset = Topic.objects.filter(Q(is_offered=True) | chosen)


def _in_french(words: str) -> str | SafeString:
    """Words that are written once, in French, said so on a page in another language."""
    return format_html("<span{}>{}</span>", _lang(), words) if typed_language() else words


def _lang() -> str | SafeString:
    language = typed_language()
    return format_html(' lang="{}"', language) if language else ""
