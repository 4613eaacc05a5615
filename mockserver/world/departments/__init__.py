"""Departments: groups of agents that conversations are routed to."""
