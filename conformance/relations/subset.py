"""Subset: a narrower question must get a part of what the wider one gets."""
