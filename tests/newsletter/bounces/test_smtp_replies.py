"""What mail servers say of an address, in the words of each provider; words decide before codes."""

from pathlib import Path
from uuid import UUID

import pytest

from newsletter.bounces.parser import (
    IrrelevantMessage,
    LeaveRequest,
    ReturnedMessage,
    parse_message,
)
from newsletter.models import Delivery
from portal.mail.smtp_replies import (
    ReplyMeaning,
    ReplyPattern,
    is_unknown_address,
    meaning_of,
    reply_patterns,
    speaks_of_reader,
)

CASES = Path(__file__).parent / "cases"
SOFT, HARD = Delivery.Bounce.SOFT, Delivery.Bounce.HARD


@pytest.mark.parametrize("known", reply_patterns(), ids=lambda known: known.example[:40])
def test_each_line_of_the_table_is_what_its_example_shows(known: ReplyPattern) -> None:
    assert meaning_of(known.example) == known.meaning
    is_for_good = known.meaning in (ReplyMeaning.GONE, ReplyMeaning.UNKNOWN)
    assert is_unknown_address(known.example) == is_for_good


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("550 5.1.1 La boîte aux lettres du destinataire est saturée", "full"),
        ("550 5.1.1 Quota dépassé", "full"),
        ("552 5.1.1 <lea@bbox.example>: user is over quota", "full"),
        ("550 5.1.1 Mailbox size limit exceeded: account over its limit", "full"),
        ("550 5.1.1 Trop de messages, réessayez plus tard", "rate"),
        ("421-4.7.28 Gmail has detected an unusual rate of mail", "rate"),
        ("550 Sender verify failed: unknown user", "ours"),
        ("550 5.1.8 <ptsm@x.example>: Sender address rejected: Domain not found", "ours"),
        ("550 5.7.515 Access denied, sending domain x does not meet the level", "ours"),
        ("550 5.1.1 rejected because 192.0.2.1 is in a black list at x", "blocked"),
        ("550 5.1.1 Message indésirable refusé", "blocked"),
        ("554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using x", "blocked"),
        ("550 5.1.1 user unknown, see https://x.example/spam-policy", "unknown"),
        ("550 5.1.1 <spam@x.example>: no such user", "unknown"),
        ("550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)", "unknown"),
        ("550 5.1.1 Cet utilisateur n’existe pas", "unknown"),
        ("550 5.2.1 The email account that you tried to reach is disabled.", "gone"),
        ("550 5.2.1 Compte désactivé pour inactivité", "gone"),
        ("550 5.1.1 Messagerie pleine", "full"),
        ("552 5.1.1 La messagerie du destinataire est saturée", "full"),
        ("550 5.1.1 La boîte aux lettres du destinataire a dépassé son quota", "full"),
        ("552 5.2.2 <x@icloud.example>: user is over quota", "full"),
        ("550 5.1.1 Espace disque insuffisant", "full"),
        ("550 5.1.1 Daily sending limit reached", "rate"),
        ("550 5.1.1 Your message was deferred, volume limit reached", "rate"),
        ("421 Service refused, please try later. LPN105_104", "rate"),
        ("501 5.1.8 Le domaine de l'expéditeur n'existe pas", "ours"),
        ("550 5.1.7 Invalid address; sender", "ours"),
        ("550 Nemesis ESMTP Service not available. Reason: Invalid sender address", "ours"),
        ("554 Reject-id: no valid DNS MX/A record for sender domain", "ours"),
        ("550 5.1.1 Taille maximale du message dépassée", "ours"),
        ("552 5.3.4 Message too big", "ours"),
        ("550 5.7.0 Mail rejete. Mail rejected. OFR_506 [506]", "blocked"),
        ("554 5.7.1 [HM08] Message rejected due to local policy", "blocked"),
        ("554 Message not allowed - [PH01] Email not accepted for policy reasons", "blocked"),
        ("550 5.2.1 Compte du destinataire suspendu", "held"),
        ("550 5.1.1 Account temporarily locked", "held"),
        ("550 5.4.310 DNS domain asso.example does not exist", "held"),
        ("550 5.1.1 Cette personne a quitté notre établissement", "gone"),
        ("550 5.1.1 This employee has left the company", "gone"),
        ("550 5.2.1 Cette adresse a été supprimée par son titulaire", "gone"),
        ("550 5.1.1 Ce destinataire n’a pas été trouvé", "unknown"),
        ("550 5.1.1 Aucune boîte à ce nom", "unknown"),
        ("550 5.1.1 unknown or illegal alias: x@icloud.example", "unknown"),
        ("554 delivery error: dd Not a valid recipient - atlas", "unknown"),
        ("550 5.1.1", "unknown"),
        ("550 5.1.1 <lea@x.example>", "unknown"),
        # The code alone is given to anything: what no line knows is for a person to read.
        ("550 5.1.1 Xyzzy plugh", "unclear"),
        ("550 5.1.1 Unknown error", "unclear"),
        ("550 5.1.1 Refus pour une raison inconnue", "unclear"),
        ("550 5.1.1 Merci de nous écrire autrement", "unclear"),
        ("554 Xyzzy", "unclear"),
    ],
)
def test_sisters_of_what_the_table_shows(words: str, meaning: str) -> None:
    assert meaning_of(words) == meaning
    assert is_unknown_address(words) == (meaning in ("unknown", "gone"))
    assert speaks_of_reader(words) == (meaning not in ("rate", "blocked", "ours"))


@pytest.mark.parametrize(
    "words",
    [
        "450 4.2.1 User unknown for now",
        "552 5.1.1 Requested mail action aborted",
        "550 5.1.1 5.2.2 who knows",
        "550 5.7.1 Refused, user unknown or not",
        "554 Xyzzy",
    ],
)
def test_doubt_drops_nobody(words: str) -> None:
    assert not is_unknown_address(words)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("b01_orange_boite_pleine", SOFT),
        ("b02_orange_inconnu", HARD),
        ("b04_laposte_compte_bloque", SOFT),
        ("b05_m365_541", SOFT),
        ("b08_spf_orange", SOFT),
        ("b09_sendmail_en_entetes", HARD),
        ("b10_status_511_diag_pleine", SOFT),
        ("b11_m365_ndr_html_long", HARD),
        ("b15_yahoo_sans_code", HARD),
    ],
)
def test_messages_that_came_back_are_read_right(name: str, kind: str) -> None:
    said = parse_message((CASES / f"{name}.eml").read_bytes())
    assert isinstance(said, ReturnedMessage)
    assert said.kind == kind
    assert said.delivery_uuid == UUID("11111111-2222-4333-8444-555555555555")


def test_delays_wishes_and_absences_are_no_failures() -> None:
    def read(name: str) -> object:
        return parse_message((CASES / f"{name}.eml").read_bytes())

    assert read("b07_delai") == IrrelevantMessage()
    assert isinstance(read("b12_apple_desabonnement"), LeaveRequest)
    assert read("b13_absence_outlook_fr") is None
    assert read("b14_depart_sans_entete") is None
