"""The world: what the mock knows and the rules by which it changes. It knows no HTTP."""
