"""The « name=value; name=value » of DKIM and DMARC records."""


def tags_of(text: str) -> dict[str, str]:
    """« v=DKIM1; k=rsa; p=… » as a dictionary."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, equals, value in pairs if equals}
