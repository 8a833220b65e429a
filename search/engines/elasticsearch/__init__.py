"""The search server: Elasticsearch 8 or OpenSearch 2.

The only package that imports ``elasticsearch``.
"""

from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
