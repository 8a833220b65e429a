"""Forms opened before somebody else saved, confirmed or published the same thing.

Each form carries what every field held when it was opened, as a short digest. When it comes back,
what changed meanwhile is known field by field, whatever changed it: another form, a referent's
answer, an import. Nothing is then saved: the form is shown again with the new values where its
author touched nothing, with theirs where they wrote, and a sentence says what changed. What the
same screen saved by itself while its author went on typing is no change of another's.
"""

import hashlib
import json
import re
import secrets
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext as _

from wagtail.blocks import StreamValue

#: The hidden field with the digests.
OPENED = "opened_with"
#: Beside the digests, what tells this screen from another of the same person.
_SCREEN = ""
#: Seconds that what a screen saved is remembered: between a saving by itself and its answer.
_REMEMBERED = 600
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


class DigestsField(forms.CharField):
    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class StaleFormMixin(forms.BaseForm):
    """For a model form of the editor (``ClusterForm``): refuses to bring old values back."""

    instance: Any
    formsets: dict[str, Any]
    for_user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[OPENED] = DigestsField(required=False, widget=forms.HiddenInput)
        # Before cleaning writes what was typed on the instance.
        self._current = self._digests_of_initial() if self.instance.pk else {}
        self._screen = self._opened().get(_SCREEN) or secrets.token_hex(8)
        self.initial[OPENED] = json.dumps(self._current | {_SCREEN: self._screen})

    def clean(self) -> Any:
        cleaned = super().clean()
        self._refuse_old_values()
        if not self.errors:
            names = [*self._own_names(), *self._lists()]
            self._remember_saved({name: self._digest_sent(name) for name in names})
        return cleaned

    def get_field_updates_for_resave(self) -> Any:
        """After an automatic saving the same form stays open: it now holds what was saved."""
        fresh = type(self)(instance=self.instance, for_user=self.for_user)
        self._remember_saved(fresh._current)
        updates = super().get_field_updates_for_resave()  # type: ignore[misc]
        return [*updates, (OPENED, json.dumps(fresh._current | {_SCREEN: self._screen}))]

    def _refuse_old_values(self) -> None:
        opened = self._opened()
        theirs = [
            name for name, digest in self._current.items() if opened.get(name, digest) != digest
        ]
        if theirs:
            own = cache.get(self._screen_key(), {})
            theirs = [name for name in theirs if own.get(name) != self._current[name]]
        if not theirs:
            return
        kept = []
        for name in theirs:
            sent = self._digest_sent(name)
            if sent in (opened[name], self._current[name]):
                self._show_current(name)
            else:
                kept.append(name)
        self._show_current(OPENED)
        self._changed_meanwhile = theirs
        words = _(
            "Ce contenu a changé pendant que vous l’aviez ouvert : %(fields)s. Rien n’est encore "
            "enregistré : ce qui a changé est maintenant à l’écran. Relisez, puis enregistrez."
        )
        self.add_error(None, words % {"fields": ", ".join(map(self._label, theirs))})
        for name in kept:
            words = _(
                "Quelqu’un d’autre vient aussi de changer ceci. C’est votre version qui est à "
                "l’écran : elle remplacera l’autre si vous enregistrez."
            )
            self.add_error(name if name in self.fields else None, words)

    def _remember_saved(self, digests: dict[str, str]) -> None:
        """Its author may press « Publier » before the browser has the answer of a saving."""
        cache.set(self._screen_key(), digests, _REMEMBERED)

    def _screen_key(self) -> str:
        return f"form-screen-{self._screen}"

    def _opened(self) -> dict[str, str]:
        try:
            opened = json.loads(self.data.get(self.add_prefix(OPENED)) or "{}")
        except ValueError:
            return {}
        return opened if isinstance(opened, dict) else {}

    def _own_names(self) -> list[str]:
        return [name for name in self.fields if name not in (OPENED, "comment_notifications")]

    def _lists(self) -> list[str]:
        return [name for name in getattr(self, "formsets", {}) if name != "comments"]

    def _digests_of_initial(self) -> dict[str, str]:
        digests = {
            name: _digest(self.get_initial_for_field(self.fields[name], name))
            for name in self._own_names()
        }
        return digests | {name: _digest(self._stored_rows(name)) for name in self._lists()}

    def _digest_sent(self, name: str) -> str:
        if name in self.fields:
            return _digest(self.cleaned_data[name]) if name in self.cleaned_data else ""
        return _digest(self._sent_rows(name))

    def _stored_rows(self, name: str) -> list[dict[str, Any]]:
        forms_of_rows = self._unbound(name).initial_forms
        return [
            {one: form.get_initial_for_field(form.fields[one], one) for one in _facts(form)}
            for form in forms_of_rows
        ]

    def _sent_rows(self, name: str) -> list[dict[str, Any]]:
        formset = self.formsets[name]
        formset.is_valid()
        rows = []
        for form in formset.forms:
            values = getattr(form, "cleaned_data", {})
            if values.get("DELETE") or (form.empty_permitted and not form.has_changed()):
                continue
            rows.append({one: values.get(one) for one in _facts(form)})
        return rows

    def _unbound(self, name: str) -> Any:
        stock = self.formsets[name]
        options = {"form_kwargs": stock.form_kwargs} if stock.form_kwargs else {}
        return type(stock)(instance=self.instance, prefix=stock.prefix, **options)

    def _show_current(self, name: str) -> None:
        """Have the form show what is stored, not what was sent."""
        if name in self.fields:
            self.fields[name].bound_data = _initial_data  # type: ignore[method-assign]
            self.errors.pop(name, None)
            return
        self.formsets[name] = self._unbound(name)

    def _label(self, name: str) -> str:
        if name in self.fields:
            return f"« {self.fields[name].label or name} »"
        return f"« {self.formsets[name].model._meta.verbose_name_plural} »"


def _initial_data(data: Any, initial: Any) -> Any:
    return initial


def _facts(form: Any) -> list[str]:
    return [name for name in form.fields if name not in ("DELETE", "ORDER", "id")]


def _digest(value: Any) -> str:
    text = json.dumps(_plain(value), sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def _plain(value: Any) -> Any:
    """A value as it compares: the same whether it comes from the database or from a form."""
    if isinstance(value, StreamValue):
        return _plain(value.stream_block.get_prep_value(value))
    if isinstance(value, models.Model):
        return str(value.pk)
    if hasattr(value, "all"):  # of the database, or of a draft that is not written there yet
        value = list(value.all())
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if key != "id"}
    if isinstance(value, list | tuple):
        items = [_plain(item) for item in value]
        return items if any(isinstance(item, dict) for item in items) else sorted(map(str, items))
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> str:
    """As text: forms show neither the seconds of a moment nor the keys of a rich text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        moment = value.astimezone(UTC) if value.tzinfo else value
        return f"{moment:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "\n".join(_BLOCK_KEY.sub("", str(value)).strip().splitlines())
