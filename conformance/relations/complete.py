"""Complete: the parts of a question must give the whole together."""
