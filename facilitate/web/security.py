"""Every stage: what every answer carries and every request must show: headers, origins, cookies."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Flask, Response, request

from facilitate.domain.refusal import Refused

_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
POLICY = "; ".join(f"{name} {sources}" for name, sources in _SOURCES.items())


def policy_with(box: str | None) -> str:
    """The policy of a page that may also talk to the ballot box."""
    return POLICY.replace("connect-src 'self'", f"connect-src 'self' {box}") if box else POLICY


_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def guard(app: Flask, origins: list[str], box: Callable[[], str | None]) -> None:
    """Refuse writing requests from elsewhere, and give every answer its headers.

    Shape: `box` gives the ballot box's address, which is the one place beside the hub that pages talk to.
    """
    allowed = set(origins)

    @app.before_request
    def own_pages_only() -> None:
        if request.method in _READING:
            return
        origin = request.headers.get("Origin")
        if origin is None and request.headers.get("Sec-Fetch-Site") in ("same-origin", None):
            origin = _origin_of(request.headers.get("Referer", ""))
        if origin not in allowed and origin != _origin_of(request.host_url):
            raise Refused("foreign-origin", "This request came from another site and was not carried out.")

    @app.after_request
    def headers(answer: Response) -> Response:
        answer.headers.setdefault("Content-Security-Policy", policy_with(box()))
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")
        answer.headers.setdefault("Referrer-Policy", "same-origin")
        answer.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        answer.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if answer.mimetype == "text/html" or answer.mimetype == "application/json":
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer


def _origin_of(url: str) -> str | None:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else None
