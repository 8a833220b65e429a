from typing import ClassVar, Self

from django.db.models import QuerySet

from wagtail.fields import StreamField

from portal.base.models import BasePage
from search.contracts import SearchDocument


class SearchablePage(BasePage):
    """A page that describes itself to the search engines, which never list page types."""

    #: A type code of the public data; empty for a page that is never an answer by itself.
    search_kind: ClassVar[str] = "PAGE_INFO"
    #: Other words for what this kind of page is, beside the name of its type.
    search_words: ClassVar[str] = ""

    class Meta:
        abstract = True

    @classmethod
    def to_index(cls) -> QuerySet[Self]:
        """The pages of this very type that readers may find, with what their documents tell."""
        return cls.objects.exact_type(cls).live().public().select_related("locale")

    @property
    def is_findable(self) -> bool:
        """Whether readers may find it, apart from being published and behind no restriction."""
        return bool(self.search_kind)

    def to_search_document(self) -> SearchDocument:
        """The page as engines index it; a child completes it with what it knows."""
        return SearchDocument(
            key=f"page:{self.pk}",
            page_id=self.pk,
            kind=self.search_kind,
            kind_words=f"{self._meta.verbose_name} {self.search_words}".strip(),
            title=self.title,
            url=self.url or "",
            language=self.locale.language_code,
            summary=self.summary,
            body=self.stream_text(),
        )

    def stream_text(self) -> str:
        """The words of its blocks, one piece a line, in the order of the page."""
        fields = [field for field in self._meta.get_fields() if isinstance(field, StreamField)]
        pieces = [
            piece
            for field in fields
            for piece in field.get_searchable_content(getattr(self, field.attname))
        ]
        return "\n".join(text for piece in pieces if (text := str(piece).strip()))
