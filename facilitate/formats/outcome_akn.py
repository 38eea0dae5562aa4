"""Outcome: the text with its amendments as Akoma Ntoso, for parliaments' and archives' software."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from facilitate.formats.outcome_short import decided, moved
from facilitate.formats.signoff_words import sentences
from facilitate.formats.tracked import writable

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# The event does not say in which country it is; this is the code for a territory that is not known.
COUNTRY = "zz"
LANGUAGE = "eng"
_MODIFIES = {"replace": "substitution", "delete": "repeal", "insert-after": "insertion"}
_MARKS = {"insert": "ins", "delete": "del"}

E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})


def outcome_akn(data: dict[str, Any]) -> bytes:
    """The outcome as an Akoma Ntoso 3.0 document, from `outcome_json.outcome_data`.

    Shape: passages in their order, changes as ins and del that name their ballot; each motion a component,
    an amendment with its wording, its result and what it was made from.
    Source: OASIS LegalDocML, Akoma Ntoso version 1.0, part 2.
    """
    data = _written(data)
    document = data["document"]
    root = E.akomaNtoso(
        E.doc(
            E.meta(*_meta(data)),
            E.preface(
                E.longTitle(E.p(E.docTitle(document["title"]))),
                *(E.p(sentence) for sentence in (data["status"], *data["summary"], data["copy"]) if sentence),
            ),
            E.mainBody(*_body(data), eId=_eid(document["prefix"])),
            E.components(*_motions(data)),
            name="outcome",
            contains="multipleVersions",
        )
    )
    _drop_empty(root, "components")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False))


def _meta(data: dict[str, Any]) -> Iterator[Any]:
    yield _identification(data, "main")
    ballots = [v for v in decided(data) if v["closed"]]
    yield E.lifecycle(
        E.eventRef(_day(data["generated"]["utc"]), source="#event", type="generation", eId="made"),
        *(
            E.eventRef(_day(v["closed"]), source="#event", type="amendment", eId=f"ballot-{v['number']}")
            for v in ballots
        ),
        source="#event",
    )
    changes = list(_modifications(data))
    if changes:
        yield E.analysis(E.passiveModifications(*changes), source="#event")
    yield E.references(
        E.TLCOrganization(href=f"/ontology/organization/{_slug(data['event']['name'])}", eId="event",
                          showAs=data["event"]["name"]),
        source="#event",
    )  # fmt: skip
    yield E.notes(*_notes(data), source="#event")


def _identification(data: dict[str, Any], part: str) -> Any:
    """Work, expression and manifestation of the document or of one motion in it."""
    day = data["generated"]["utc"][:10]
    work = f"/akn/{COUNTRY}/doc/outcome/{_slug(data['event']['name'])}/{_slug(data['document']['prefix'])}"
    expression = f"{work}/{LANGUAGE}@{day}"
    date, author = {"date": day, "name": "made"}, {"href": "#event"}
    return E.identification(
        E.FRBRWork(
            E.FRBRthis(value=f"{work}/!{part}"), E.FRBRuri(value=work), E.FRBRdate(**date),
            E.FRBRauthor(**author), E.FRBRcountry(value=COUNTRY),
        ),
        E.FRBRExpression(
            E.FRBRthis(value=f"{expression}/!{part}"), E.FRBRuri(value=expression), E.FRBRdate(**date),
            E.FRBRauthor(**author), E.FRBRlanguage(language=LANGUAGE),
        ),
        E.FRBRManifestation(
            E.FRBRthis(value=f"{expression}/!{part}.xml"), E.FRBRuri(value=f"{expression}.akn"),
            E.FRBRdate(**date), E.FRBRauthor(**author),
        ),
        source="#event",
    )  # fmt: skip


def _modifications(data: dict[str, Any]) -> Iterator[Any]:
    """What changed each passage: carried motions, and what was written after the vote."""
    for passage in data["passages"]:
        at = _eid(passage["ref"])
        for change in passage["changes"]:
            yield E.textualMod(
                E.source(href=f"#motion-{change['motion']}"), E.destination(href=f"#{at}"),
                type=_MODIFIES.get(change["effect"], "substitution"), eId=f"mod-{change['motion']}-{at}",
            )  # fmt: skip
        for number, _ in enumerate(passage["since_vote"], 1):
            yield E.textualMod(
                E.source(href=f"#since-vote-{number}-{at}"), E.destination(href=f"#{at}"),
                type="substitution", eId=f"later-{number}-{at}",
            )  # fmt: skip


def _notes(data: dict[str, Any]) -> Iterator[Any]:
    """Results, reasons and signatures in words, and which text this is."""
    sealed = f" Sealed text: {data['sealed']}." if data["sealed"] else ""
    number = data["journal"]["number"]
    record = f"Journal up to number {number}. Hash of the text: {data['hash']}.{sealed}"
    yield E.note(E.p(record), eId="record")
    for vote in decided(data):
        words = " ".join([vote["question"], vote["result"], *vote["conditions"]])
        yield E.note(E.p(words), eId=f"result-{vote['number']}")
    for passage in data["passages"]:
        at = _eid(passage["ref"])
        for number, later in enumerate(passage["since_vote"], 1):
            words = f"{later['what']}, changed since the vote: {later['reason']} {later['by']} {later['at']}"
            yield E.note(E.p(words.strip()), eId=f"since-vote-{number}-{at}")
        said = [s["sentence"] for s in passage["signatures"]] + sentences(passage["sign_off"])
        said += [f"Minority position: {m['text']}" for m in passage["minority_positions"]]
        if said:
            yield E.note(*(E.p(sentence) for sentence in said), eId=f"about-{at}")


def _body(data: dict[str, Any]) -> Iterator[Any]:
    for passage in data["passages"]:
        marks = {"eId": _eid(passage["ref"]), "name": passage["kind"]}
        if passage["state"] == "deleted":
            marks["status"] = "removed"
        words = _lines(_marked(passage))
        num = [E.num(passage["number"])] if passage["number"] else []
        if passage["kind"] == "heading":
            yield E.hcontainer(*num, _filled(E.heading(), words), E.content(E.p()), **marks)
        else:
            yield E.hcontainer(*num, E.content(_filled(E.p(), words)), **marks)
    for statement in data["statements"]:
        yield E.hcontainer(
            E.heading(statement["title"]), E.content(_filled(E.p(), _lines([statement["text"]]))),
            name="statement", eId=f"statement-{statement['motion']}",
        )  # fmt: skip
    if not data["passages"] and not data["statements"]:
        yield E.p()


def _marked(passage: dict[str, Any]) -> Iterator[Any]:
    """The words of a passage: strings, and ins and del that name who made them."""
    for segment in passage["segments"]:
        mark = _MARKS.get(segment["kind"])
        if segment["kind"] == "keep":
            yield segment["text"]
        elif mark:
            by = passage["authors"].get(segment["inserted_by"] or segment["deleted_by"], {})
            element = E(mark, title=by.get("name") or "")
            yield _filled(element, _lines([segment["text"]]))


def _motions(data: dict[str, Any]) -> Iterator[Any]:
    results = {v["motion"]: v for v in decided(data) if v["motion"]}
    for at, motion in moved(data):
        number, vote = motion["number"], results.get(motion["number"])
        content = [E.p(motion["sentence"])]
        if motion["text"] and motion["effect"] != "delete":
            quoted = _filled(E.quotedText(), _lines([motion["text"]]))
            content.append(E.p(E.mod(quoted, eId=f"motion-{number}-mod")))
        if vote:
            content.append(E.p(E.ref(f"{vote['title']}: {vote['result']}", href=f"#result-{vote['number']}")))
        made_from = [source["label"] for source in motion["sources"] if source["label"]]
        why = [E.amendmentJustification(E.p(f"Made from {', '.join(made_from)}."))] if made_from else []
        about = f"#motion-{motion['amends']}" if motion["amends"] else f"#{_eid(at)}"
        yield E.component(
            E.amendment(
                E.meta(_identification(data, f"motion-{number}")),
                E.amendmentBody(
                    E.amendmentHeading(E.p(motion["title"] or f"Motion {number}")),
                    E.amendmentReference(E.p(E.ref(at, href=about))),
                    E.amendmentContent(*content), *why,
                ),
                name="motion", contains="singleVersion",
            ),
            eId=f"motion-{number}",
        )  # fmt: skip


def _lines(parts: Iterable[Any]) -> Iterator[Any]:
    """Words with a line's end as an element."""
    for part in parts:
        if not isinstance(part, str):
            yield part
            continue
        for number, line in enumerate(part.split("\n")):
            if number:
                yield E.eol()
            yield line


def _filled(element: Any, words: Iterable[Any]) -> Any:
    for part in words:
        if not isinstance(part, str):
            element.append(part)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + part
        else:
            element.text = (element.text or "") + part
    return element


def _drop_empty(root: Any, name: str) -> None:
    for found in list(root.iter(f"{{{NAMESPACE}}}{name}")):
        if not len(found):
            found.getparent().remove(found)


def _written(data: Any) -> Any:
    """The data without signs that no XML file can hold."""
    if isinstance(data, str):
        return writable(data)
    if isinstance(data, list):
        return [_written(value) for value in data]
    return {key: _written(value) for key, value in data.items()} if isinstance(data, dict) else data


def _eid(ref: str) -> str:
    """A reference as an identifier without blanks."""
    return re.sub(r"\s+", "_", ref)


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-") or "event"


def _day(moment: str) -> dict[str, str]:
    return {"date": moment[:19]}
