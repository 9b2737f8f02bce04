"""What only the page of the term of office uses: its options, charts and uncertainty.

Imports no other area.
"""
