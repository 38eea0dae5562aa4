"""The rules of the event: standard library only; clock, ids and chance come in as arguments."""
