"""Proof 6 of ballots: on a slow phone in a bad network a vote is in the box soon after it was put there."""

from __future__ import annotations

from statistics import median

from playwright.sync_api import CDPSession, Page

from tests.prove.page import keep_ahead
from tests.prove.phones import PATIENCE, READY, Room, fill_in, room, sees
from tests.prove.proof import Proof
from tests.support.browser import MISSING, find_chromium

LIMIT = 5.0
TURNS = 5
CPU_RATE, LATENCY_MS, BITS_A_SECOND = 6, 400, 400_000
# As a hub is delivered: papers are cast after up to so long, by chance.
JITTER = {"FACILITATE_STAMP_JITTER": "8"}
TOOK = "from tap to receipt, median in s"
# Told by the page itself: a question from outside would wait for the slow processor too.
WATCH = """(words) => {
  window.took = null;
  let tapped = null;
  document.addEventListener("click", () => { tapped ??= performance.now(); }, { capture: true });
  new MutationObserver(() => {
    const heading = document.querySelector("#question");
    if (window.took === null && tapped !== null && heading?.textContent === words)
      requestAnimationFrame(() => { window.took ??= performance.now() - tapped; });
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def slow_down(page: Page, rate: float = CPU_RATE) -> CDPSession:
    """Make a phone of a few years ago at the edge of the Wi-Fi out of a browser."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    devtools.send("Network.enable")
    bytes_a_second = BITS_A_SECOND / 8
    given = {"latency": LATENCY_MS, "downloadThroughput": bytes_a_second, "uploadThroughput": bytes_a_second}
    devtools.send("Network.emulateNetworkConditions", {"offline": False, **given})
    return devtools


def one_vote(page: Page) -> float:
    """From the tap to the receipt.

    Units: seconds.
    """
    slow_down(page)
    button = fill_in(page, "For")
    page.evaluate(WATCH, "Your vote is in")
    button.click()
    page.wait_for_function("() => window.took !== null", timeout=PATIENCE)
    return float(page.evaluate("window.took")) / 1000


def cast_slowly(where: Room, turns: int) -> list[float]:
    """One phone after another, each with its stamp since the announcement."""
    where.seat("delegate", *(f"Slow {turn}" for turn in range(turns)))
    where.hall.announce()
    phones = [where.phone(f"Slow {turn}") for turn in range(turns)]
    for phone in phones:
        sees(phone, READY)
    where.move("open")
    keep_ahead()
    return [one_vote(phone) for phone in phones]


def prove(short: bool) -> Proof:
    """Five votes; the short form makes one and judges no time."""
    proof = Proof("slow-phone")
    if find_chromium() is None:
        proof.skipped = f"No phone was slowed down. {MISSING}"
        return proof
    with room(settings=JITTER, light=short) as where:
        took = cast_slowly(where, 1 if short else TURNS)
    proof.figures["each, in s"] = " ".join(f"{each:.1f}" for each in took)
    proof.figures["processor slower, times"] = CPU_RATE
    proof.figures["network"] = f"{LATENCY_MS} ms, {BITS_A_SECOND // 1000} kbit/s"
    if short:
        proof.figures[TOOK] = round(median(took), 2)
    else:
        proof.within(TOOK, median(took), LIMIT)
    return proof
