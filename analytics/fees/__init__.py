"""What does every party pay, and why? (K1–K6, K10; readings T1–T4, T6)

In: questions (year, parameters, readings, parties, population). Out: fees in whole kronor that add
up to the frame with what is unfunded, 4–7 steps that explain each, and a change by its causes.
Imported by every room that needs a fee; computed without the store, in fees/avgifter.sql alone.
"""
