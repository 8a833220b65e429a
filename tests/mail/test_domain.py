"""What the DNS says of a domain, read on recorded zones by a real resolver."""

import base64
from collections.abc import Mapping
from functools import cache
from io import StringIO
from typing import Any

from django.conf import LazySettings
from django.core.management import CommandError, call_command

import dns.resolver
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from portal.mail import domain as domain_module
from portal.mail.domain import Finding, NotADomain, State, check_domain, is_passing
from portal.mail.domain import records as records_module
from tests.servers.dns import Zone, serve, txt


@cache
def rsa_key(size: int) -> str:
    public = rsa.generate_private_key(65537, size).public_key()
    content = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(content).decode()


def good_zone(**changes: Any) -> dict[str, Any]:
    """The zone of « x.example », ready for a letter, with some names changed."""
    zone: dict[str, Any] = {
        "x.example": {
            "MX": ["20 mx2.x.example.", "10 mx1.x.example."],
            "TXT": [
                txt("google-site-verification=1"),
                txt("v=spf1 mx include:_spf.y.example ~all"),
            ],
            "A": ["192.0.2.1"],
        },
        "mx1.x.example": {"A": ["192.0.2.2"]},
        "_spf.y.example": {"TXT": [txt("v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all")]},
        "s1._domainkey.x.example": {"TXT": [txt(f"v=DKIM1; k=rsa; p={rsa_key(2048)}")]},
        "_dmarc.x.example": {
            "TXT": [txt("v=DMARC1; p=quarantine; rua=mailto:dmarc@x.example")],
        },
    }
    return {**zone, **changes}


def check(zone: Zone, domain: str = "x.example", **options: Any) -> dict[str, Finding]:
    with serve(zone) as resolver:
        found = check_domain(domain, **{"selector": "s1", "resolver": resolver, **options})
    assert all(finding.sentence.endswith(".") for finding in found)
    assert all(bool(finding.remedy) == (finding.state != State.OK) for finding in found)
    return {finding.name: finding for finding in found}


def spf(text: str, **zone: Any) -> Finding:
    apex = {**good_zone()["x.example"], "TXT": [txt(text)]}
    return check(good_zone(**{"x.example": apex}, **zone))["SPF"]


def dkim(*texts: str) -> Finding:
    records = {"TXT": [txt(text) for text in texts]}
    return check(good_zone(**{"s1._domainkey.x.example": records}))["DKIM"]


def dmarc(*texts: str) -> Finding:
    records = {"TXT": [txt(text) for text in texts]}
    return check(good_zone(**{"_dmarc.x.example": records}))["DMARC"]


def test_a_good_zone_passes() -> None:
    found = check(good_zone())
    assert {name: finding.state for name, finding in found.items()} == dict.fromkeys(
        ("MX", "SPF", "DKIM", "DMARC"), State.OK
    )
    assert "mx1.x.example" in found["MX"].sentence
    assert is_passing(list(found.values()))


def test_nothing_looked_at_passes_nothing() -> None:
    assert not is_passing([])
    assert is_passing([Finding("MX", State.WARN, "s", "r")])
    assert not is_passing([Finding("MX", State.OK, "s"), Finding("SPF", State.BAD, "s", "r")])


def test_a_domain_that_does_not_exist_fails_everywhere() -> None:
    found = check({})
    assert {finding.state for finding in found.values()} == {State.BAD}
    assert not any("réponse" in finding.sentence for finding in found.values())


def test_a_domain_with_accents_is_asked_for_in_ascii() -> None:
    twins = {
        name.replace("x.example", "xn--sant-epa.example"): records
        for name, records in good_zone().items()
    }
    zone = {"mx1.x.example": {"A": ["192.0.2.2"]}, **twins}
    assert is_passing(list(check(zone, "Santé.example").values()))


@pytest.mark.parametrize(
    "name", ["", " ", "localhost", "x", "a b.fr", "x..fr", "[127.0.0.1]", "é" * 300, "x.fr\n\ny"]
)
def test_what_is_no_domain_is_refused(name: str) -> None:
    with pytest.raises(NotADomain, match="domaine"):
        check_domain(name)


# No answer


@pytest.mark.parametrize(
    ("silent", "name"),
    [
        ("x.example", "SPF"),
        ("x.example", "MX"),
        ("mx1.x.example", "MX"),
        ("s1._domainkey.x.example", "DKIM"),
        ("_dmarc.x.example", "DMARC"),
    ],
)
def test_a_dns_that_says_nothing_is_not_an_absence(
    monkeypatch: pytest.MonkeyPatch, silent: str, name: str
) -> None:
    monkeypatch.setattr(records_module, "PATIENCE", 1.0)
    zone = good_zone()
    if silent == "mx1.x.example":
        zone["mx2.x.example"] = {"A": ["192.0.2.3"]}
    found = check({**zone, silent: None})[name]
    assert found.state == State.BAD
    assert found.sentence.startswith("Pas de réponse du DNS")


