"""What does python -m analytics answer? One module per group of commands.

Words in; text, JSON or a file out. Only analytics/__main__.py and tests import it, and it imports
every subject but no page. click's own words come from locale/, and are bound here because that
must be done before click is imported; the domain and LANGUAGE hold for the whole process.
"""

import gettext
import os
from pathlib import Path

os.environ["LANGUAGE"] = "sv"
gettext.bindtextdomain("messages", Path(__file__).parent / "locale")
gettext.textdomain("messages")
