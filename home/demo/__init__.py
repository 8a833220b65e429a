"""Setting up of a portal: plain data files, and builders that make them pages and snippets.

``seed_demo`` and ``start_portal`` (in ``portal.py``) are the only doors. Each builder reads
one kind of file and goes through the models, so that what an editor may not save cannot be
seeded either.
"""
