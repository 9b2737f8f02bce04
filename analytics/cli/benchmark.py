"""benchmark: how fast, beside what. The modules that measure are loaded only when it is asked."""

from analytics.benchmarks import fees as measure
from analytics.cli.options import command, form


@command("benchmark", help=measure.ABOUT)
@form("table", "json")
def benchmark(form):
    return measure.text(measure.measure(), form)


COMMANDS = {"benchmark": benchmark}
