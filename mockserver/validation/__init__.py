"""Request validation as the server does it: what it coerces, what it refuses, in which words."""

from mockserver.validation.dialects import Dialect, Validator, compile
from mockserver.validation.refusal import InvalidRequest

__all__ = ["Dialect", "InvalidRequest", "Validator", "compile"]
