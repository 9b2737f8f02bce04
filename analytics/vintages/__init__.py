"""Which figures of inhabitants have come in, from where, and which of them hold? (K3, K4, T6)

In: a population file as bytes, or one figure by hand. Out: vintages in the store, each whole with
its source, day and reason; the table folkmangd as the newest of them say.
Imported by invoicing and above, and by the pages and commands that show figures.
"""
