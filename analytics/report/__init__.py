"""How is a tertial told on paper to those who decide? (K7, K16)

In: a TertialStatus. Out: the report as content (paragraphs, tables, charts), then PDF/UA-1 and Word
as bytes, with the same figures in both.
Imported by pages and commands; it does not know invoicing, nor invoicing it.
"""