def test_a_machine_without_dns_gets_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_configuration(*_: Any, **__: Any) -> None:
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(dns.resolver.Resolver, "read_resolv_conf", no_configuration)
    found = check_domain("x.example", "s1")
    assert {finding.sentence[:22] for finding in found} == {"Pas de réponse du DNS "}


# MX


@pytest.mark.parametrize(
    ("records", "state", "says"),
    [
        ({"MX": ["0 ."]}, State.BAD, "jamais"),
        ({"A": ["192.0.2.1"]}, State.WARN, "Aucun MX"),
        ({"TXT": ['"x"']}, State.BAD, "Personne ne reçoit"),
        ({"MX": ["10 nulle-part.x.example."]}, State.BAD, "nulle-part.x.example n’existe pas"),
    ],
)
def test_a_domain_that_receives_nothing_is_said(
    records: Mapping[str, list[str]], state: State, says: str
) -> None:
    found = check(good_zone(**{"x.example": records}))["MX"]
    assert found.state == state
    assert says in found.sentence
    assert "x.example" in found.remedy


# SPF


def test_no_spf_is_said_with_the_record_to_add() -> None:
    found = spf("google-site-verification=1")
    assert found.state == State.BAD
    assert "v=spf1 mx include:X ~all" in found.remedy


def test_two_spf_records_are_none() -> None:
    texts = [txt("v=spf1 mx ~all"), txt("V=SPF1 include:_spf.y.example -all")]
    found = check(good_zone(**{"x.example": {"MX": ["10 mx1.x.example."], "TXT": texts}}))["SPF"]
    assert found.state == State.BAD
    assert "2 enregistrements SPF" in found.sentence


def test_what_the_record_points_to_is_the_affair_of_the_sending_service() -> None:
    assert spf("v=spf1 redirect=_spf.y.example").state == State.OK
    assert spf("v=spf1 include:absent.example ~all").state == State.OK


@pytest.mark.parametrize(
    ("text", "state", "says"),
    [
        ("v=spf1 mx", State.WARN, "autres serveurs"),
        ("v=spf1 mx ?all", State.WARN, "autres serveurs"),
        ("v=spf1 mx +all", State.BAD, "tout le monde"),
        ("v=spf1 mx all", State.BAD, "tout le monde"),
        ("v=spf1 MX -ALL", State.OK, "déclarés"),
        (
            "v=spf1 a/24 mx:x.example/24 exists:%{i}.x.example x-unknown=1 ~all",
            State.OK,
            "déclarés",
        ),
        ("v=spf1 includ:y.example ~all", State.BAD, "includ:y.example"),
        ("v=spf1 ip4 192.0.2.1 ~all", State.BAD, "« ip4 »"),
        ("v=spf1 mx,a ~all", State.BAD, "mx,a"),
        ("v=spf1 include: ~all", State.BAD, "include:"),
        ("v=spf1 redirect= ", State.BAD, "redirect="),
        ("v=spf1", State.WARN, "autres serveurs"),
        ("v=spf10 mx -all", State.BAD, "Rien ne dit"),
    ],
)
def test_an_spf_record_is_read_as_a_receiver_would(text: str, state: State, says: str) -> None:
    found = spf(text)
    assert found.state == state, found
    assert says in found.sentence


# DKIM


def test_a_key_in_several_pieces_and_behind_an_alias_is_read() -> None:
    zone = good_zone(**{"s1._domainkey.x.example": {"CNAME": ["k1.y.example."]}})
    zone["k1.y.example"] = {"TXT": [txt(f"k=rsa; p={rsa_key(2048)}")]}
    assert len(rsa_key(2048)) > 255
    found = check(zone)["DKIM"]
    assert found.state == State.OK
    assert "publiée" in found.sentence


def test_the_whole_name_of_the_record_may_be_given() -> None:
    found = check(good_zone(), selector=" s1._domainkey.x.example ")
    assert found["DKIM"].state == State.OK


def test_without_a_selector_it_is_asked_for() -> None:
    found = check(good_zone(), selector="  ")["DKIM"]
    assert found.state == State.BAD
    assert "DKIM_SELECTOR" in found.remedy


@pytest.mark.parametrize(
    ("text", "state", "says"),
    [
        ("v=DKIM1; k=rsa; p=", State.BAD, "vide"),
        ("v=DKIM1; k=rsa", State.BAD, "Aucune clé"),
        ("v=spf1 -all", State.BAD, "Aucune clé"),
        ("v=DKIM1; p=!!!!", State.BAD, "illisible"),
    ],
)
def test_a_key_that_is_none_is_said(text: str, state: State, says: str) -> None:
    found = dkim(text)
    assert found.state == state
    assert says in found.sentence
    assert "s1._domainkey.x.example" in found.remedy


