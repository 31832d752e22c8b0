"""What the tests of risks could not try on this machine, or tried more than elsewhere, is said at the end."""

from collections.abc import Callable

import pytest


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Say a line below the results."""
    return lambda line: record_property("told", line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print those lines, also when all is well."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    told = {value for report in reports for name, value in getattr(report, "user_properties", ()) if name == "told"}
    for line in sorted(map(str, told)):
        terminalreporter.write_line(line)
