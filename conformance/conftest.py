"""Brings the options of `pytest --pyargs conformance` where the kit is not installed."""

import pytest

from conformance import pytest_entry


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Register the entry, unless the kit is installed and pytest has done so."""
    if not pluginmanager.is_registered(pytest_entry):
        pluginmanager.register(pytest_entry, "conformance")
