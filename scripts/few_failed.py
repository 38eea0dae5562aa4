"""Names the tests that failed last; leaves with 0 where they are few enough to be run again by themselves."""

from __future__ import annotations

import json
import sys
from pathlib import Path

FEW = 8
FAILED = Path(".pytest_cache/v/cache/lastfailed")


def main() -> int:
    """Print the names, and say by the exit code whether they are few.

    Source: what pytest keeps of its last run, in the folder in which it ran.
    """
    names = sorted(json.loads(FAILED.read_text())) if FAILED.exists() else []
    if not 0 < len(names) <= FEW:
        return 1
    print("Failed:", *names, sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
