"""Digest of a document: it differs as soon as an indexed value differs."""

import hashlib
import json
from dataclasses import fields

from search.contracts import SearchDocument

_FIELDS = tuple(field.name for field in fields(SearchDocument))


def document_fingerprint(document: SearchDocument) -> str:
    """SHA-1 of the content of a document; the order of its facets and communes is no content."""
    content = {name: getattr(document, name) for name in _FIELDS}
    content["communes"] = sorted(document.communes)
    content["area"] = sorted(document.area)
    content["openings"] = sorted(document.openings)
    content["facets"] = {name: sorted(codes) for name, codes in document.facets.items() if codes}
    text = json.dumps(content, sort_keys=True)
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
