"""Where the event is kept: typed rows, one session, one journal, one writer."""
