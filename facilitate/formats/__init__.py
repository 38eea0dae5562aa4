"""Documents in, outcome documents out: a file per format and direction; knows only the domain."""
