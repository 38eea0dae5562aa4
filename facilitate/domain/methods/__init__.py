"""Ballots: the methods by which many papers become one choice, exactly, each round on record."""
