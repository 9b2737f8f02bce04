"""How far can the frame go before a clause stops it, and what meets our conditions? (K4, K5)

In: a question, a parameter to vary or free, conditions. Out: a sweep of up to millions of rows in
kronor, the limits of the frame, spans of values that are proved at both ends.
Imported by pages and commands; it asks the ordinary computation and has no rule of its own.
"""
