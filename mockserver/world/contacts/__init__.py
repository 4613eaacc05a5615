"""Contacts: the people and companies behind visitors, whose conversations belong together."""
