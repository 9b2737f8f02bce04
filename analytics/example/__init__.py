"""What does a whole year look like when it is worked through? (made up, marked exempel everywhere)

In: the files in data/exempel. Out: one made-up year put into the store and taken out again, whole.
Imported by pages only; it imports every room that it fills.
"""
