"""Hall: every page of the house as somebody has it open, and a watch over what their browser does."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from facilitate.web.office.drafts import fingerprint
from tests.pages.prepared import DRAFTED
from tests.pages.states import ORDER, BusyDay
from tests.rehearsal.demo import DEMO

DRAFT = fingerprint((DEMO / DRAFTED).read_bytes())
VOTING = (
    "announced",
    "open",
    "counted",
    "carried",
    "lost",
    "tied",
    "several",
    "chosen",
    "hands",
    "declared",
    "recalled",
    "voided",
    "too-few",
    "level",
    "sections",
    "split",
    "cards",
    "card-vote",
    "closed",
)
TALKING = ("before", "opened", "waiting", "round", "wall", "themes")
HALL = (*TALKING, *VOTING)
# What stands open all day is loaded once and told what changes.
LIVE = ("/phone", "/table", "/screen", "/desk", "/desk/themes", "/block/Hall", "/questions", "/kiosk")


@dataclass(frozen=True)
class View:
    """One page: who has it open, where, in which states; `keys` are pressed once it is there."""

    name: str
    role: str
    path: str
    states: tuple[str, ...]
    at: int = 0
    keys: str = ""
    whole: bool = True

    @property
    def is_screen(self) -> bool:
        """A big screen has no keyboard and no small window."""
        return self.role == "screen"


def _office() -> list[View]:
    first = ("", "documents", "delegations", "tables", "people", "submissions")
    places = (*first, "programme", "screens", "codes", "laptops", "settings")
    paths = [f"/office/{place}".rstrip("/") for place in places]
    return [View(path[1:].replace("/", " "), "clerk", path, ("themes",)) for path in paths]


VIEWS = (
    View("sign-in", "", "/", ("before",)),
    View("ballot record", "delegate", "/ballots/1", ("carried",)),
    View("ballot record by cards", "delegate", "/ballots/10", ("cards", "card-vote")),
    View("cards", "teller", "/desk/cards", ("before", "cards")),
    View("ballot record by sections", "delegate", "/ballots/9", ("sections", "split")),
    View("refused", "", "/office", ("before",)),
    View("prove a list", "", "/verify", ("before",)),
    View("document before it is frozen", "clerk", f"/office/documents/drafts/{DRAFT}?at=2", ("themes",)),
    View("laptops afterwards", "clerk", "/office/laptops", ("closed",)),
    *_office(),
    View("phone", "delegate", "/phone", ("before", "round", "themes", *VOTING), at=2),
    View("phone without a vote", "attendee", "/phone", ("round", "open")),
    View(
        "table",
        "facilitator",
        "/table",
        ("before", "waiting", "round", "wall", "closed", "erased"),
        whole=False,
    ),
    View("table keys", "facilitator", "/table", ("round",), keys="Alt+k", whole=False),
    View("table read back", "facilitator", "/table", ("round",), keys="Alt+r", whole=False),
    View("screen", "screen", "/screen", HALL, whole=False),
    View(
        "desk",
        "chair",
        "/desk",
        ("before", "round", "wall", "announced", "open", "counted", "tied", "hands", "level", "sections",
         "closed"),
        whole=False,
    ),
    View(
        "desk ballots", "chair", "/desk", ("before", "hands", "split", "card-vote"), keys="Alt+b",
        whole=False,
    ),
    View("desk tables as a list", "chair", "/desk", ("round",), keys="Alt+l", whole=False),
    View("desk missing", "chair", "/desk", ("themes",), keys="Alt+m", whole=False),
    View("theme desk", "theme-team", "/desk/themes", ("before", "round", "themes", "closed"), whole=False),
    View("questions", "resource-person", "/questions", ("before", "round", "themes")),
    View("block", "area-facilitator", "/block/Hall", ("before", "round", "themes"), at=1),
    View("document", "delegate", "/documents/HOU", ("carried",), at=2),
    View("read in", "theme-team", "/desk/read-in", ("round",)),
    View("paper sheets", "theme-team", "/desk/paper", ("round",)),
    View("ballot papers", "teller", "/desk/ballot-papers", ("before", "open")),
    View("ballot box", "teller", "/desk/ballot-box", ("before",)),
    View("reports", "chair", "/desk/reports", ("before", "closed")),
    View("kiosk", "kiosk", "/kiosk", ("before", "open", "closed")),
    View("kiosk set up", "teller", "/kiosk", ("before",)),
    View("kept as they came", "theme-team", "/desk/kept", ("before", "round")),
    View("balance", "clerk", "/balance", ("carried", "signed")),
    View("behind a number of the balance", "clerk", "/balance/comments/ended", ("signed",)),
    View("own points", "delegate", "/story", ("themes", "signed"), at=2),
    View("people to invite", "clerk", "/invitations", ("signed",)),
    View("fates of a body", "clerk", "/bodies/CLP-001", ("signed",)),
    View("story of a comment", "delegate", "/story/1-1", ("themes", "signed"), at=2),
    View("story of a submission", "delegate", "/story/S-003", ("signed",), at=2),
    View("drafts", "signatory", "/npf/drafts", ("before",)),
    View("draft", "signatory", "/npf/drafts/SKI", ("before",)),
    View("points on a draft", "clerk", "/npf/drafts/SKI/points", ("before",)),
    View("drafts in the office", "clerk", "/office/drafts", ("before",)),
    View("story of a point on a draft", "signatory", "/story/D-001", ("before",)),
    View("outcomes", "signatory", "/npf", ("closed", "signed")),
    View("outcome", "signatory", "/npf/HOU", ("closed", "offered", "signed")),
    View("outcome for the clerk", "clerk", "/npf/HOU", ("closed", "offered")),
)


def views_in(state: str) -> list[View]:
    """The pages that somebody looks at in this state."""
    return [view for view in VIEWS if state in view.states]


@dataclass
class Witness:
    """What a browser did that no page may do."""

    base: str
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Note every request, and every word that the browser says about an error."""
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.strangers.append(request.url)

    def _response(self, response: Response) -> None:
        policy = response.headers.get("content-security-policy", "")
        if "script-src 'self'" not in policy or "unsafe" in policy:
            self.complaints.append(f"{response.url} came under the policy “{policy}”")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


