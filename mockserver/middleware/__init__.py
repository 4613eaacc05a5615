"""The pipeline: one step of a request's way in each file, in the order that `app.py` states."""
