"""What every test may ask for: a real browser, a real PostgreSQL, and hypothesis without a stopwatch."""

from __future__ import annotations

from hypothesis import settings

from tests.people import (
    founded,
    founded_postgres,
    founded_talking,
    hall,
    postgres_talking,
    talking,
)
from tests.support.browser import (
    browser_context_args,
    browser_type_launch_args,
    pytest_collection_modifyitems,
    whole_browser_launch_args,
)
from tests.support.hub import new_hub
from tests.support.postgres import postgres_server, postgres_url

__all__ = [
    "browser_context_args",
    "browser_type_launch_args",
    "founded",
    "founded_postgres",
    "founded_talking",
    "hall",
    "new_hub",
    "postgres_server",
    "postgres_talking",
    "postgres_url",
    "pytest_collection_modifyitems",
    "talking",
    "whole_browser_launch_args",
]

# Two cores are shared with a browser and a database: a slow example is no failure.
settings.register_profile("facilitate", deadline=None, print_blob=True)
settings.load_profile("facilitate")
