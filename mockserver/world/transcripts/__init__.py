"""Transcripts: conversations sent by mail or made into a PDF."""
