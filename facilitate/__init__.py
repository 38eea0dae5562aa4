"""Facilitate: software for deliberative events, from the first document to the last signature."""

__version__ = "0.1.0"
