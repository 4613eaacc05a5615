"""Measurements: what the mock costs beside a raw ASGI application, bare Connexion and Prism."""
