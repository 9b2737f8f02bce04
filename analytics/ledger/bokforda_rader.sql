-- Fråga:    Vilka rader ligger bakom en siffra, hur många är de, och vad blir de?
-- Korn:     en rad; rader är de antal rader, i datumordning, som kommer efter de första hoppa
-- Enhet:    hela ören (bigint)
-- Källor:   huvudbok, kontering
-- Klausul:  K7
-- Ett villkor som är null gäller inte; okant ger raderna utan regel.

with

traffar as (

    select
        huvudbok.id,
        huvudbok.import_id,
        huvudbok.datum,
        huvudbok.konto,
        huvudbok.text,
        huvudbok.belopp_ore,
        huvudbok.objekt,
        huvudbok.verifikat,
        huvudbok.rattar,
        huvudbok.nyckel,
        kontering.mal
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

),

sidan as (
    select *
    from traffar
    order by datum, id
    limit $antal offset $hoppa
)

select
    (select count(*) from traffar)::bigint as alla,
    (select coalesce(sum(belopp_ore), 0) from traffar)::bigint as summa_ore,
    (select coalesce(list(sidan order by datum, id), []) from sidan) as rader
