"""Before: meeting, forum and conference; a preset is settings and hidden parts, never another code path."""

from __future__ import annotations

from typing import Any

from facilitate.domain.calls import DEFAULT_PRIVATE_REASONS, DEFAULT_REASONS
from facilitate.domain.refusal import Refused

_COMMON: dict[str, Any] = {
    "accent": "#a30029",
    "limit": None,
    "table_size": 10,
    "names_tables": True,
    "reads_back": False,
    "min_group": 10,
    "min_open_seconds": 0,
    "publish_delay_seconds": 0,
    "certify_seconds": 600,
    "most_failing": 1000,
    "most_need_time": 1000,
    "ballot_seconds": 120,
    "pull_outs_needed": 1,
    "rescind_majority": "two-thirds",
    "quiet_seconds": 300,
    "kept_alarm_seconds": 120,
    "sign_off_rule": "all",
    "sign_off_officers": {},
    "starts_in_hall": False,
    "default_trust": "anonymised",
    "commission_contact": "",
    "address": "",
    "submissions_until": None,
    "help_reasons": list(DEFAULT_REASONS),
    "help_private_reasons": list(DEFAULT_PRIVATE_REASONS),
    "help_alarm_seconds": 180,
}
PRESETS: dict[str, dict[str, Any]] = {
    "meeting": _COMMON
    | {"seating": False, "themes": False, "tracks": False, "screens": False, "starts_in_hall": True},
    "forum": _COMMON | {"seating": True, "themes": True, "tracks": False, "screens": True, "limit": 8}
    | {"publish_delay_seconds": 30, "most_failing": 3, "most_need_time": 3},
    "conference": _COMMON
    | {"seating": True, "themes": True, "tracks": True, "screens": True, "limit": 5}
    | {"min_open_seconds": 30, "publish_delay_seconds": 60, "most_failing": 10, "most_need_time": 10}
    | {"default_trust": "stamped", "pull_outs_needed": 3},
}
FEATURES = ("seating", "themes", "tracks", "screens")


def preset_settings(preset: str) -> dict[str, Any]:
    """The settings with which an event of this preset begins.

    Errors: `unknown-preset`.
    """
    try:
        return dict(PRESETS[preset])
    except KeyError:
        raise Refused(
            "unknown-preset", f"“{preset}” is not a preset. There are meeting, forum and conference."
        ) from None
