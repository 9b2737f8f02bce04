"""What if the terms change from a day, and what was frozen or decided? (K9, K18)

In: dated changes with reasons on top of the agreement. Out: scenarios, their fees, comparisons in
kronor, a sealed JSON document with SHA-256 and what deviates when it is computed again.
Imported by forecast, whatif, term, budget, invoicing and above; fees know nothing of scenarios.
"""
