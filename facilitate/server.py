"""Every stage: chooses the engine before any other import and serves; the only file that names an engine."""

from __future__ import annotations

import os
import re
import resource
import socket
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

BACKLOG = 4096
# eventlet's default of 1,024 concurrent requests makes every further one hang without a word.
MAX_SIZE = 20_000
# An older one of these lets a stranger stop the hub, or worse.
SAFE_SINCE = {"python-socketio": (5, 18), "python-engineio": (4, 15), "eventlet": (0, 41)}


@dataclass(frozen=True)
class Engine:
    """What the application may ask of the engine that runs it."""

    name: str
    spawn: Callable[..., Any]
    sleep: Callable[[float], None]
    off_loop: Callable[..., Any]
    listen: Callable[[str, int], Any]
    # The third is the certificate and its key where the listener is for https.
    serve: Callable[[Any, Any, tuple[str, str] | None], None]
    # Writes a whole frame to a WebSocket without waiting, if that can be done now; not every engine can.
    write_now: Callable[[Any, bytes], bool] | None = None


def refuse_holed(installed: Callable[[str], str] = version) -> None:
    """Do not serve a hall with a package in which a published hole is open."""
    for name, oldest in SAFE_SINCE.items():
        found = installed(name)
        if tuple(int(part) for part in re.findall(r"\d+", found)[:2]) < oldest:
            least = ".".join(map(str, oldest))
            sys.exit(f"{name} {found} has published security holes; at least {least} is needed. "
                     "scripts/setup installs it.")


def choose_engine(name: str) -> Engine:
    """Patch the standard library for one engine and say how it spawns, sleeps and serves."""
    refuse_holed()
    _raise_file_limit()
    engines = {"eventlet": _eventlet, "gevent": _gevent}
    if name not in engines:
        sys.exit(f"FACILITATE_ENGINE is “{name}”; it can be {' or '.join(engines)}.")
    return engines[name]()


