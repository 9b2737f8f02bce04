"""Runs a command of python -m analytics in this process."""

import io

from analytics.cli import program


def run(*argv):
    """Return exit code, stdout and stderr of a command, run in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    code = program.main([str(a) for a in argv], out, err)
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8"))
    return code, *texts
