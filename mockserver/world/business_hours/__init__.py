"""Business hours: when the workspace, or a department, is open, and what that means for agents."""
