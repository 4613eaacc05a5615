"""The mock server: a stateful stand-in for Rocket.Chat's Omnichannel REST API."""

VERSION = "0.1.0"
