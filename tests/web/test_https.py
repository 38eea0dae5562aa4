"""Https beside http, on either engine: pages, sockets and news through both at once."""

from __future__ import annotations

import pytest
import requests
import socketio

from facilitate.certificate import make_certificate, moment
from tests.web.conftest import ENGINES, Server
from tests.web.device import WAIT, Device
from tests.web.points import point


class SecureDevice(Device):
    """A device that came by https and trusts the event's authority alone."""

    authority = ""

    def _new_socket(self) -> socketio.Client:
        # What the machine itself trusts is left out of it.
        self.web.trust_env, self.web.verify = False, self.authority
        socket = socketio.Client(reconnection=False, http_session=self.web)
        socket.on("changes", self._changed)
        return socket


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
    SecureDevice.authority = str(authority)
    with SecureDevice(served.hub.secure, served.codes["Fay"]) as secure, served.device("Fay") as plain:
        assert next(cookie for cookie in secure.web.cookies).secure
        secure.join()
        plain.join()
        plain.submit("record-comment", point(served, "Said by http"))
        secure.until(lambda: "Said by http" in texts(secure))
        secure.submit("record-comment", point(served, "Said by https"))
        plain.until(lambda: "Said by https" in texts(plain))
    assert "Traceback" not in served.hub.log


def stranger(address: str) -> None:
    """A device that does not trust the event's authority comes, and hangs up."""
    with requests.Session() as session:
        session.trust_env = False
        session.get(address, timeout=WAIT)


def texts(device: Device) -> list[str]:
    """What a device has been told that tables said."""
    return [value["text"] for (_, kind, _), value in device.seen.items() if kind == "comment"]
