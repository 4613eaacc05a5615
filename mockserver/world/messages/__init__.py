"""Messages: what visitors and agents write, and what the server notes in a room."""
