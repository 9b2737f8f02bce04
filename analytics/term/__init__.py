"""What must be decided by when, and what is possible in the next term of office? (K9–K11)

In: options (frame path, index, ceiling), years. Out: per year and option what is financed and
unfunded in kronor and which clause stops it; the events of a year with their dates.
Imported by pages and commands.
"""
