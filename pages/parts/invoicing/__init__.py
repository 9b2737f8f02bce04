"""What only the page of the invoices uses: a run, the archive, recipients, tables, charts.

Imports no other area.
"""
