"""Pages: what visitors open on the web site."""
