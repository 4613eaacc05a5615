"""Text messages: what a provider delivers becomes a conversation."""
