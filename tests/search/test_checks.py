"""What is refused at start: a search server that could not be spoken to, or overheard."""

import pytest

from search.checks import search_server_can_be_reached


@pytest.fixture
def messages(settings):
    """The identifiers of what is said of these settings."""

    def messages(url: str, index: str = "ptsm", *, is_public: bool = True) -> list[str]:
        settings.SEARCH_URL = url
        settings.SEARCH_INDEX = index
        settings.PORTAL_IS_PRODUCTION = is_public
        return [message.id for message in search_server_can_be_reached()]

    return messages


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://recherche.example.org",
        "https://compte:mot%20de%20passe@recherche.example.org:9200/chemin",
        "http://127.0.0.1:9200",
        "http://10.0.0.4:9200",
        "http://elasticsearch:9200",
        "http://[::1]:9200",
        "https://un.example.org,https://deux.example.org:9200,https://trois.example.org",
    ],
)
def test_an_address_that_can_be_reached_is_accepted(messages, url):
    assert messages(url) == []


@pytest.mark.parametrize(
    "url",
    [
        "recherche.example.org:9200",
        "http://recherche",
        "ftp://recherche.example.org:21",
        "http://:9200",
        "https://recherche.example.org:neuf",
        "http://[::1:9200",
        "https://un.example.org,",
        "https://un.example.org,deux.example.org:9200",
    ],
)
def test_what_is_no_address_is_refused(messages, url):
    assert messages(url) == ["search.E101"]


def test_words_that_would_cross_the_internet_in_clear_are_warned_about(messages):
    assert messages("http://recherche.example.org:9200") == ["search.W101"]
    assert messages("http://recherche.example.org:9200", is_public=False) == []


@pytest.mark.parametrize("index", ["", "PTSM", "ptsm*", "_ptsm", "pt sm", "a,b", "é"])
def test_what_is_no_name_of_an_index_is_refused(messages, index):
    assert messages("http://127.0.0.1:9200", index) == ["search.E102"]
