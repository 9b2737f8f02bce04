"""Starts the app: `python -m pages.parts.server [Streamlit's own options]`.

Streamlit takes a folder named pages/ for its old way of finding pages until a first session has
said otherwise; a link straight to a page would then run that file without the frame. Saying it
before the first session is what this module is for.
"""

import sys
from pathlib import Path

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli

APP = Path(__file__).parents[2] / "app.py"


def main(options: list[str]) -> None:
    """Run the app in this process until it is stopped."""
    PagesManager.uses_pages_directory = False
    sys.argv = ["streamlit", "run", str(APP), *options]
    cli.main()


if __name__ == "__main__":
    main(sys.argv[1:])
