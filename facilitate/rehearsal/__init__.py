"""The robots, measurements and demo content with which an event is rehearsed."""
