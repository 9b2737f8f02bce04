"""Rows of a ledger that its queries are asked about, and the rules that they are told by."""

# import, key, day, konto, objekt, öre, verifikat, text, the key it corrects; the id is its number
BOOKED = [
    ("2026", "r1", "2026-12-31", "5010", "", 100, "A1", "Hyra", None),
    ("2027", "r2", "2027-01-01", "5000", "", 1000, "A1", "Hyra", None),  # first of the span
    ("2027", "r3", "2027-04-30", "5999", "1=100;6=P12", 200, "A2", "El", None),  # and the last
    ("2027", "r4", "2027-05-01", "5010", "1=100;6=P12", 300, "A3", "Kurs", None),
    ("2027", "r5", "2027-05-01", "4999", "", 40, "A4", "Varor", None),  # just before the span
    ("2027", "r6", "2027-08-31", "51", "", 5, "A5", "Porto", None),  # shorter than the span's
    ("2027", "r7", "2027-09-01", "50111", "", 600, "A6", "Larm", None),  # longer: in the span
    ("2027", "r8", "2027-12-31", "3010", "", -9000, "A7", "Avgift", None),
    ("2027", "r9", "2027-04-02", "1930", "", -500, "A8", "Bank", None),
    ("2027", "r10", "2027-04-30", "1930", "", 100, "A9", "Bank", "r9"),  # by its own import
    ("withdrawn", "r11", "2027-03-01", "5010", "", 77, "W1", "Hyra", "r3"),
    ("withdrawn", "r12", "2029-01-01", "7000", "", 88, "W2", "Hyra", None),
    ("correction", "r13", "2027-05-02", "5000", "", -1000, "R1", "Rättad hyra", "r2"),
    ("2028", "r14", "2028-01-01", "6000", "", 7, "A1", "Tele", None),  # just after the span
    ("2028", "r15", "2028-01-02", "5000", "", 1, "A2", "Hyra", "r2"),  # r2 is corrected twice
]
RULES = [  # accounts, objekt, target
    (("5010", "5010"), "P12", "projekt"),  # as narrow as the next, and with an object
    (("5010", "5010"), "", "hyra"),
    (("3000", "3999"), "", "lokal"),
    (("3000", "3999"), "", "intakt"),  # the latest of two alike
    (("5000", "5999"), "", "lokal"),  # the latest of all, and wider than those for 5010
]
READ_IN = [
    ("b1", "s1", "2027-01-31", "5010", "", 100, "Saldo 202701", "Hyra", None),
    ("b1", "s2", "2027-01-31", "5010", "6=P12", 20, "Saldo 202701", "Kurs", None),
    ("b1", "s3", "2027-06-30", "6000", "", 900, "Årssaldo 2027", "Tele", None),
    ("b2", "s4", "2027-01-31", "5010", "", 15, "Saldo 202701", "Hyra nu", "s1"),
    ("b2", "s5", "2027-12-31", "6000", "", 50, "Årssaldo 2027", "Tele nu", "s3"),
    ("b1", "s7", "2027-02-28", "7000", "", 300, "Saldo 202702", "Lön", None),
    ("b3", "s8", "2027-02-28", "7000", "", -300, "Saldo 202702", "Lön", "s7"),
    ("withdrawn", "s6", "2027-01-31", "5010", "", 1000, "Saldo 202701", "Fel", None),
    ("v1", "k1", "2027-04-29", "5010", "", 1, "A1", "Före", None),
    ("v1", "k2", "2027-04-30", "5010", "", 10, "A1", "Hyra", None),
    ("v1", "k3", "2027-04-30", "5010", "", 5, "A1", "Hyra mer", None),
    ("v1", "k4", "2027-04-30", "1930", "", -15, "A1", "Bank", None),
    ("v1", "k5", "2027-05-01", "5010", "1=100", 7, "A1", "Maj", None),
    ("v1", "k6", "2027-05-01", "5010", "", 8, "A2", "Annat", None),
    ("v1", "k7", "2027-05-02", "5010", "", 2, "A1", "Efter", None),
    ("v2", "k8", "2027-04-30", "5010", "", 99, "A1", "Ur annan fil", None),
    ("v1", "k10", "2027-05-01", "5010", "", 3, "A3", "Inte med i frågan", None),
    ("withdrawn", "k9", "2027-04-30", "5010", "", 77, "A1", "Fel", None),
]
