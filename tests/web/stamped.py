"""A hub with a certificate, its registrar and its ballot box, and phones that come to it by https."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from facilitate.certificate import make_certificate, moment
from tests.support.hub import Hub
from tests.web.devices import DeviceHall, found

BALLOT = "01900000-0000-7000-8000-000000000001"
PORTS = {"FACILITATE_BOX_PORT": "0", "FACILITATE_STAMP_JITTER": "0"}


class SecureHall(DeviceHall):
    """The cast's event, whose phones came by https."""

    def phone(self, name: str, **context: Any) -> Page:
        """A delegate's phone."""
        size = {"width": 360, "height": 740}
        made = self.new_context(**{"viewport": size, "ignore_https_errors": True, **context})
        page: Page = made.new_page()
        page.on("pageerror", lambda error: self._fail(name, error))
        self.sign_in(page, name)
        return page

    def sign_in(self, page: Page, name: str) -> None:
        """Sign somebody's browser in by https."""
        base = self.hub.secure
        asked = {"form": {"code": self.code(name)}, "headers": {"Origin": base}, "max_redirects": 0}
        answer = page.request.post(f"{base}/sessions", **asked)  # type: ignore[arg-type]
        assert answer.status == 303, answer.text()
        page.goto(base + answer.headers["location"])

    def ballot(self) -> dict[str, Any]:
        """The ballot as the desk sees it."""
        seen: dict[str, Any] = self.sees("desk")["ballot"][BALLOT]
        return seen

    def document_and_passage(self, reference: str) -> tuple[str, str]:
        """The ids of a passage, by its reference, and of its document."""
        passages = self.sees("desk")["passage"].values()
        passage = next(each for each in passages if each["ref"] == reference)
        return passage["document"], passage["id"]

    def draft(self, **other: Any) -> None:
        """Prepare a stamped ballot."""
        self.chair(
            "draft-ballot",
            **{
                "item": BALLOT, "motion": None, "question": "Shall the hall be warmer?",
                "form": "for-against", "options": [], "trust": "stamped", "purpose": "binding",
                "rules": None, **other,
            },
        )  # fmt: skip

    def announce(self, **other: Any) -> None:
        """Prepare a stamped ballot and announce it."""
        self.draft(**other)
        self.chair("announce-ballot", ballot=other.get("item", BALLOT))


@contextmanager
def stamping(
    folder: Path, new_context: Callable[..., Any], settings: dict[str, str] = PORTS
) -> Iterator[SecureHall]:
    """The event, served with everything that a stamped ballot needs."""
    house = found(folder)
    make_certificate(folder, ["localhost"], [], moment())
    hub = Hub(folder, settings=dict(settings))
    hub.start()
    try:
        yield SecureHall(house, hub, new_context)
    finally:
        hub.stop()
        house.close()
