"""Rehearsal: holds the robots' book against what the hub shows and stores at the end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from facilitate.rehearsal.ledger import Ledger, Said
from facilitate.rehearsal.papers import counted_in

Things = dict[str, dict[str, Any]]


@dataclass
class Held:
    """What a hub holds: as its pages show it, and as its store says.

    Shape: comments and missing by id; papers and voters map a ballot to numbers, leaves a stamped one to the
    papers on its board; store parts are None where
    only the pages could be read.
    """

    themes: dict[str, Things]
    tables: dict[int, Things]
    desk: dict[str, Things]
    unheard: list[str] = field(default_factory=list)
    store_comments: dict[str, str] | None = None
    store_papers: dict[str, dict[str, int]] | None = None
    store_voters: dict[str, int] | None = None
    store_leaves: dict[str, set[str]] | None = None
    record: str = ""
    record_holds: bool = True


@dataclass
class Findings:
    """What was lost, doubled or counted wrongly; all empty is how an event must end."""

    found: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    ballots: list[dict[str, Any]] = field(default_factory=list)
    passages: list[dict[str, Any]] = field(default_factory=list)
    balance: dict[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether nothing was lost, doubled or counted wrongly."""
        return not (self.lost or self.doubled or self.wrong)


def find(ledger: Ledger, held: Held) -> Findings:
    """Hold everything against the book."""
    findings = Findings(wrong=list(ledger.wrong))
    _comments(ledger, held, findings)
    _missing(ledger, held, findings)
    _answered(ledger, held, findings)
    _ballots(ledger, held, findings)
    _passages(held, findings)
    _balance(held, findings)
    findings.wrong += held.unheard
    if not held.record_holds:
        findings.wrong.append(held.record)
    return findings


def _comments(ledger: Ledger, held: Held, findings: Findings) -> None:
    shown = held.themes["comment"]
    findings.found["comments"] = len(shown)
    for item, said in ledger.said.items():
        _one_comment(said, shown.get(item), held, findings)
    strangers = [value["ref"] for item, value in shown.items() if item not in ledger.said]
    findings.doubled += [f"{ref} was sent by nobody." for ref in strangers]
    _twice("reference", (value["ref"] for value in shown.values()), findings)
    numbered = ((v["device"], v["n"]) for v in shown.values() if v["device"] and v["n"] is not None)
    _twice("a laptop's number", numbered, findings)
    if held.store_comments is not None:
        findings.found["comments in the store"] = len(held.store_comments)
        known = {item for item, said in ledger.said.items() if said.acknowledged}
        findings.lost += [
            f"{ledger.said[i].ref} is not in the store." for i in known - set(held.store_comments)
        ]
        findings.doubled += [
            f"{i} is in the store; nobody sent it." for i in set(held.store_comments) - set(ledger.said)
        ]


def _one_comment(said: Said, value: dict[str, Any] | None, held: Held, findings: Findings) -> None:
    name = f"{said.ref or said.item} of table {said.table}"
    if not said.acknowledged:
        findings.lost.append(f"{name} was never acknowledged.")
    elif value is None:
        findings.lost.append(f"{name} was acknowledged and is not with the theme team.")
    elif value["text"] != said.text.strip() or value["ref"] != said.ref:
        findings.lost.append(f"{name} does not read as it was sent.")
    elif value["state"] != said.state:
        findings.wrong.append(f"{name} is {value['state']} and should be {said.state}.")
    elif said.table in held.tables and said.item not in held.tables[said.table]:
        findings.lost.append(f"{name} is not on the laptop of its table.")
    elif held.store_comments is not None and held.store_comments.get(said.item) != value["text"]:
        findings.lost.append(f"{name} does not read in the store as on the pages.")


def _twice(what: str, names: Iterable[Any], findings: Findings) -> None:
    findings.doubled += [f"{what} {name} stands {n} times." for name, n in Counter(names).items() if n > 1]


