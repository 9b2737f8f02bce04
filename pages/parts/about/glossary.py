"""The agreement's words, as the glossary shows them: each with its meaning and its clauses."""

from typing import NamedTuple


class AgreementWord(NamedTuple):
    """One word. clauses: the numbers of its clauses; (3, 4) is K3 and K4."""

    words: str
    meaning: str
    clauses: tuple[int, ...]


def meaning(one: AgreementWord) -> str:
    """Print the meaning with its clauses: "Den 1 januari. (K3)"."""
    return f"{one.meaning} ({', '.join(f'K{number}' for number in one.clauses)})"


WORDS = [
    AgreementWord(
        "Aktiverat läge",
        "En händelse pågår och den regionala samverkanskoordinatorn i beredskap är aktiverad, "
        "ibland under lång tid. Motsatsen är ordinarie läge.",
        (13, 19),
    ),
    AgreementWord(
        "Anslutning",
        "En ny part går in i samverkan. Vad den betalar första året är en tolkning (T4): hela året "
        "eller de månader som är kvar.",
        (10, 12),
    ),
    AgreementWord(
        "Beredskap",
        "Den regionala samverkanskoordinatorn är i beredskap och aktiveras vid en händelse.",
        (13,),
    ),
    AgreementWord(
        "Budgetårets start",
        "Den 1 januari. Folkmängden då är SCB:s siffra för den 31 december året före; den "
        "publiceras i slutet av februari.",
        (3,),
    ),
    AgreementWord(
        "Fakturering",
        "Parterna faktureras två gånger om året enligt fördelningsmodellen. Om det gäller förskott "
        "eller upparbetade medel är en tolkning (T5).",
        (8,),
    ),
    AgreementWord(
        "Fördelningsmodell",
        "Reglerna för vem som betalar vad: kommunerna ena halvan, övriga aktörer den andra, och "
        "taken i vardera halvan.",
        (3, 4, 5, 6),
    ),
    AgreementWord(
        "Gemensam rambudget",
        "Det parterna tillsammans ska finansiera under ett år, 6,5 miljoner kronor. Beloppet är "
        "inte uppräknat sedan 2015.",
        (1,),
    ),
    AgreementWord(
        "Inlån",
        "En part lånar ut personal till kansliet eller till beredskapen. Ersättningen till "
        "utlånarna är två tredjedelar av rambudgeten.",
        (2, 13, 15),
    ),
    AgreementWord(
        "Kategori",
        "Kommun, blåljus eller trafik. Varje kategori bidrar med en deltidstjänst till kansliet, "
        "och uppdraget går runt mellan kategorins parter.",
        (13, 14),
    ),
    AgreementWord(
        "Mandatperiod",
        "Fyra år mellan två val, till exempel 2027–2030. Inför varje ny mandatperiod ser alla "
        "parter över ram och ambition.",
        (9,),
    ),
    AgreementWord(
        "Ofinansierat",
        "Den del av målet som ingen part betalar, för att ett tak tar emot. Den visas alltid som "
        "en egen rad och fördelas inte i tysthet.",
        (4, 5),
    ),
    AgreementWord(
        "Ordinarie läge",
        "Planerat, löpande arbete utan någon pågående händelse.",
        (19,),
    ),
    AgreementWord(
        "Part",
        "En organisation som har antagit överenskommelsen: 26 kommuner och övriga aktörer. Ett "
        "eget beslut att anta den räknas som underskrift.",
        (10, 12, 18),
    ),
    AgreementWord(
        "Regional chefsgrupp",
        "Parternas chefer. Beslutar om årets budget och verksamhetsplan i samförstånd; varje part "
        "beslutar sedan för sin del.",
        (16,),
    ),
    AgreementWord(
        "Regionala rådet",
        "Ägarnas forum, med landshövdingen som ordförande.",
        (16,),
    ),
    AgreementWord(
        "Rotation",
        "Ordningen i vilken en kategoris parter lånar ut personal till kategorins tjänst.",
        (14,),
    ),
    AgreementWord(
        "Samordningskansliet",
        "Samordningschefen, en tjänst för kommunikation och administration, och de inlånade "
        "samordnarna. Förbereder budget, rapporter, rotation och fakturaunderlag.",
        (13, 16),
    ),
    AgreementWord(
        "Självkostnad",
        "Det utlånaren kan visa att den inlånade har kostat. Ersättningen täcker den kostnaden och "
        "visas bredvid avgiften, aldrig avdragen från den.",
        (15,),
    ),
    AgreementWord(
        "Tak",
        "Det mesta en part betalar. En kommun: 1,50 kronor per invånare och år. Övriga aktörer: "
        "4,3 procent av rambudgeten per andel; om det är ett tak eller ett fast pris är en "
        "tolkning (T1), liksom vad 280 tkr betyder (T2).",
        (4, 5),
    ),
    AgreementWord(
        "Tertial",
        "En tredjedel av året. T1 är januari–april, T2 januari–augusti och T3 hela året; "
        "rapporterna är ackumulerade.",
        (7,),
    ),
    AgreementWord(
        "Tolkning",
        "Ett av flera sätt att läsa en klausul som inte är entydig. Programmet visar alla, och "
        "anger vid varje resultat vilken som gäller.",
        (3, 4, 5, 8, 10),
    ),
    AgreementWord(
        "Uppsägning",
        "En part som vill lämna säger upp avtalet senast den 30 juni för att vara fri från nästa "
        "hela år.",
        (11,),
    ),
    AgreementWord(
        "Upparbetade medel",
        "Det som är förbrukat av budgeten hittills. Redovisas varje tertial tillsammans med vad "
        "som är gjort.",
        (7, 8),
    ),
    AgreementWord(
        "Verksamhetsandel",
        "Den enhet som övriga aktörer betalar i. Trafikverket, Region Stockholm (före 2019 "
        "Stockholms läns landsting) och Länsstyrelsen bär två andelar var, de andra en.",
        (5, 6),
    ),
    AgreementWord(
        "Översyn",
        "Den formella genomgången av ram och ambition med alla parter, före varje ny mandatperiod.",
        (9,),
    ),
]
