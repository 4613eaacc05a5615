"""The layer of roles: who may call what, and who may reach whose things.

`matrix` calls each operation as each role, `visitors` tries the room of one visitor with the token
of another, `agents` the room of one agent as another.
"""
