"""Inquiries: conversations as the queue sees them."""
