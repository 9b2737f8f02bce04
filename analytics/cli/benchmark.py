"""benchmark: how fast, beside what. The modules that measure are loaded only when it is asked."""

from analytics import benchmark as measure
from analytics.cli.options import command, form


@command("benchmark", help=measure.OM)
@form("table", "json")
def benchmark(form):
    return measure.text(measure.mat(), form)


COMMANDS = {"benchmark": benchmark}
