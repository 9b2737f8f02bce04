"""How is it shown? Tables, the look of charts, downloads, sentences that several pages use.

Imported by every page and area; it knows no area.
"""
