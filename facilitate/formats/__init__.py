"""Documents in, outcome documents out: one file per format and direction; knows the domain and nothing else."""
