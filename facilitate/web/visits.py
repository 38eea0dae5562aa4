"""Hall: under which session a request acts: a device's own, or that of whoever votes at a kiosk."""

from __future__ import annotations

from facilitate.web.hub import Hub, token_hash

# Beside the kiosk's cookie; the page alone holds it, so that nothing of a delegate is kept by the browser.
VISIT = "Facilitate-Visit"


def visit_hash(token: str) -> str:
    """What is stored of a visit's token; as a cookie the same token is worth nothing."""
    return token_hash(f"visit {token}")


def shown_session(hub: Hub, cookie: str, visit: str | None) -> str:
    """The hash of the session under which a request acts; "" for a visit that is not of this kiosk."""
    own = token_hash(cookie)
    if not visit:
        return own
    kiosk, delegate = hub.who(own), hub.who(visit_hash(visit))
    if kiosk is None or delegate is None or delegate.person is None or kiosk.person is not None:
        return ""
    return visit_hash(visit) if kiosk.device == delegate.device else ""
