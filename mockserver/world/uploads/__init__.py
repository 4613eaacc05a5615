"""Uploads: files that visitors send. Their content is looked at and not kept."""
