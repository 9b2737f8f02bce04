"""Which figures do we compute on, from where, as of when, and what is missing? (K3, K4, T6)

In: the CSV files in data/ and dates. Out: the in-memory DuckDB with typed tables, inhabitants per
party and date (whole numbers with status and source), price indices, borders, audits of the data.
Imported by every room above; it imports the ground alone. Only database.py opens DuckDB.
"""
