"""The clock of each French department: settings may not wait for the applications to be read."""

PARIS = "Europe/Paris"
#: INSEE code to IANA time zone, for the departments and communities that are not on Paris time.
OVERSEAS = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}


def time_zone_of(department: str) -> str:
    """The IANA time zone of a department (INSEE code).

    >>> time_zone_of("974"), time_zone_of("67")
    ('Indian/Reunion', 'Europe/Paris')
    """
    return OVERSEAS.get(department, PARIS)