class Doors:
    """Everybody's browser, signed in when first needed; each person has one page open."""

    def __init__(self, browser: Browser, event: BusyDay) -> None:
        self.browser = browser
        self.event = event
        self.witness = Witness(event.hub.base)
        self._pages: dict[tuple[str, int, str], Page] = {}

    def open(self, view: View) -> Page:
        """The page of this view, as it was left or freshly loaded."""
        key = (view.role, view.at, view.keys)
        if key not in self._pages:
            self._pages[key] = self.new_context(view).new_page()
        page = self._pages[key]
        address = f"{self.event.hub.base}{view.path}"
        if page.url != address or view.path not in LIVE:
            page.goto(address)
            page.locator(".opening").wait_for(state="detached")
            if view.keys:
                page.wait_for_selector(".tabs, .foot")
                page.keyboard.press(view.keys)
        if self.event.at == "erased" and view.path == "/table":
            # It obeys a moment after it was told.
            page.get_by_role("heading", name="This laptop has erased what it kept").wait_for()
        return page

    def close(self) -> None:
        """Close everybody's browser: pages without a hub go on asking for it."""
        for page in self._pages.values():
            page.context.close()

    def new_context(self, view: View) -> BrowserContext:
        """A browser of its own, with the cookie that this person's sign-in gave."""
        context = self.browser.new_context(
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
            viewport={"width": 1366, "height": 768},
        )
        self.witness.watch(context)
        if view.role:
            cast = self.event.cast
            somebody = cast.table(view.at + 1) if view.role == "facilitator" else cast.a(view.role, view.at)
            base = self.event.hub.base
            cookies = [{"name": c.name, "value": c.value or "", "url": base} for c in somebody.http.cookies]
            context.add_cookies(cookies)  # type: ignore[arg-type]
        return context


STATES_IN_ORDER = [state for state in ORDER if views_in(state)]
