"""The machines: the one that takes the mail of a domain, and our own that sends it."""

from django.utils.translation import gettext as _

from portal.mail.domain.findings import Finding, State
from portal.mail.domain.records import Records


def check_mx(records: Records, domain: str) -> Finding:
    servers = records.mx(domain)
    remedy = _(
        "Demandez à votre hébergeur une boîte aux lettres sur {domain}, et l’enregistrement MX "
        "qui va avec : les réponses et les messages refusés y reviennent."
    ).format(domain=domain)
    if not servers and not records.addresses(domain):
        return Finding("MX", State.BAD, _("Personne ne reçoit le courrier de ce domaine."), remedy)
    if servers == ["."]:
        sentence = _("Ce domaine déclare ne jamais recevoir de courrier.")
        return Finding("MX", State.BAD, sentence, remedy)
    if not servers:
        sentence = _("Aucun MX : le courrier irait au serveur web, qui n’en reçoit sans doute pas.")
        return Finding("MX", State.WARN, sentence, remedy)
    if not any(records.addresses(server) for server in servers):
        sentence = _("Le serveur {server} n’existe pas.").format(server=servers[0])
        return Finding("MX", State.BAD, sentence, remedy)
    sentence = _("Le courrier de ce domaine arrive à {server}.").format(server=servers[0])
    return Finding("MX", State.OK, sentence)


def check_ptr(records: Records, server: str) -> Finding:
    """Whether the address of our server has a name that leads back to it."""
    addresses = records.addresses(server)
    nameless = [
        address
        for address in addresses
        if not any(address in records.addresses(name) for name in records.names_of(address))
    ]
    if addresses and not nameless:
        sentence = _("L’adresse du serveur {server} porte son nom.").format(server=server)
        return Finding("PTR", State.OK, sentence)
    return Finding(
        "PTR",
        State.WARN,
        _("L’adresse du serveur {server} ne porte pas son nom : on s’en méfiera.").format(
            server=server
        ),
        _(
            "Demandez à l’hébergeur du serveur que l’adresse inverse (PTR) de {address} soit "
            "{server}."
        ).format(address=nameless[0] if nameless else server, server=server),
    )
