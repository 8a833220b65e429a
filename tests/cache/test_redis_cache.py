"""What several machines keep in one Redis, and what readers see while it is away."""

from collections.abc import Iterator

from django.core.cache import BaseCache, caches
from django.test import Client, override_settings

import pytest

from portal.settings.redis_url import shared_cache
from tests.factories.home import make_home
from tests.servers.redis import Redis, has_redis, redis

pytestmark = pytest.mark.skipif(not has_redis(), reason="sudo apt-get install redis-server")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    with redis(tmp_path_factory.mktemp("redis")) as one:
        yield one


@pytest.fixture
def cache(server: Redis) -> Iterator[BaseCache]:
    names = ("default", "pages", "nearby")
    with override_settings(CACHES={name: shared_cache(server.url, name) for name in names}):
        yield caches["default"]


def test_what_one_machine_keeps_another_finds(cache: BaseCache, server: Redis) -> None:
    cache.set("word", {"a": [1, "é"]})
    with override_settings(CACHES={"default": shared_cache(server.url, "default")}):
        assert caches["default"].get("word") == {"a": [1, "é"]}
    assert caches["pages"].get("word") is None, "pages have keys of their own"
    assert cache.add("word", 1) is False
    cache.delete("word")
    assert cache.get_many(["word"]) == {}


@pytest.mark.django_db
def test_readers_read_while_redis_is_away(cache: BaseCache, server: Redis, client: Client) -> None:
    make_home()
    cache.set("word", 1)
    assert client.get("/").status_code == 200
    server.kill()
    try:
        assert client.get("/").status_code == 200
        assert client.get("/api/recherche", {"q": "tilleul"}).status_code == 200
        assert cache.get("word", "nothing") == "nothing"
        assert cache.get_many(["word"]) == {}
        assert cache.has_key("word") is False
        assert cache.add("form", 1) is True, "a form is not taken for one already sent"
        cache.set("word", 2)
        assert (cache.touch("word"), cache.delete("word")) == (False, False)
    finally:
        server.start()
    cache.set("word", 3)
    assert cache.get("word") == 3
