"""What the house asks for from outside: nothing that it does not use."""

from __future__ import annotations

import re
import tomllib

from tests.support.sources import ROOT, files, imports, text

# Where the package's name and the module's differ.
MODULES = {"markdown-it-py": "markdown_it", "python-docx": "docx", "python-dotenv": "dotenv"}
# Asked for, and yet imported nowhere by us.
UNSEEN = {
    "python-socketio": "Flask-SocketIO brings it; older ones have published holes",
    "python-engineio": "Flask-SocketIO brings it; older ones have published holes",
    "simple-websocket": "carries the sockets under the second engine",
    "psycopg2-binary": "SQLAlchemy loads it by the address of the database",
    "tzdata": "zoneinfo reads it where the system has no time zones",
}


def test_everything_asked_for_is_used() -> None:
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    asked = {re.split(r"[<>=~!; ]", line, maxsplit=1)[0] for line in project["dependencies"]}
    used = {module.split(".")[0] for path in files(".py", under="facilitate") for module in imports(path)}
    unused = {name for name in asked if MODULES.get(name, name.lower().replace("-", "_")) not in used}
    assert unused == set(UNSEEN)


def test_locks_hold_everything_asked_for() -> None:
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    locked = set(re.findall(r"^([a-z0-9.\-]+)==", text(ROOT / "requirements.lock"), re.MULTILINE))
    asked = {re.split(r"[<>=~!; ]", line, maxsplit=1)[0] for line in project["dependencies"]}
    assert {re.sub(r"[-_.]+", "-", name).lower() for name in asked} <= locked
