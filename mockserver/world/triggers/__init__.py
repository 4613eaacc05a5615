"""Triggers: rules by which the live chat widget speaks first."""
