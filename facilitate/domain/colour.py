"""Before: whether an event's own accent can be read on its paper."""

from __future__ import annotations

PAPER = "#faf8f4"
WHITE = "#ffffff"
LEAST = 7.0


def luminance(colour: str) -> float:
    """Relative luminance of a colour written as #rrggbb.

    Units: 0 black to 1 white.
    Source: WCAG 2.2, relative luminance.
    """
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21.

    Source: WCAG 2.2, contrast ratio.
    """
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def accent_refusal(accent: str) -> str | None:
    """Why an accent cannot be used for words on paper and under white words, or None."""
    worst = min(contrast(accent, PAPER), contrast(accent, WHITE))
    if worst >= LEAST:
        return None
    return (
        f"{accent} stands out from the paper by {worst:.1f} to 1; {LEAST:.0f} are needed. "
        "Choose a darker one."
    )
