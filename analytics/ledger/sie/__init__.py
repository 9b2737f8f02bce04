"""What does a file in SIE 1–4 say is booked, and which sums does it state itself? (K7)

In: the text of a file. Out: records and faults by line (reader); ledger rows in öre, of vouchers
(rows) or of balances (balances); the sums that the file states per account (sums).
Imported by ledger and, for a budget in SIE, by budget.
"""
