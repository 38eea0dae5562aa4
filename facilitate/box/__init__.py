"""Ballots: the ballot box, a process and a database of its own; it knows papers and never people."""
