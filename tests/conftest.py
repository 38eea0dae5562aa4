"""What every test may ask for: a real browser, a real PostgreSQL, and hypothesis without a stopwatch."""

from __future__ import annotations

from hypothesis import settings

from tests.people import founded, founded_postgres, hall, talking
from tests.support.browser import (
    browser_context_args,
    browser_type_launch_args,
    pytest_collection_modifyitems,
)
from tests.support.hub import new_hub
from tests.support.postgres import postgres_server, postgres_url

__all__ = [
    "browser_context_args",
    "browser_type_launch_args",
    "founded",
    "founded_postgres",
    "hall",
    "new_hub",
    "postgres_server",
    "postgres_url",
    "pytest_collection_modifyitems",
    "talking",
]

# Two cores are shared with a browser and a database: a slow example is no failure.
settings.register_profile("facilitate", deadline=None, print_blob=True)
settings.load_profile("facilitate")