def test_a_key_on_trial_is_not_believed_yet() -> None:
    found = dkim(f"v=DKIM1; t=y:s; p={rsa_key(2048)}")
    assert found.state == State.WARN
    assert "essai" in found.sentence


# DMARC


@pytest.mark.parametrize(
    ("texts", "state", "says"),
    [
        ([], State.BAD, "inconnu"),
        (["v=spf1 -all"], State.BAD, "inconnu"),
        (["v=DMARC1; p=none"] * 1 + ["v=DMARC1; p=reject"], State.BAD, "plusieurs"),
        (["v=DMARC1"], State.BAD, "p="),
        (["v=DMARC1; p=rejet; rua=mailto:a@x.example"], State.BAD, "p="),
        (["v=DMARC1; p=reject"], State.WARN, "comptes rendus"),
        (["v=DMARC1; p=reject; rua=https://x.example"], State.WARN, "comptes rendus"),
        (["v=DMARC1; p=none; rua=mailto:a@x.example"], State.WARN, "observe"),
        (["v=dmarc1 ;P=REJECT; RUA=mailto:a@x.example"], State.OK, "p=reject"),
    ],
)
def test_a_dmarc_record_is_read(texts: list[str], state: State, says: str) -> None:
    found = dmarc(*texts)
    assert found.state == state
    assert says in found.sentence


def test_no_dmarc_is_said_with_the_record_to_add() -> None:
    zone = good_zone()
    del zone["_dmarc.x.example"]
    found = check(zone)["DMARC"]
    assert found.state == State.BAD
    assert "_dmarc.x.example" in found.remedy
    assert "v=DMARC1; p=none; rua=mailto:postmaster@x.example" in found.remedy


def test_a_subdomain_follows_the_domain_above_it() -> None:
    above = {"TXT": [txt("v=DMARC1; p=reject; sp=none; rua=mailto:a@x.example")]}
    found = check({"_dmarc.x.example": above}, "lettre.du.x.example")["DMARC"]
    assert found.state == State.WARN
    assert "p=none" in found.sentence
    assert "_dmarc.x.example" in found.remedy


# Our own server


@pytest.mark.parametrize(
    ("reverse", "state"),
    [("smtp.x.example.", State.OK), ("vps-12.host.example.", State.WARN), (None, State.WARN)],
)
def test_our_own_server_needs_a_name_that_leads_back(reverse: str | None, state: State) -> None:
    zone = good_zone(
        **{
            "smtp.x.example": {"A": ["192.0.2.9"]},
            "vps-12.host.example": {"A": ["192.0.2.77"]},
        }
    )
    if reverse:
        zone["9.2.0.192.in-addr.arpa"] = {"PTR": [reverse]}
    found = check(zone, server="smtp.x.example")["PTR"]
    assert found.state == state
    assert "smtp.x.example" in found.sentence


def test_not_knowing_the_name_of_our_server_stops_no_letter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(records_module, "PATIENCE", 1.0)
    found = check(good_zone(**{"smtp.x.example": None}), server="smtp.x.example")
    assert found["PTR"].state == State.WARN
    assert is_passing(list(found.values()))


# The command


def run(monkeypatch: pytest.MonkeyPatch, zone: Zone, *arguments: str) -> str:
    output = StringIO()
    with serve(zone) as resolver:
        monkeypatch.setattr(domain_module, "Records", lambda _: records_module.Records(resolver))
        call_command("check_mail_domain", *arguments, stdout=output, no_color=True)
    return output.getvalue()


def test_the_command_checks_the_domain_of_the_sender(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    settings.DEFAULT_FROM_EMAIL = "PTSM 13 <contact@x.example>"
    settings.DKIM_SELECTOR = "s1"
    output = run(monkeypatch, good_zone())
    assert "Le courrier de x.example" in output
    assert output.count("✓") == 4
    assert "PTR" not in output
    assert "est prêt" in output


def test_the_command_looks_at_our_own_server_only(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    for host, is_ours in [("smtp.x.example", True), ("smtp.max.example", False), (None, False)]:
        settings.EMAIL_HOST = host
        output = run(monkeypatch, good_zone(), "x.example", "--selector", "s1")
        assert ("! PTR" in output) == is_ours


def test_the_command_fails_and_says_what_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    output = StringIO()
    with serve({}) as resolver:
        monkeypatch.setattr(domain_module, "Records", lambda _: records_module.Records(resolver))
        with pytest.raises(CommandError, match="pas prêt") as refused:
            call_command("check_mail_domain", "x.example", stdout=output, no_color=True)
    assert refused.value.returncode == 1
    assert output.getvalue().count("✗") == 4
    assert output.getvalue().count("→") == 4


@pytest.mark.parametrize("asked", ["", "pas un domaine"])
def test_the_command_refuses_what_is_no_domain(settings: LazySettings, asked: str) -> None:
    settings.DEFAULT_FROM_EMAIL = "portail@localhost"
    with pytest.raises(CommandError, match="domaine"):
        call_command("check_mail_domain", asked)
