"""What is booked, does it agree with the accounting, and where does each row belong? (K7, K15)

In: SIE 4, CSV and XLSX as bytes, rows written by hand, posting rules. Out: ledger rows in öre,
outcome per konto, objekt and month, what changed since the last file, unknown accounts.
Imported by budget, followup, invoicing and above; it writes its own rows and knows no budget.
"""
