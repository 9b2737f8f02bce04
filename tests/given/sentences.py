"""What is wrong with sentences that are shown: they end twice."""

import re

QUOTED = re.compile("”[^”]*”")  # what somebody wrote is not the program's to end
TWICE = re.compile(r"[.!?…][ ]?[.](?![.\w])|[.!?]{2,}")


def ends_twice(said: str) -> bool:
    """Return whether a sentence in *said* ends twice, outside what is quoted."""
    return bool(TWICE.search(QUOTED.sub("”x”", said)))
