"""Words that mean something else than a place, as the search knows them."""

KNOWN = frozenset(
    """
    addiction ado adolescent aide alcool anxiete cattp centre clsm cmp cmpp consultation crise csapa
    depression ecoute enfant enfants famille gem gratuit hopital hopitaux jeune jeunes jour ligne
    maison medico mentale mort mourir psy psychiatre psychologique psychologue samsah sante suicide
    urgence urgences violence
    """.split()  # noqa: SIM905
)


def is_known(word: str) -> bool:
    return word in KNOWN
