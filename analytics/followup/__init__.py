"""Is every line on plan, what will the year end at, and what do we do about it? (K2, K7)

In: budget, ledger rows, forecasts, comments, activities. Out: the status of a tertial in öre and
kronor, obstacles to closing it, the sealed figures of a closed one, the year's result per part.
Imported by report, invoicing, the example and above.
"""
