"""Every stage: the live protocol over Socket.IO: join, submit, changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import structlog
from flask import Flask, request
from flask_socketio import SocketIO

from facilitate.domain.people import Actor, audiences_of
from facilitate.domain.refusal import Refused
from facilitate.web.encoded import Encoded, Json
from facilitate.web.frames import Frames
from facilitate.web.hub import Hub, broken, signed_out
from facilitate.web.streams import Listener, Streams
from facilitate.web.visits import shown_session
from facilitate.wire import parse_join

log = structlog.get_logger()
COOKIE = "facilitate"


@dataclass(frozen=True)
class Caller:
    """One connected device."""

    sid: str
    session: str


class Push:
    """Socket.IO for one hub; hot handlers stand on the server itself, without Flask's request context."""

    def __init__(self, app: Flask, hub: Hub, streams: Streams) -> None:
        self.hub = hub
        self.streams = streams
        self.callers: dict[str, Caller] = {}
        self.socketio = SocketIO(
            app,
            async_mode=hub.engine.name,
            transports=["websocket"],
            cors_allowed_origins=hub.settings.allowed_origins,
            ping_interval=20,
            ping_timeout=20,
            max_http_buffer_size=1_000_000,
            logger=False,
            engineio_logger=False,
            json=Json,
        )
        self.server = self.socketio.server
        self.frames = Frames(self.server, hub.engine)
        self.socketio.on_event("connect", self._connect)
        self.server.on("disconnect", self._disconnect)
        self.server.on("join", self._join)
        self.server.on("submit", self._submit)
        streams.send = self._send
        streams.rejoin = self._rejoin
        streams.dismiss = self.server.disconnect

    def _connect(self, shown: Any = None) -> bool:
        # engine.io checks the origin against the list; a missing one is refused here as well.
        if not request.headers.get("Origin"):
            return False
        visit = shown.get("visit") if isinstance(shown, dict) else None
        hashed = shown_session(
            self.hub, request.cookies.get(COOKIE, ""), visit if isinstance(visit, str) else None
        )
        if self.hub.who(hashed) is None:
            return False
        sid: str = request.sid  # type: ignore[attr-defined]
        self.callers[sid] = Caller(sid, hashed)
        return True

    def _disconnect(self, sid: str, *_reason: Any) -> None:
        self.callers.pop(sid, None)
        self.streams.leave(sid)

    def _join(self, sid: str, raw: Any = None) -> Encoded | dict[str, Any]:
        try:
            actor = self._actor(sid)
            # Asked after the reading, during which the device may have gone.
            caller = self.callers.get(sid)
            if caller is None or actor is None:
                raise signed_out()
            self.hub.pace.join(actor.id)
            asked = parse_join(raw or {})
            audiences = audiences_of(actor, echo=True)
            return self.streams.join(Listener(sid, caller.session, actor, audiences), asked)
        except Refused as refusal:
            return {"ok": False, "refusal": refusal.as_dict()}
        except Exception:
            log.exception("join-failed")
            return {"ok": False, "refusal": broken().as_dict()}

    def _submit(self, sid: str, raw: Any = None) -> dict[str, Any]:
        caller = self.callers.get(sid)
        return self.hub.answer(self._actor(sid), raw, caller.session if caller else None)

    def _actor(self, sid: str) -> Actor | None:
        caller = self.callers.get(sid)
        return self.hub.who(caller.session) if caller else None

    def _send(self, audience: str, batch: dict[str, Any]) -> None:
        self.frames.send(self.streams.devices(audience), "changes", batch)

    def _rejoin(self, sid: str) -> None:
        self.frames.send([sid], "rejoin", {})
