"""Users: the accounts of the workspace; agents and managers are users with a role."""