def _raise_file_limit() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536 if hard == resource.RLIM_INFINITY else min(65_536, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _eventlet() -> Engine:
    warnings.filterwarnings("ignore", message="(?s).*Eventlet is deprecated.*")
    import eventlet

    eventlet.monkey_patch()
    import ssl

    from eventlet import tpool, websocket, wsgi

    # Browsers offer permessage-deflate; taking it costs two and a half times the memory of a connection.
    websocket.WebSocketWSGI._negotiate_permessage_deflate = _decline
    _patch_psycopg("eventlet")

    def listen(host: str, port: int) -> Any:
        return _at_once(eventlet.listen((host, port), backlog=BACKLOG))

    def serve(listener: Any, app: Any, certificate: tuple[str, str] | None) -> None:
        if certificate:
            listener = _tls(certificate).wrap_socket(listener, server_side=True)
        options = {"log_output": False, "max_size": MAX_SIZE, "keepalive": 65, "debug": False}
        wsgi.server(listener, app, protocol=_Calm, **options)

    class _Calm(wsgi.HttpProtocol):  # type: ignore[misc]
        def handle(self) -> None:
            # A browser that does not trust the certificate hangs up in the middle: no fault of the hub.
            with suppress(ssl.SSLError):
                super().handle()

    write_now = _write_now(eventlet.spawn)
    return Engine("eventlet", eventlet.spawn, eventlet.sleep, tpool.execute, listen, serve, write_now)


def _tls(certificate: tuple[str, str]) -> Any:
    # Only now: the engine has put its own in the place of the standard library's.
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(*certificate)
    return context


def _at_once(listener: Any) -> Any:
    # Connections inherit it: without it the second half of an answer waits 40 ms for the first to be read.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _write_now(spawn: Callable[..., Any]) -> Callable[[Any, bytes], bool]:
    """Writing a frame to an idle socket of eventlet's without waiting."""

    def write_now(socket: Any, frame: bytes) -> bool:
        if not hasattr(socket.socket, "fd"):
            # A connection with https: a frame must go through its cipher.
            return False
        lock = socket._sendlock
        if lock.locked() or not lock.acquire(blocking=False):
            return False
        try:
            sent = socket.socket.fd.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            # The connection has gone; whoever waits on it will notice.
            lock.release()
            return True
        if sent == len(frame):
            lock.release()
        elif sent:
            # What is left goes out before anything else: the lock is held until it has.
            spawn(finish, socket, frame[sent:])
        else:
            lock.release()
            return False
        return True

    def finish(socket: Any, rest: bytes) -> None:
        try:
            socket.socket.sendall(rest)
        except OSError:
            pass
        finally:
            socket._sendlock.release()

    return write_now


def _decline(*_args: Any, **_kwargs: Any) -> None:
    return None


def _gevent() -> Engine:
    from gevent import monkey

    monkey.patch_all()
    import gevent
    from gevent import socket as green_socket

    _patch_psycopg("gevent")

    def off_loop(work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return gevent.get_hub().threadpool.apply(work, args, kwargs)

    def listen(host: str, port: int) -> Any:
        listener = green_socket.socket()
        listener.setsockopt(green_socket.SOL_SOCKET, green_socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
        return _at_once(listener)

    def serve(listener: Any, app: Any, certificate: tuple[str, str] | None) -> None:
        secure = {"ssl_context": _tls(certificate)} if certificate else {}
        server(listener, app, log=None, handler_class=handler, **secure).serve_forever()

    server, handler = _gevent_server()
    return Engine("gevent", gevent.spawn, gevent.sleep, off_loop, listen, serve)


def _gevent_server() -> tuple[type, type]:
    """Gevent's server and its handler of requests, each mended in one point."""
    import ssl

    from gevent import pywsgi

    class Calm(pywsgi.WSGIServer):  # type: ignore[misc]
        def wrap_socket_and_handle(self, client_socket: Any, address: Any) -> Any:
            # A browser that does not trust the certificate hangs up in the middle: no fault of the hub.
            with suppress(ssl.SSLError, ConnectionError):
                return super().wrap_socket_and_handle(client_socket, address)

    class EndsWithItsSocket(pywsgi.WSGIHandler):  # type: ignore[misc]
        def run_application(self) -> None:
            super().run_application()
            # Otherwise the connection of a WebSocket that was closed waits for a next request, and whoever
            # closed it waits seconds for its end.
            if "HTTP_UPGRADE" in self.environ:
                self.close_connection = True

    return Calm, EndsWithItsSocket


def _patch_psycopg(engine: str) -> None:
    if engine == "eventlet":
        from psycogreen.eventlet import patch_psycopg
    else:
        from psycogreen.gevent import patch_psycopg
    patch_psycopg()


def main_box() -> None:
    """Serve one ballot box; its settings come from the environment, its hub through a pipe or by a code."""
    held = bool(os.environ.get("FACILITATE_BOX_HELD"))
    hello = sys.stdin.readline() if held else ""
    engine = choose_engine(os.environ.get("FACILITATE_ENGINE", "eventlet"))
    from facilitate.box.start import open_box
    from facilitate.config_box import read_box_settings
    from facilitate.domain.refusal import Refused
    from facilitate.logs import set_up_logs

    os.umask(0o077)
    try:
        settings = read_box_settings()
        set_up_logs(settings.log_level)
        opened = open_box(settings.folder, engine.spawn, engine.sleep, hello, settings.show_code)
        listener = _listen(engine, settings.host, settings.port)
    except Refused as refusal:
        sys.exit(refusal.sentence)
    print(opened.told(listener.getsockname()[1]) if held else settings.words, flush=True)
    if held:
        # The hub's end of the pipe closes when the hub ends, however it ends.
        engine.spawn(engine.off_loop, _end_with, sys.stdin)
    engine.serve(listener, opened.app, settings.certificate)


def _end_with(pipe: Any) -> None:
    pipe.read()
    os._exit(0)


def main() -> None:
    """Serve one event; everything comes from the environment, where the command line put it."""
    engine = choose_engine(os.environ.get("FACILITATE_ENGINE", "eventlet"))
    from facilitate import create_app
    from facilitate.certificate import find_certificate, moment, renew_certificate
    from facilitate.config import own_addresses, read_settings
    from facilitate.domain.refusal import Refused

    try:
        settings = read_settings()
        if renew_certificate(settings.folder, own_addresses(), moment()):
            settings = read_settings()
        certificate = find_certificate(settings.folder)
        listener = _listen(engine, settings.host, settings.port)
        settings = replace(settings, port=listener.getsockname()[1])
        secure = _listen(engine, settings.host, settings.https_port) if certificate else None
        if secure:
            settings = replace(settings, https_port=secure.getsockname()[1])
        app = create_app(settings, engine)
    except Refused as refusal:
        sys.exit(refusal.sentence)
    print(f"facilitate: listening on port {settings.port}", flush=True)
    if secure and certificate:
        print(f"facilitate: https at {settings.https_base}", flush=True)
        engine.spawn(engine.serve, secure, app, (str(certificate.chain), str(certificate.key)))
    engine.serve(listener, app, None)


def _listen(engine: Engine, host: str, port: int) -> Any:
    from facilitate.domain.refusal import Refused

    try:
        return engine.listen(host, port)
    except OSError as error:
        raise Refused(
            "bad-setting", f"Port {port} cannot be used: {error.strerror}. Choose another with --port, for "
            "https with FACILITATE_HTTPS_PORT.",
        ) from error


if __name__ == "__main__":
    main_box() if sys.argv[1:] == ["box"] else main()
