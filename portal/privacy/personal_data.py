"""Personal data of the frame: accounts, Wagtail's history, messages of the demonstration."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.log_actions import registry as log_registry
from wagtail.models import Comment, CommentReply, ModelLogEntry, Revision, TaskState

from allauth.account.models import EmailAddress

from portal.mail import demo_mailbox
from portal.mail.models import OutgoingMessage
from portal.privacy.address_spellings import (
    ERASED,
    addresses_in,
    key_of,
    mentions,
    same_address,
    without_address_in_json,
)
from portal.privacy.registry import (
    ErasureRefused,
    Item,
    register_other_addresses,
    register_personal_data,
    rows_of,
)
from portal.users.models import User
from portal.users.personal_data import account_data, is_last_administrator


def find_accounts(key: str) -> list[Item]:
    return [account_data(user) for user in _accounts(key)]


def erase_accounts(key: str) -> int:
    """Erase accounts and their traces in Wagtail; refuses for the last administrator."""
    accounts = _accounts(key)
    if any(is_last_administrator(user) for user in accounts):
        raise ErasureRefused(
            _(
                "Le compte est gardé : c’est le dernier qui administre le portail. Faites d’abord "
                "un autre administrateur."
            )
        )
    kind = ContentType.objects.get_for_model(User)
    names = [str(user.pk) for user in accounts]
    entries = ModelLogEntry.objects.filter(content_type=kind, object_id__in=names)
    entries.update(label=ERASED, data={})
    for user in accounts:
        user.delete()
    return len(accounts)


def accounts_held() -> Iterator[tuple[str, datetime]]:
    for email, since in User.objects.values_list("email", "date_joined").iterator():
        yield key_of(email), since
    others = EmailAddress.objects.values_list("email", "user__date_joined")
    for email, since in others.iterator():
        yield key_of(email), since


def _accounts(key: str) -> list[User]:
    """The accounts of a person, who may have added other addresses to the first."""
    others = rows_of(EmailAddress.objects.select_related("user"), "email", key)
    accounts = [*rows_of(User.objects.all(), "email", key), *(one.user for one in others)]
    return list(dict.fromkeys(accounts))


def account_addresses(key: str) -> set[str]:
    """All the addresses of the accounts that have this one."""
    accounts = _accounts(key)
    others = EmailAddress.objects.filter(user__in=accounts).values_list("email", flat=True)
    return {key_of(one) for one in (*(user.email for user in accounts), *others)}


def find_sessions(key: str) -> list[Item]:
    return [{_("se termine le"): session.expire_date} for session in _sessions(key)]


def erase_sessions(key: str) -> int:
    held = _sessions(key)
    Session.objects.filter(pk__in=[session.pk for session in held]).delete()
    return len(held)


def _sessions(key: str) -> list[Session]:
    """Sessions of the account, and of sign-ins begun with this address."""
    ids = {str(user.pk) for user in _accounts(key)}
    return [
        session
        for session in Session.objects.iterator()
        if (said := session.get_decoded()).get("_auth_user_id") in ids or mentions(repr(said), key)
    ]


class HistoryTable(NamedTuple):
    """A table where Wagtail keeps former content, and the column of its date."""

    model: type[Model]
    fields: tuple[str, ...]
    since: str


def _memories() -> list[HistoryTable]:
    logs = [
        HistoryTable(model, ("label", "data"), "timestamp")
        for model in log_registry.get_log_entry_models()
    ]
    return [
        *logs,
        HistoryTable(Revision, ("content", "object_str"), "created_at"),
        HistoryTable(Comment, ("text",), "created_at"),
        HistoryTable(CommentReply, ("text",), "created_at"),
        HistoryTable(TaskState, ("comment",), "started_at"),
    ]


def find_in_history(key: str) -> list[Item]:
    return [
        {_("où"): str(memory.model._meta.verbose_name), _("écrit le"): getattr(row, memory.since)}
        for memory, row in _remembered(key)
    ]


def erase_from_history(key: str) -> int:
    """Remove the address from revisions and log entries; keep the rest of them."""
    count = 0
    for memory, row in _remembered(key):
        words = {name: without_address_in_json(getattr(row, name), key) for name in memory.fields}
        memory.model._default_manager.filter(pk=row.pk).update(**words)
        count += 1
    return count


def history_held() -> Iterator[tuple[str, datetime]]:
    for memory in _memories():
        for row in memory.model._default_manager.order_by("pk").iterator():
            for key in addresses_in(_said(memory, row)):
                yield key, getattr(row, memory.since)


def _remembered(key: str) -> Iterator[tuple[HistoryTable, Any]]:
    local = key.rpartition("@")[0]
    for memory in _memories():
        texts = {f"{name}_text": Cast(name, TextField()) for name in memory.fields}
        holds = Q()
        for name in texts:
            holds |= Q(**{f"{name}__icontains": local})
        for row in memory.model._default_manager.annotate(**texts).filter(holds):
            if mentions(_said(memory, row), key):
                yield memory, row


def _said(memory: HistoryTable, row: Any) -> str:
    return " ".join(str(getattr(row, name)) for name in memory.fields)


def find_kept_mail(key: str) -> list[Item]:
    return [
        {_("message"): message.header("Subject"), _("écrit le"): message.written_at}
        for message in _kept_mail(key)
    ]


def erase_kept_mail(key: str) -> int:
    held = [message.name for message in _kept_mail(key)]
    for name in held:
        (Path(settings.EMAIL_FILE_PATH) / f"{name}.eml").unlink(missing_ok=True)
    return len(held)


def _kept_mail(key: str) -> Iterator[demo_mailbox.KeptMessage]:
    """Messages kept by the demonstration that are addressed to this person or name them."""
    if not settings.EMAIL_BACKEND.endswith("FileEmailBackend"):
        return
    for name in demo_mailbox.names():
        message = demo_mailbox.read(name)
        if message and _is_about(message, key):
            yield message


def _is_about(message: demo_mailbox.KeptMessage, key: str) -> bool:
    headers = [message.header(name) for name in ("To", "Cc", "Reply-To", "From", "Subject")]
    is_to = any(same_address(one, key) for one in headers)
    return is_to or mentions("\n".join([*headers, message.text, message.html]), key)


def find_outgoing(key: str) -> list[Item]:
    return [
        {_("objet"): message.subject, _("écrit le"): message.created_at}
        for message in _outgoing(key)
    ]


def erase_outgoing(key: str) -> int:
    held = [message.pk for message in _outgoing(key)]
    OutgoingMessage.objects.filter(pk__in=held).delete()
    return len(held)


def outgoing_held() -> Iterator[tuple[str, datetime]]:
    for address, since in OutgoingMessage.objects.values_list("address", "created_at").iterator():
        yield key_of(address), since


def _outgoing(key: str) -> list[OutgoingMessage]:
    return rows_of(OutgoingMessage.objects.all(), "address", key)


register_other_addresses(account_addresses)
# Sessions first: they are found by the account.
register_personal_data("sessions", gettext_lazy("Connexions"), find_sessions, erase_sessions)
register_personal_data(
    "accounts",
    gettext_lazy("Compte pour écrire sur le portail"),
    find_accounts,
    erase_accounts,
    held=accounts_held,
)
register_personal_data(
    "memory",
    gettext_lazy("Historique et anciennes versions"),
    find_in_history,
    erase_from_history,
    held=history_held,
    permission="",
)
register_personal_data(
    "kept_mail",
    gettext_lazy("Messages gardés par la démonstration"),
    find_kept_mail,
    erase_kept_mail,
    permission="",
)
register_personal_data(
    "outgoing",
    gettext_lazy("Messages qui attendent de partir, ou partis depuis peu"),
    find_outgoing,
    erase_outgoing,
    held=outgoing_held,
    permission="",
)
