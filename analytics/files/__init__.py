"""What do the bytes of a file say, and how does a document leave the program? (K7, K8)

In: bytes of any kind of file, with limits, or rows and texts. Out: rows of cells as text (never
a float), or bytes: CSV, XLSX with formulas defused, PDF/UA-1 by typst from templates/.
Imported by every room that reads or writes files; it knows no subject of its own.
"""