def _missing(ledger: Ledger, held: Held, findings: Findings) -> None:
    shown = held.themes["missing"]
    findings.found["missing points"] = len(shown)
    for item, text in ledger.missing.items():
        if shown.get(item, {}).get("text") != text:
            findings.lost.append(f"The missing point “{text}” is not there.")
    findings.doubled += [f"Missing point {i} was sent by nobody." for i in set(shown) - set(ledger.missing)]


def _answered(ledger: Ledger, held: Held, findings: Findings) -> None:
    """Every cry stands in one call, and every published answer reads as it was written."""
    cries = [cry["item"] for call in held.desk["call"].values() for cry in call["cries"]]
    findings.found["help calls"] = len(cries)
    findings.lost += [f"The help call {item} is not there." for item in ledger.cries - set(cries)]
    _twice("the help call", cries, findings)
    questions = held.desk["question"]
    findings.found["answers"] = sum(each["published"] is not None for each in questions.values())
    for key, text in ledger.answers.items():
        if questions.get(key, {}).get("published") != text:
            findings.lost.append(f"The answer to question {key} does not read as it was published.")


def _ballots(ledger: Ledger, held: Held, findings: Findings) -> None:
    for ballot in sorted(held.themes["ballot"].values(), key=lambda each: int(each["number"])):
        expected = Counter(ledger.votes[ballot["id"]].values())
        published = (ballot["result"] or {}).get("counts", {})
        line = {
            "number": ballot["number"], "question": ballot["question"], "state": ballot["state"],
            "expected": dict(expected), "published": {k: v for k, v in published.items() if v},
            "voters": len(ledger.votes[ballot["id"]]), "verdict": (ballot["result"] or {}).get("verdict"),
            "papers": (ballot["result"] or {}).get("papers", 0), "form": ballot["form"],
            "trust": ballot["trust"],
        }  # fmt: skip
        as_cast = line["published"] == counted_in(ballot, expected)
        line["right"] = as_cast or ballot["state"] in ("draft", "void")
        if held.store_papers is not None and held.store_voters is not None:
            line["store"] = held.store_papers.get(ballot["id"], {})
            same = line["store"] == line["expected"]
            line["right"] = (
                line["right"] and same and held.store_voters.get(ballot["id"], 0) == line["voters"]
            )
        _on_board(ledger.leaves.get(ballot["id"], set()), ballot, held, findings)
        if not line["right"]:
            findings.wrong.append(f"Ballot {ballot['number']} is not counted as the delegates voted.")
        findings.ballots.append(line)
    findings.found["votes"] = sum(each["papers"] for each in findings.ballots)


def _on_board(receipts: set[str], ballot: dict[str, Any], held: Held, findings: Findings) -> None:
    """Every paper for which the box gave a receipt is on the board."""
    if held.store_leaves is not None:
        gone = receipts - held.store_leaves.get(ballot["id"], set())
        findings.lost += [f"The box gave a receipt for {leaf}; it is not on the board." for leaf in gone]


def _passages(held: Held, findings: Findings) -> None:
    tables: dict[str, set[int]] = defaultdict(set)
    points: Counter[str] = Counter()
    for comment in held.themes["comment"].values():
        tables[comment["passage"]].add(comment["table"])
        points[comment["passage"]] += comment["state"] in ("current", "conflict")
    titles = {document["id"]: document["position"] for document in held.themes["document"].values()}
    for passage in sorted(
        held.themes["passage"].values(), key=lambda each: (titles.get(each["document"], 0), each["position"])
    ):
        count = len(tables[passage["id"]])
        words = f"discussed by {count} table{'' if count == 1 else 's'}" if count else "not reached"
        findings.passages.append(
            {"ref": passage["ref"], "tables": count, "comments": points[passage["id"]], "words": words}
        )


def _balance(held: Held, findings: Findings) -> None:
    balance = held.desk["balance"].get("balance")
    if balance is None:
        findings.wrong.append("The desk shows no balance sheet.")
        return
    findings.balance = {key: balance[key] for key in ("received", "open", "ended")}
    for kind in balance["kinds"]:
        if kind["difference"] or kind["open"]:
            findings.wrong.append(f"{kind['open']} {kind['kind']} have no end; {kind['difference']} differ.")
