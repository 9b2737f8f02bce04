-- Fråga:    Vilka verifikat har rader i huvudboken som filen inte har?
-- Korn:     en rad per verifikat
-- Enhet:    text; inga belopp
-- Källor:   huvudbok
-- Klausul:  K7; ett verifikat som ändrats ska inte räknas två gånger
-- Är verifikat null gäller frågan alla verifikat, inte bara filens. samma är nycklar till rader ur
-- en annan organisations fil som är samma rader som den här bokföringens.

select distinct verifikat
from huvudbok
where
    (import_id in (select unnest($importer)) or nyckel in (select unnest($samma::varchar[])))
    and datum between $fran and $till
    and ($verifikat::varchar[] is null or verifikat in (select unnest($verifikat::varchar[])))
    and nyckel not in (select unnest($nycklar))
order by verifikat
