"""Facilitate: software for deliberative events, from the first document to the last signature."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session, sessionmaker

    from facilitate.config import Settings
    from facilitate.store.writer import Writer
    from facilitate.web.hub import Hub
    from facilitate.web.streams import Streams

__version__ = "0.1.0"


@dataclass(frozen=True)
class House:
    """One event opened for reading and writing, without any door."""

    settings: Settings
    database: Engine
    reads: sessionmaker[Session]
    writer: Writer
    new_id: Callable[[], str]

    def close(self) -> None:
        """Let go of the database."""
        self.database.dispose()


def open_house(settings: Settings) -> House:
    """Open an event's folder, bringing its database up to the newest shape.

    Errors: `sqlite-too-old`, `sqlite-not-durable`.
    """
    from uuid6 import uuid7

    from facilitate.logs import set_up_logs
    from facilitate.store.handovers import address_of
    from facilitate.store.session import migrate, open_store, read_sessions, write_sessions
    from facilitate.store.writer import Writer

    # Errors name codes and numbers only: a statement's parameters may hold names and words.
    set_up_logs(settings.log_level)
    settings.folder.mkdir(parents=True, exist_ok=True)
    migrate(settings.database_url)
    database = open_store(settings.database_url)
    reads = read_sessions(database)
    with reads() as session:
        settings = replace(settings, address=address_of(session))

    def new_id() -> str:
        return str(uuid7())

    writer = Writer(
        write_sessions(database),
        lambda: datetime.now(UTC),
        new_id,
        lambda: secrets.token_hex(16),
        settings.key("sign-in"),
    )
    return House(settings, database, reads, writer, new_id)


def find_folder(name: str) -> Path:
    """The templates or the built clients: beside the package when installed, else in the project.

    Errors: `folder-missing`.
    """
    from facilitate.domain.refusal import Refused

    package = Path(__file__).parent
    installed = {"templates": package / "templates", "clients": package / "clients_dist"}[name]
    source = {"templates": package.parent / "templates", "clients": package.parent / "clients" / "dist"}[name]
    for folder in (installed, source):
        if folder.is_dir():
            return folder
    raise Refused("folder-missing", f"The {name} of this installation are missing. Run scripts/setup.")


def create_app(settings: Settings, engine: Any) -> Flask:
    """Join the parts into one application; nothing else in the house joins them.

    Errors: `folder-missing`, `clients-missing`, whatever opening the store refuses.
    """
    from flask import Flask

    from facilitate.web.assets import Assets
    from facilitate.web.hub import Hub
    from facilitate.web.keeping import keep_captured
    from facilitate.web.push import Push
    from facilitate.web.registrar import KEYS, Registrar
    from facilitate.web.resume import answer_laptops
    from facilitate.web.routes import add_routes
    from facilitate.web.stamper import Stamper
    from facilitate.web.streams import Streams

    house = open_house(settings)
    settings = house.settings
    app = Flask("facilitate", template_folder=str(find_folder("templates")), static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=32 * 1024 * 1024, SECRET_KEY=settings.key("cookie"))
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    assets = Assets(find_folder("clients"))
    hub = Hub(settings, house.reads, house.writer, engine, house.new_id)
    streams = Streams(hub, secrets.token_hex(6))
    answer_laptops(hub)
    keep_captured(hub)
    Registrar(hub, Stamper(settings.folder / KEYS, engine.spawn, engine.sleep)).forget_old_keys()
    add_routes(app, hub, assets)
    push = Push(app, hub, streams)
    if settings.bench:
        from facilitate.web.bench import measure

        measure(push)
    app.extensions["facilitate"] = {"hub": hub, "streams": streams, "push": push, "house": house}
    _set_going(engine, house, hub, streams)
    return app


def _set_going(engine: Any, house: House, hub: Hub, streams: Streams) -> None:
    """Let everything that nobody asks for happen by itself."""
    from facilitate.store.session import empty_log
    from facilitate.web.beat import Beat
    from facilitate.web.courier import Courier
    from facilitate.web.tidying import Tidying

    engine.spawn(Beat(hub, streams).run)
    engine.spawn(Tidying(hub, partial(empty_log, house.database)).run)
    engine.spawn(Courier(hub, streams.tell_everybody).run)
