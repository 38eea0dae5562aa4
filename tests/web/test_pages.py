"""Which pages open to whom: every page, every role, a stranger, and a sign-in that has ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from facilitate.domain.people import Role, home_of
from facilitate.web.live import PAGES
from tests.cast import SCREEN
from tests.web.conftest import Served
from tests.web.device import WAIT

HOLDERS = {
    "chair": "Amara", "clerk": "Clement", "theme-team": "Thea", "teller": "Tess", "area-facilitator": "Ari",
    "facilitator": "Fay", "scribe": "Sol", "delegate": "Dara", "attendee": "Attila",
    "resource-person": "Rex", "signatory": "Sigrid", "screen": SCREEN,
    "body-officer": "Olu",
}  # fmt: skip
EVERY_PERSON = set(HOLDERS) - {"screen"}
# Page: who may open it. Anybody else is sent home, to a page of their own.
LIVE = {
    "/table": {"facilitator", "scribe"},
    "/phone": EVERY_PERSON - {"body-officer"},
    "/screen": {"screen"},
    "/desk": {"chair", "teller", "clerk"},
    "/desk/themes": {"theme-team"},
    "/questions": {"resource-person"},
    "/block": {"area-facilitator", "chair", "clerk"},
}
# Page: who may read it. Anybody else is told that it is not for them.
READ = {
    "/office": {"clerk"},
    "/office/people": {"clerk"},
    "/office/codes": {"clerk"},
    "/office/settings": {"clerk"},
    "/office/laptops": {"clerk"},
    "/desk/kept": {"clerk", "theme-team", "chair", "teller"},
    "/desk/read-in": {"clerk", "theme-team", "chair", "teller"},
    "/desk/paper": {"clerk", "theme-team", "chair", "teller"},
    "/documents/HOU": set(HOLDERS),
    "/balance": EVERY_PERSON,
    "/story": EVERY_PERSON,
    "/invitations": {"clerk", "chair"},
    "/bodies/NOR": {"delegate", "clerk", "chair", "body-officer"},
    "/submissions": {"body-officer"},
    "/submissions/new": {"body-officer"},
    "/npf": set(HOLDERS),
}
HOMES = {
    "chair": "/desk", "clerk": "/office", "theme-team": "/desk/themes", "teller": "/desk",
    "area-facilitator": "/block", "facilitator": "/table", "scribe": "/table", "delegate": "/phone",
    "attendee": "/phone", "resource-person": "/questions", "signatory": "/npf", "screen": "/screen",
    "body-officer": "/submissions",
}  # fmt: skip

pytestmark = pytest.mark.parametrize("served", ["eventlet"], indirect=True)


@pytest.fixture(params=sorted(HOLDERS))
def held(request: pytest.FixtureRequest, served: Served) -> Iterator[tuple[str, requests.Session, str]]:
    """A role, a browser that is signed in with it, and the hub's address."""
    device = served.device(HOLDERS[request.param])
    assert device.sign_in().headers["Location"] == HOMES[request.param]
    yield request.param, device.web, served.hub.base
    device.close()


def test_a_live_page_opens_to_its_roles_and_sends_others_home(
    held: tuple[str, requests.Session, str],
) -> None:
    role, web, base = held
    for page, roles in LIVE.items():
        answer = web.get(base + page, allow_redirects=False, timeout=WAIT)
        if role in roles:
            assert answer.status_code == 200, page
            assert f'data-page="{PAGES[page][0]}"' in answer.text
        else:
            assert (answer.status_code, answer.headers["Location"]) == (302, HOMES[role]), page


def test_a_page_to_read_opens_to_its_readers_alone(held: tuple[str, requests.Session, str]) -> None:
    role, web, base = held
    for page, roles in READ.items():
        answer = web.get(base + page, allow_redirects=False, timeout=WAIT)
        assert answer.status_code == (200 if role in roles else 403), page


def test_the_start_page_leads_everybody_home(held: tuple[str, requests.Session, str]) -> None:
    role, web, base = held
    answer = web.get(base + "/", allow_redirects=False, timeout=WAIT)
    assert answer.headers["Location"] == HOMES[role] == home_of([Role(role)])


@pytest.mark.parametrize("cookie", ["", "made-up"])
def test_a_stranger_is_asked_to_sign_in_and_sees_nothing(served: Served, cookie: str) -> None:
    for page in [*LIVE, *READ]:
        answer = requests.get(
            served.hub.base + page, cookies={"facilitate": cookie} if cookie else {}, timeout=WAIT,
            allow_redirects=False,
        )  # fmt: skip
        assert answer.status_code == 401, page
        assert "Homes for all" not in answer.text and "Fay" not in answer.text


def test_a_page_asks_for_nothing_but_the_hub(held: tuple[str, requests.Session, str]) -> None:
    role, web, base = held
    answer = web.get(base + HOMES[role], timeout=WAIT)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_table_of_pages_is_the_hub_s(served: Served) -> None:
    assert {page: {role.value for role in facts[3]} for page, facts in PAGES.items()} == LIVE
