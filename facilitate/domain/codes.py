"""Before: the codes by which people and devices sign in, made again from the event's key whenever printed."""

from __future__ import annotations

import hmac

# Crockford's alphabet without the letters that are read as figures.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10


def sign_in_code(key: bytes, credential: str, generation: int) -> str:
    """The code that signs one holder in, made again from the event's key whenever it is printed.

    Shape: ten characters of Crockford's base 32, 50 bits.
    """
    digest = hmac.digest(key, f"sign-in:{credential}:{generation}".encode(), "sha256")
    number = int.from_bytes(digest[:8], "big")
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(CODE_LENGTH))


def tidy_code(typed: str) -> str:
    """A code as it was meant: capitals, no gaps, O as 0, I and L as 1."""
    kept = "".join(c for c in typed.upper() if c.isalnum())
    return kept.translate(str.maketrans("OIL", "011"))


def spaced_code(code: str) -> str:
    """A code as it is printed, in two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def code_hash(key: bytes, code: str) -> str:
    """What is stored of a code: worthless without the event's key."""
    return hmac.digest(key, f"code:{code}".encode(), "sha256").hex()
