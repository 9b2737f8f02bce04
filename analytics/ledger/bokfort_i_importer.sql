-- Fråga:    Vad är bokfört per konto och dag, ur de här inläsningarna eller ur alla?
-- Korn:     en rad per konto och dag
-- Enhet:    hela ören (bigint)
-- Källor:   huvudbok
-- Klausul:  K7; det som en fil säger hålls mot det som är bokfört
-- Är importer null räknas alla inläsningar. samma är nycklar till rader som också räknas.

select
    konto,
    datum,
    sum(belopp_ore)::bigint as belopp_ore,
    count(*)::bigint as rader
from huvudbok
where
    datum between $fran and $till
    and (
        $importer::varchar[] is null
        or import_id in (select unnest($importer::varchar[]))
        or nyckel in (select unnest($samma::varchar[]))
    )
group by konto, datum
order by konto, datum
