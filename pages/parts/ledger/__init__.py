"""What only the page of the ledger uses: imports, rows, rules, rows by hand.

Imports no other area.
"""
