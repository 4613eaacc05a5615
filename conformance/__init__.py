"""The conformance kit: holds a server against the Omnichannel contract without harming it."""

KIT_VERSION = "0.1.0"
