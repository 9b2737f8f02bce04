-- Fråga:    Hur många rader ligger bakom en siffra, och vad blir de?
-- Korn:     en rad; samma villkor som bokforda_rader
-- Enhet:    hela ören (bigint)
-- Källor:   huvudbok, kontering
-- Klausul:  K7
-- Ett villkor som är null gäller inte; okant ger raderna utan regel.

select
    count(*)::bigint as antal,
    coalesce(sum(huvudbok.belopp_ore), 0)::bigint as summa_ore
from huvudbok
inner join kontering
    on huvudbok.konto = kontering.konto and huvudbok.objekt = kontering.objekt
where
    year(huvudbok.datum) = $ar
    and (month(huvudbok.datum) + 3) // 4 between $fran_tertial and $till_tertial
    and ($mal::varchar is null or kontering.mal = $mal)
    and (not $okant or kontering.mal is null)
    and ($konto::varchar is null or starts_with(huvudbok.konto, $konto))
    and ($import_id::varchar is null or huvudbok.import_id = $import_id)
    and ($sok::varchar is null
        or contains(lower(huvudbok.text), lower($sok))
        or contains(lower(huvudbok.verifikat), lower($sok))
        or contains(lower(huvudbok.objekt), lower($sok)))
