"""What does the agreement say, by clause and reading, and who is party when? (K1–K19)

In: a TOML file under data/agreements and the dated rows of table part. Out: Agreement, Clause,
Reading, PartyRow: values as Fraction or int, dates, ids; a fault names line and key.
Imported by the rooms above; it asks reference for rows and computes no fee.
"""
