"""Every stage: how fast one device may ask; far above what a person does, far below what hurts."""

from __future__ import annotations

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from facilitate.domain.refusal import Refused

# A laptop's whole backlog, five hundred points, goes through at once.
COMMANDS = parse("1000 per 10 seconds")
# A snapshot is dear; a device asks for one when it comes, and after a break.
JOINS = parse("60 per 10 seconds")
# A body that has written all it sends in beforehand; nobody reads faster than this.
SENDINGS = parse("30 per minute")


class Pace:
    """Counts what each actor asks; by person or device, never by address: a hall shares one."""

    def __init__(self) -> None:
        self._windows = SlidingWindowCounterRateLimiter(MemoryStorage())

    def command(self, actor: str) -> None:
        """Let one more command through, or ask the device to wait.

        Errors: `busy`; a device that kept what it sent sends it again by itself.
        """
        self._hit(COMMANDS, "command", actor)

    def join(self, actor: str) -> None:
        """Let one more question for a whole stream through, or ask the device to wait.

        Errors: `busy`.
        """
        self._hit(JOINS, "join", actor)

    def sending(self, actor: str) -> None:
        """Let a body send in once more, or ask it to wait.

        Errors: `busy`.
        """
        if not self._windows.hit(SENDINGS, "sending", actor):
            raise Refused(
                "busy",
                "That was a lot within a minute. Nothing was sent; what you wrote is still here: wait a "
                "minute and send it again.",
            )

    def _hit(self, limit: RateLimitItem, what: str, actor: str) -> None:
        if not self._windows.hit(limit, what, actor):
            raise Refused(
                "busy",
                "This device asks more often than anybody could. Nothing was changed; wait ten seconds.",
            )
