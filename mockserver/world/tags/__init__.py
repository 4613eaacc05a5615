"""Tags: the labels that are offered to agents who close conversations."""
