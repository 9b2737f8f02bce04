-- Fråga:    Vad är bokfört på de här verifikaten?
-- Korn:     en rad per verifikat, datum, konto och objekt
-- Enhet:    hela ören (bigint)
-- Källor:   huvudbok
-- Klausul:  K7; av ett verifikat som ändrats läggs det till som skiljer

select
    verifikat,
    datum,
    konto,
    objekt,
    sum(belopp_ore)::bigint as belopp_ore,
    arg_max(text, id) as text,
    arg_max(nyckel, id) as nyckel
from huvudbok
where
    (import_id in (select unnest($importer)) or nyckel in (select unnest($samma::varchar[])))
    and datum between $fran and $till
    and verifikat in (select unnest($verifikat))
group by verifikat, datum, konto, objekt
order by verifikat, datum, konto, objekt
