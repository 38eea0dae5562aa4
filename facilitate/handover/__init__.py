"""Every stage: the event moves from one host to another as a sealed bundle; one of them writes it."""
