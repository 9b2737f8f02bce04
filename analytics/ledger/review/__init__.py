"""What would a file change in the ledger, and what does it leave open for a person to choose? (K7)

In: what a file says (ledger.file) and the imports before it. Out: the rows to be saved, remarks,
questions with their choices, and each account's sums, before anything is saved.
Imported by ledger, and by the pages and commands that show it.
"""
