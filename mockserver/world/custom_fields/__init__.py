"""Custom fields: what a workspace wants to know of visitors and rooms besides."""
