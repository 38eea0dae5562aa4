"""Before the event: reads people, delegations and submissions from CSV, row by row, all or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any

from facilitate.formats.csv_table import ReadTable, Sheet, open_sheet

PEOPLE = {
    "name": ("full name", "delegate name", "person"),
    "first": ("first name", "forename", "given name"),
    "last": ("surname", "last name", "family name"),
    "roles": ("role", "role(s)", "capacity", "function"),
    "delegation": ("delegation code", "body", "organisation", "organization", "clp", "code"),
    "email": ("e-mail", "email address", "mail"),
    "table": ("table number", "table no", "seat"),
    "present": ("here", "attending", "checked in", "accredited"),
}
DELEGATIONS = {
    "code": ("delegation", "delegation code", "short name", "id"),
    "name": ("delegation name", "body", "organisation", "organization", "full name"),
    "section": ("type", "kind", "group", "category"),
    "votes": ("members", "membership", "card vote", "weight", "card"),
}
SUBMISSIONS = {
    "reference": ("ref", "number", "no", "id"),
    "title": ("heading", "subject"),
    "text": ("submission", "content", "body text"),
    "body": ("delegation", "delegation code", "organisation", "organization", "from", "sent by"),
    "author": ("name", "person", "sender", "submitted by"),
    "passages": ("passage", "passage refs", "passages refs", "references", "about", "refers to"),
}
ROLES = {
    "delegate": ("voting delegate", "member"),
    "attendee": ("visitor", "observer", "guest"),
    "facilitator": ("table facilitator", "table host"),
    "scribe": ("note taker", "notetaker", "typist"),
    "area-facilitator": ("area lead", "floor facilitator"),
    "theme-team": ("themer", "theme editor"),
    "chair": ("chairperson", "co-chair", "convenor"),
    "teller": ("returning officer", "scrutineer"),
    "clerk": ("secretary", "office"),
    "resource-person": ("expert", "adviser", "advisor"),
    "body-officer": ("officer", "body", "submitter"),
    "signatory": ("npf", "npf member", "npf representative"),
}
SECTIONS = {
    "clp": ("constituency labour party", "constituency party", "constituency", "clps", "local party"),
    "union": ("trade union", "unions", "tu", "affiliated union"),
    "socialist-society": ("socialist societies", "society", "soc", "ss"),
    "mp": ("mps", "member of parliament", "members of parliament", "parliament"),
}
YES = {"yes", "y", "true", "1", "x", "present", "here", "✓", "ja"}
_NO = {"no", "n", "false", "0", "absent", "-", "nein"}
_WHOLE = re.compile(r"\d+|\d{1,3}([ ,'\u00a0\u202f]\d{3})+")
_REFERENCE = re.compile(r"S-\d{3,}")
_PASSAGE = re.compile(r"[A-Z0-9]{2,6}-\S+")


def read_people(
    body: bytes, delegations: Collection[str] | None = None, tables: Collection[int] | None = None
) -> ReadTable:
    """Reads people; what is known of delegations and tables is checked if it is given.

    Shape: rows are mappings with name, roles (list of role names, perhaps with a scope: "facilitator:7"),
    delegation (a code or ""), email, table (a number or None) and present.
    Errors: file-too-large, unknown-format.
    """
    sheet = open_sheet(body, PEOPLE, ())
    if "name" not in sheet.columns and not {"first", "last"} <= sheet.columns.keys():
        sheet.error(
            1, "", "There is no column for the name. It may be called: name, or first name and surname."
        )
    if "roles" not in sheet.columns:
        sheet.warning(1, "", "There is no column for the roles: everybody was taken as a delegate.")
    rows = [_person(sheet, number, cells, delegations, tables) for number, cells in sheet.rows]
    _flag_doubles(sheet, rows)
    return sheet.table(rows)


def _person(
    sheet: Sheet,
    number: int,
    cells: dict[str, str],
    delegations: Collection[str] | None,
    tables: Collection[int] | None,
) -> dict[str, Any]:
    name = one_line(cells.get("name") or f"{cells.get('first', '')} {cells.get('last', '')}")
    if not name:
        sheet.error(number, "name", "This row has no name.")
    email, delegation = one_line(cells.get("email", "")), one_line(cells.get("delegation", ""))
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
        sheet.warning(number, "email", f"“{email}” does not look like an e-mail address.")
    if delegation and delegations is not None and delegation not in delegations:
        sheet.error(number, "delegation", f"There is no delegation “{delegation}”.")
    table = _table(sheet, number, cells.get("table", ""))
    if table is not None and tables is not None and table not in tables:
        sheet.error(number, "table", f"There is no table {table}.")
    return {
        "name": name,
        "roles": _roles(sheet, number, cells.get("roles", "")),
        "delegation": delegation,
        "email": email,
        "table": table,
        "present": _present(sheet, number, cells.get("present", "")),
    }


def _roles(sheet: Sheet, number: int, cell: str) -> list[str]:
    """Roles between semicolons or commas; a comma in a scope ("signatory:Homes, Transport") stays in it."""
    found: list[str] = []
    for written in re.split(r"[;|\n]", cell):
        scoped = False
        for piece in written.split(","):
            role, colon, scope = piece.partition(":")
            known = _known(role, ROLES)
            if known is not None:
                scoped = bool(colon and scope.strip())
                found.append(f"{known}:{one_line(scope)}" if scoped else known)
            elif scoped:
                found[-1] += f", {one_line(piece)}"
            elif piece.strip():
                names = ", ".join(ROLES)
                sheet.error(number, "roles", f"“{piece.strip()}” is not a role. The roles are: {names}.")
    if not cell and "roles" in sheet.columns:
        sheet.warning(number, "roles", "This row names no role and was taken as a delegate.")
    return list(dict.fromkeys(found)) or ["delegate"]


def _table(sheet: Sheet, number: int, cell: str) -> int | None:
    digits = re.fullmatch(r"(?:table\s*)?0*(\d{1,4})(?:\.0)?", cell, re.IGNORECASE)
    if cell and (digits is None or int(digits[1]) == 0):
        sheet.error(number, "table", f"“{cell}” is not the number of a table.")
        return None
    return int(digits[1]) if digits else None


def _present(sheet: Sheet, number: int, cell: str) -> bool:
    if cell.casefold() not in YES | _NO | {""}:
        sheet.error(number, "present", f"“{cell}” is neither yes nor no.")
    elif not cell and "present" in sheet.columns:
        sheet.warning(number, "present", "This row does not say yes or no and was taken as yes.")
    return cell.casefold() not in _NO


def _flag_doubles(sheet: Sheet, rows: list[dict[str, Any]]) -> None:
    """Warns of one person in two delegations or twice in one; namesakes with two addresses are two."""
    seen: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for (number, _), row in zip(sheet.rows, rows, strict=True):
        keys = [key for key in (row["name"].casefold(), row["email"].casefold()) if key]
        for before, earlier in {at: e for key in keys for at, e in seen.get(key, [])}.items():
            mails = {earlier["email"].casefold(), row["email"].casefold()} - {""}
            if len(mails) == 2:
                continue
            if earlier["delegation"] != row["delegation"]:
                both = f"“{earlier['delegation'] or 'none'}” and “{row['delegation'] or 'none'}”"
                what = f"{row['name']} is in two delegations, {both}; see row {before}."
                sheet.warning(number, "delegation", what)
            else:
                sheet.warning(number, "name", f"{row['name']} is also in row {before}.")
        for key in keys:
            seen.setdefault(key, []).append((number, row))


def read_delegations(body: bytes) -> ReadTable:
    """Reads delegations.

    Shape: rows are mappings with code, name, section (clp, union, socialist-society, mp) and votes.
    Units: whole votes of a card.
    Errors: file-too-large, unknown-format.
    """
    sheet = open_sheet(body, DELEGATIONS, ("code", "name", "section"))
    if "votes" not in sheet.columns:
        sheet.warning(1, "", "There is no column for the votes: no card vote can be weighted.")
    rows = [_delegation(sheet, number, cells) for number, cells in sheet.rows]
    _flag_repeats(sheet, rows, lambda row: row["code"].casefold(), "code", sheet.error)
    _flag_repeats(sheet, rows, lambda row: row["name"].casefold(), "name", sheet.warning)
    return sheet.table(rows)


def _delegation(sheet: Sheet, number: int, cells: dict[str, str]) -> dict[str, Any]:
    code, name = one_line(cells.get("code", "")), one_line(cells.get("name", ""))
    for column, value in (("code", code), ("name", name)):
        if not value and column in sheet.columns:
            sheet.error(number, column, f"This row has no {column}.")
    section = _known(cells.get("section", ""), SECTIONS)
    if section is None and "section" in sheet.columns:
        written = cells.get("section", "")
        sheet.error(
            number, "section", f"“{written}” is not a section. The sections are: {', '.join(SECTIONS)}."
        )
    votes = re.sub(r"\.0+$", "", cells.get("votes", ""))
    if not _WHOLE.fullmatch(votes) and "votes" in sheet.columns:
        sheet.error(number, "votes", f"“{votes}” is not a whole number of votes.")
        votes = "0"
    return {
        "code": code,
        "name": name,
        "section": section or "",
        "votes": int(re.sub(r"\D", "", votes) or "0"),
    }


def read_submissions(body: bytes, passages: Collection[str] | None = None) -> ReadTable:
    """Reads submissions; the passages that they are about are checked if the event's are given.

    Shape: rows are mappings with title, text, body (a delegation's code or name, else the author), author,
    passages (list of references) and reference ("" to be counted).
    Errors: file-too-large, unknown-format.
    """
    sheet = open_sheet(body, SUBMISSIONS, ("text",))
    if not {"body", "author"} & sheet.columns.keys():
        sheet.error(1, "", "There is no column for the body or the author. One of them must say who sent it.")
    rows = [_submission(sheet, number, cells, passages) for number, cells in sheet.rows]
    _flag_repeats(sheet, rows, lambda row: row["reference"], "reference", sheet.error)
    _flag_repeats(sheet, rows, lambda row: row["text"].casefold(), "text", sheet.warning)
    return sheet.table(rows)


def _submission(
    sheet: Sheet, number: int, cells: dict[str, str], passages: Collection[str] | None
) -> dict[str, Any]:
    text, author = cells.get("text", ""), one_line(cells.get("author", ""))
    body, reference = one_line(cells.get("body", "")) or author, cells.get("reference", "").upper()
    if not text and "text" in sheet.columns:
        sheet.error(number, "text", "This row has no text.")
    if not body and {"body", "author"} & sheet.columns.keys():
        sheet.error(number, "body", "This row does not say who sent it.")
    if reference and not _REFERENCE.fullmatch(reference):
        what = f"“{reference}” is not a reference such as S-001. Leave it empty and it will be counted."
        sheet.error(number, "reference", what)
    title = one_line(cells.get("title", "")) or one_line(text.partition("\n")[0])[:80]
    return {
        "title": title,
        "text": text,
        "body": body,
        "author": author,
        "passages": _passages(sheet, number, cells.get("passages", ""), passages),
        "reference": reference,
    }


def _passages(sheet: Sheet, number: int, cell: str, known: Collection[str] | None) -> list[str]:
    found = list(dict.fromkeys(re.split(r"[;,\s]+", cell.strip()))) if cell.strip() else []
    for reference in found:
        if not _PASSAGE.fullmatch(reference):
            sheet.error(number, "passages", f"“{reference}” is not a passage's reference such as EDU-2.3.")
        elif known is not None and reference not in known:
            sheet.error(number, "passages", f"There is no passage {reference} in this event.")
    return [reference for reference in found if reference]


def _flag_repeats(
    sheet: Sheet,
    rows: list[dict[str, Any]],
    key: Callable[[dict[str, Any]], str],
    column: str,
    say: Callable[[int, str, str], None],
) -> None:
    first: dict[str, int] = {}
    for (number, _), row in zip(sheet.rows, rows, strict=True):
        if key(row) and first.setdefault(key(row), number) != number:
            say(number, column, f"The same {column} is in row {first[key(row)]}.")


def _known(word: str, names: dict[str, tuple[str, ...]]) -> str | None:
    """The name that a word stands for, whatever its case, hyphens and spaces."""
    plain = "".join(c for c in word.casefold() if c.isalnum())
    for name, synonyms in names.items():
        if any(plain == "".join(c for c in known if c.isalnum()) for known in (name, *synonyms)):
            return name
    return None


def one_line(text: str) -> str:
    return " ".join(text.split())
