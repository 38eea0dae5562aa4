"""Before: the clerk takes in people, delegations and submissions, and makes tables and seats."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select

from facilitate.domain.people import SECTION_LABELS
from facilitate.domain.refusal import Refused
from facilitate.formats.csv_in import read_delegations, read_people, read_submissions
from facilitate.formats.csv_substitutes import read_substitutes
from facilitate.queries.imports import known_for
from facilitate.queries.preparation import people_page
from facilitate.queries.room import table_rows
from facilitate.store.rows import Delegation, Person, Submission, Track
from facilitate.web.hub import Hub
from facilitate.web.office.submissions import link_facts, link_routes
from facilitate.web.office.uploads import Uploads
from facilitate.web.sessions import current_actor

READERS = {
    "delegations": read_delegations, "people": read_people, "submissions": read_submissions,
    "substitutes": read_substitutes,
}  # fmt: skip
SUBSTITUTES = ("delegate", "delegation", "name", "email", "reason", "here")
VERBS = {"substitutes": "replace-delegates"}
PAGE = 50
SHOWN = 200
LONGEST_NAME = 120


def people_routes(routes: Blueprint, hub: Hub) -> None:
    """/office/delegations, /office/people, /office/submissions and /office/tables."""
    uploads = Uploads(hub.settings.folder)

    @routes.get("/<any(delegations, people, submissions, substitutes):kind>")
    def rows(kind: str) -> Any:
        return _list(hub, kind, None)

    @routes.post("/<any(delegations, people, submissions, substitutes):kind>/preview")
    def check(kind: str) -> Any:
        try:
            return _check(hub, uploads, kind)
        except Refused as refusal:
            return _list(hub, kind, refusal), 400

    @routes.post("/<any(delegations, people, submissions, substitutes):kind>")
    def take(kind: str) -> Any:
        sha = request.form["upload"]
        read = _read(hub, kind, uploads.take(sha))
        if not read.can_be_imported:
            raise Refused("rows-refused", "Some rows of this file do not fit. Nothing was taken in.", "file")
        try:
            hub.do(current_actor(hub), VERBS.get(kind, f"import-{kind}"), {"rows": read.rows})
        except Refused as refusal:
            return _list(hub, kind, refusal), 400
        uploads.drop(sha)
        return redirect(f"/office/{'people' if kind == 'substitutes' else kind}", code=303)

    @routes.post("/people/presence")
    def presence() -> Any:
        data = {"people": request.form.getlist("person"), "present": request.form.get("present") == "yes"}
        hub.do(current_actor(hub), "set-presence", data)
        return redirect(request.referrer or "/office/people", code=303)

    _add_ties(routes, hub)
    link_routes(routes, hub, lambda refusal: _list(hub, "submissions", refusal))
    _add_names(routes, hub)
    _add_substitutes(routes, hub)
    _add_tables(routes, hub)


def _add_ties(routes: Blueprint, hub: Hub) -> None:
    @routes.post("/submissions/<reference>/passages")
    def tie(reference: str) -> Any:
        named = request.form["passages"].replace(",", ";").replace("\n", ";").split(";")
        passages = [each.strip() for each in named if each.strip()]
        try:
            hub.do(current_actor(hub), "tie-submission", {"submission": reference, "passages": passages})
        except Refused as refusal:
            return _list(hub, "submissions", refusal), 400
        return redirect("/office/submissions", code=303)


def _add_names(routes: Blueprint, hub: Hub) -> None:
    @routes.post("/people/names")
    def add_names() -> Any:
        try:
            hub.do(current_actor(hub), "import-people", {"rows": _named(hub)})
        except Refused as refusal:
            return _people(hub, refusal), 400
        return redirect("/office/codes?role=delegate", code=303)


def _add_substitutes(routes: Blueprint, hub: Hub) -> None:
    @routes.post("/people/substitute")
    def substitute() -> Any:
        row = {key: request.form.get(key, "") for key in SUBSTITUTES}
        try:
            done = hub.do(current_actor(hub), "replace-delegates", {"rows": [row]})
        except Refused as refusal:
            return _people(hub, refusal), 400
        told = {"person": done["people"][0], "stays": done["stays"]}
        return redirect(url_for("office.substituted", **told), code=303)

    @routes.get("/people/substituted")
    def substituted() -> Any:
        return _people(hub, None)


def _add_tables(routes: Blueprint, hub: Hub) -> None:
    @routes.get("/tables")
    def tables() -> Any:
        return _tables(hub, None)

    @routes.post("/tables")
    def make() -> Any:
        try:
            hub.do(current_actor(hub), "make-tables", {"tables": _typed_tables()})
        except Refused as refusal:
            return _tables(hub, refusal), 400
        return redirect("/office/tables", code=303)

    @routes.post("/tables/seats")
    def seat() -> Any:
        data = {"person": request.form["person"], "table": int(request.form["table"])}
        hub.do(current_actor(hub), "seat-people", {"seats": [data]})
        return redirect(request.referrer or "/office/people", code=303)


def _named(hub: Hub) -> list[dict[str, Any]]:
    """Delegates as somebody types them: one name on each line, no name twice."""
    names = [" ".join(line.split()) for line in request.form.get("names", "").splitlines() if line.strip()]
    if not names:
        raise Refused("names-missing", "Write at least one name, each on a line of its own.", "names")
    with hub.reads() as session:
        seen = {name.casefold() for name in session.scalars(select(Person.name))}
    for name in names:
        if len(name) > LONGEST_NAME:
            raise Refused(
                "name-too-long", f"“{name[:40]} …” is longer than a name. Nobody was added.", "names"
            )
        if name.casefold() in seen:
            raise Refused(
                "name-taken",
                f"“{name}” is here already. Nobody was added: add what tells the two apart.",
                "names",
            )
        seen.add(name.casefold())
    return [{"name": name, "roles": ["delegate"]} for name in names]


def _read(hub: Hub, kind: str, body: bytes) -> Any:
    with hub.reads() as session:
        known = known_for(session, kind)
    return READERS[kind](body, **known)


def _check(hub: Hub, uploads: Uploads, kind: str) -> str:
    given = request.files.get("file")
    if given is None or not given.filename:
        raise Refused("file-missing", "Choose a file first.", "file")
    body = given.read()
    read = _read(hub, kind, body)
    return render_template(
        "office/rows.html",
        here=kind,
        kind=kind,
        read=read,
        name=given.filename,
        upload=uploads.keep(body),
        shown=read.rows[:SHOWN],
        columns=list(read.rows[0]) if read.rows else [],
    )


def _list(hub: Hub, kind: str, refusal: Refused | None) -> str:
    if kind in ("people", "substitutes"):
        return _people(hub, refusal)
    with hub.reads() as session:
        if kind == "delegations":
            found: Any = list(session.scalars(select(Delegation).order_by(Delegation.code)))
        else:
            found = list(session.scalars(select(Submission).order_by(Submission.reference)))
        links = link_facts(session, hub.now())
    return render_template(
        f"office/{kind}.html", here=kind, found=found, refusal=refusal, sections=SECTION_LABELS, links=links
    )


def _people(hub: Hub, refusal: Refused | None) -> str:
    wanted = request.args.get("name", "").strip()
    page = max(0, request.args.get("page", 0, type=int) or 0)
    with hub.reads() as session:
        found, total = people_page(session, wanted, page, PAGE)
        took_over = session.get(Person, request.args.get("person", ""))
    return render_template(
        "office/people.html",
        here="people",
        found=found,
        total=total,
        wanted=wanted,
        page=page,
        pages=max(1, -(-total // PAGE)),
        typed=request.form if refusal else {},
        took_over=took_over,
        refusal=refusal,
    )


def _typed_tables() -> list[dict[str, Any]]:
    first = request.form.get("first", type=int)
    last = request.form.get("last", type=int) or first
    places = request.form.get("places", type=int) or 10
    if first is None or last is None or not 1 <= first <= last <= 1000 or not 1 <= places <= 50:
        raise Refused(
            "bad-tables", "Give the first and the last table, 1 to 1,000, and 1 to 50 places.", "first"
        )
    track, block = request.form.get("track", ""), request.form.get("block", "A").strip() or "A"
    return [{"number": n, "track": track, "block": block, "places": places} for n in range(first, last + 1)]


def _tables(hub: Hub, refusal: Refused | None) -> str:
    with hub.reads() as session:
        tracks = list(session.scalars(select(Track.name).order_by(Track.position)))
        found = table_rows(session)
    return render_template("office/tables.html", here="tables", found=found, tracks=tracks, refusal=refusal)
