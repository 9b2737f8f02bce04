"""What is the money for, and do the lines add up to the frame? (K2)

In: lines per part of the frame (whole kronor per year and tertial), files, a decided scenario. Out:
drafts and decided versions; a decided budget adds up in each part to the krona.
Imported by followup, report, invoicing, the example and above; it knows no outcome.
"""
