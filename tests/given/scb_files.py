"""Files of inhabitants in SCB's forms, made by hand."""

from collections.abc import Mapping, Sequence

from analytics.reference import database

NAMES_BY_KOMMUN = {row["part_id"]: row["namn"] for row in database.shared().query("kommuner")}


def held(day: str) -> dict[str, int]:
    """Return the shipped figures of a day."""
    rows = database.shared().query("folkmangd_alla")
    return {row["part_id"]: row["antal"] for row in rows if str(row["datum"]) == day}


def px(years: Sequence[str], figures: Mapping[str, Sequence[int]], names=NAMES_BY_KOMMUN) -> bytes:
    """Return a PX file in Windows-1252: one row per region, one column per year."""
    codes = ",".join(f'"{code}"' for code in figures)
    called = ",".join(f'"{names.get(code, "Stockholms län")}"' for code in figures)
    data = "\n".join(" ".join(map(str, row)) for row in figures.values())
    listed = ",".join(f'"{year}"' for year in years)
    text = (
        'CHARSET="ANSI";\nAXIS-VERSION="2013";\nLANGUAGE="sv";\nTITLE="Folkmängd efter region och '
        f'år";\nSTUB="region";\nHEADING="år";\nVALUES("region")={called};\nVALUES("år")={listed};\n'
        f'CODES("region")={codes};\nDATA=\n{data};\n'
    )
    return text.encode("cp1252")


def grown(day: str = "2025-12-31", by: int = 100) -> dict[str, list[int]]:
    """Return every kommun with *by* inhabitants more than on *day*, as one column."""
    return {code: [count + by] for code, count in held(day).items()}
