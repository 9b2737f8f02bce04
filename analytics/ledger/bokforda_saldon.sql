-- Fråga:    Vilka saldon har lästs in tidigare?
-- Korn:     en rad per verifikatnamn (månad eller år), konto och objekt
-- Enhet:    hela ören (bigint)
-- Källor:   huvudbok
-- Klausul:  K7; en senare fil med saldon lägger till det som skiljer

select
    verifikat,
    konto,
    objekt,
    sum(belopp_ore)::bigint as belopp_ore,
    max(datum) as datum,
    arg_max(text, id) as text,
    arg_max(nyckel, id) as nyckel
from huvudbok
where list_contains($importer, import_id) and list_contains($verifikat, verifikat)
group by verifikat, konto, objekt
order by verifikat, konto, objekt
