from typing import ClassVar

from portal.base.models import BasePage
from search.contracts import SearchDocument


class SearchablePage(BasePage):
    """A page that describes itself to the search engines, which never list page types."""

    search_kind: ClassVar[str] = "PAGE_INFO"

    class Meta:
        abstract = True

    def to_search_document(self) -> SearchDocument:
        """The page as engines index it; a child completes it with what it knows."""
        return SearchDocument(
            key=f"page:{self.pk}",
            page_id=self.pk,
            kind=self.search_kind,
            title=self.title,
            url=self.url or "",
            language=self.locale.language_code,
            summary=self.summary,
        )
