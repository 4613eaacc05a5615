"""Settings: the switches of the workspace, with the server's defaults."""
