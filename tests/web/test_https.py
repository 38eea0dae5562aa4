"""Https beside http, on either engine: pages, sockets and news through both at once."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import socketio

from facilitate.certificate import make_certificate, moment
from tests.web.conftest import ENGINES, Served, Server
from tests.web.device import WAIT, Device
from tests.web.points import point


class SecureDevice(Device):
    """A device that came by https and trusts the event's authority alone.

    Its socket goes through a pipe that speaks TLS in one thread: python-socketio's client reads and writes
    one TLS connection from two, which Python's ssl does not bear: one message in fifty never arrives.
    """

    authority = ""
    pipe = ""

    def sign_in(self) -> requests.Response:
        # What the machine itself trusts is left out of it.
        self.web.trust_env, self.web.verify = False, self.authority
        return super().sign_in()

    def _new_socket(self) -> Any:
        claims = {"origin": self.base, "host": urlsplit(self.base).netloc}
        return self._listening(socketio.Client(reconnection=False, websocket_extra_options=claims))

    def connect(self) -> None:
        """Open the socket through the pipe."""
        self.socket.connect(
            self.pipe, headers={"Cookie": self.cookie}, transports=["websocket"], wait_timeout=WAIT
        )
        self.wires.append(self.socket.eio.ws)


@contextmanager
def tls_pipe(secure: str, authority: str) -> Iterator[str]:
    """A plain address here whose bytes come and go by TLS at the hub's address for https."""
    loop = asyncio.new_event_loop()
    there, trust = urlsplit(secure), ssl.create_default_context(cafile=authority)

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(there.hostname, there.port, ssl=trust)
        await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))

    # In a thread of its own from first to last: beside a browser's tests another loop runs in this one.
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        opening = asyncio.run_coroutine_threadsafe(asyncio.start_server(carry, "127.0.0.1", 0), loop)
        listener = opening.result(WAIT)
        yield f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
        asyncio.run_coroutine_threadsafe(at_rest(listener), loop).result(WAIT)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def at_rest(listener: asyncio.Server) -> None:
    """Take no more, and wait until everything that was carried has ended."""
    listener.close()
    carried = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*carried, return_exceptions=True)


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Carry bytes one way until that side ends."""
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()
    writer.close()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_device_by_https_hears_what_one_by_http_says(serve: Server, engine: str) -> None:
    served = serve(engine)
    served.hub.stop()
    make_certificate(served.hub.folder, ["localhost"], [], moment())
    served.hub.start()
    authority = served.hub.folder / "keys" / "ca.crt"
    assert requests.get(f"{served.hub.base}/ca.crt", timeout=WAIT).content == authority.read_bytes()
    answer = requests.get(f"{served.hub.secure}/", verify=str(authority), timeout=WAIT)
    assert answer.status_code == 200
    with pytest.raises(requests.exceptions.SSLError):
        stranger(served.hub.secure)
    with tls_pipe(served.hub.secure, str(authority)) as pipe:
        SecureDevice.authority, SecureDevice.pipe = str(authority), pipe
        talk(served)
    assert "Traceback" not in served.hub.log


def talk(served: Served) -> None:
    """Two devices, one by https and one by http, hear each other."""
    with SecureDevice(served.hub.secure, served.codes["Fay"]) as secure, served.device("Fay") as plain:
        assert next(cookie for cookie in secure.web.cookies).secure
        secure.join()
        plain.join()
        plain.submit("record-comment", point(served, "Said by http"))
        secure.until(lambda: "Said by http" in texts(secure))
        secure.submit("record-comment", point(served, "Said by https"))
        plain.until(lambda: "Said by https" in texts(plain))


def stranger(address: str) -> None:
    """A device that does not trust the event's authority comes, and hangs up."""
    with requests.Session() as session:
        session.trust_env = False
        session.get(address, timeout=WAIT)


def texts(device: Device) -> list[str]:
    """What a device has been told that tables said."""
    return [value["text"] for (_, kind, _), value in device.seen.items() if kind == "comment"]
