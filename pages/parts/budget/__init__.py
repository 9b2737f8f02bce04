"""What only the page of the budget uses: drafts, files, charts.

Imports no other area.
"""
