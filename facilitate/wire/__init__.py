"""Every stage: the shape of each message in; shape only, never state."""

from facilitate.wire.base import Message, parse
from facilitate.wire.commands import COMMANDS, Asked, parse_command, parse_join

__all__ = ["COMMANDS", "Asked", "Message", "parse", "parse_command", "parse_join"]
