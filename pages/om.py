"""Sida: vad betyder orden, hur tillgänglig är tjänsten, och vilken version är det här?"""

from importlib.metadata import version as installed_version

import streamlit as st

from analytics import version
from pages.parts.about import glossary
from pages.parts.widgets.html_table import Column, show_table

st.title("Om Samverkanskalkylen")
st.markdown(
    "Samverkanskalkylen räknar ut vad varje part betalar enligt överenskommelsen om Samverkan "
    "Stockholmsregionen, och visar varför. Varje belopp går att följa tillbaka till en klausul "
    "(K1–K19), en folkmängd med datum och de tolkningar som gäller (T1–T6)."
)

st.header("Avtalets ord")
show_table(
    [{"ord": one.words, "betydelse": glossary.meaning(one)} for one in glossary.WORDS],
    [Column("ord", "Ord"), Column("betydelse", "Betydelse och klausul")],
    "Avtalets ord, och klausulen där de hör hemma",
    key="ordlista",
    sortable=False,
    hidden_heading=True,
)

st.header("Så läser du siffrorna")
st.markdown(
    """
- Belopp är hela kronor. Avgifterna i en grupp summerar till gruppens del av ramen på kronan;
  avrundningen görs en gång, sist.
- **Utfall** är en siffra som är publicerad. **Uppskattad** är beräknad mellan två publicerade
  siffror, eller den senaste framskriven oförändrad. **Prognos** gäller en tid som inte har varit.
- **Saknas** betyder att uppgiften inte finns. Den räknas aldrig som noll.
- Avtalet går på några ställen att läsa på mer än ett sätt. Programmet väljer aldrig i tysthet:
  vilken tolkning som används står alltid vid resultatet.
- Adressen i webbläsaren beskriver det du ser. Skicka den till en kollega, så ser ni samma sak.
"""
)

st.header("Tillgänglighetsredogörelse")
st.markdown(
    f"""
Samverkan är ett avtal mellan parterna och ingen egen juridisk person (K17). Den organisation som
driver tjänsten för parternas räkning ansvarar för att den följer lagen (2018:1937) om
tillgänglighet till digital offentlig service. Redogörelsen gäller version {version.program()}.

### Hur tillgänglig är tjänsten?

Tjänsten är byggd för att uppfylla WCAG 2.1 på nivå A och AA. Den går att använda med enbart
tangentbord, med skärmläsare och i 390 bildpunkters bredd. Tabellerna är riktiga tabeller med
rubriker för rader och kolumner. Färg är aldrig ensam bärare av betydelse.

### Kända brister

- Diagrammen är bilder. Vart och ett har en textbeskrivning, och siffrorna finns i en tabell på
  samma sida, men de enskilda punkterna går inte att nå med tangentbordet.
- Breda tabeller rullas i sidled på smala skärmar. Kolumnen med namn ligger då kvar, men alla
  kolumner syns inte samtidigt.
- Meddelandet om att förbindelsen med programmet har brutits kan visas på engelska.

### Kan du inte använda någon del?

Kontakta Samordningskansliet, så får du uppgifterna på ett sätt som fungerar för dig.
Berätta också om du hittar en brist som inte står här. Är du inte nöjd med svaret kan du anmäla det
till den myndighet som har tillsyn över lagen.

### Hur tjänsten är granskad

Granskningen är en egen kontroll. Varje sida prövas automatiskt i en riktig webbläsare vid varje
ändring av programmet, i bred och smal vy, mot reglerna för WCAG 2.1 A och AA i axe-core. Det
automatiska provet ersätter inte en granskning av människor; en sådan är ännu inte gjord.
"""
)

st.header("Version")
show_table(
    [
        {"del": "Samverkanskalkylen", "version": version.program(), "om": "Programmet"},
        {"del": "Data", "version": version.data(), "om": "Ändras när någon fil i data/ ändras"},
        {"del": "DuckDB", "version": installed_version("duckdb"), "om": "Räknar ut avgifterna"},
        {"del": "Streamlit", "version": installed_version("streamlit"), "om": "Visar sidorna"},
    ],
    [Column("del", "Del"), Column("version", "Version"), Column("om", "Vad det är")],
    "Version av program och data",
    key="version",
    sortable=False,
    hidden_heading=True,
)
