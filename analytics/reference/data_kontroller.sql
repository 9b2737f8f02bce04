-- Fråga:    Vad är kontrollerat i folkmängden, och vad avviker?
-- Korn:     en rad per kontroll
-- Enhet:    antal granskade och antal avvikande; $grans_promille är gränsen för en årsändring
-- Källor:   part, folkmangd, folkmangd_delsumma, folkmangd_lanssumma
-- Klausul:  K3, K4

with

kommuner as (

    select
        part_id,
        arg_max(namn, fran) as namn
    from part
    where grupp = 'kommun'
    group by part_id

),

arsskiften as (

    select
        kommuner.namn,
        ar,
        folkmangd.antal,
        lag(folkmangd.antal) over (partition by kommuner.part_id order by ar) as fore
    from kommuner
    cross join (select distinct year(datum) as ar from folkmangd where month(datum) = 12)
    left join folkmangd
        on folkmangd.part_id = kommuner.part_id and folkmangd.datum = make_date(ar, 12, 31)

),

andringar as (

    select
        namn,
        ar,
        (2000 * abs(antal - fore) + fore) // (2 * fore) as promille
    from arsskiften
    where antal is not null and fore is not null

),

per_datum as (

    select
        datum,
        sum(antal)::bigint as antal
    from (
        select datum, antal from folkmangd
        union all
        select distinct on (grupp, datum) datum, antal from folkmangd_delsumma
    )
    group by datum

)

select
    1 as nr,
    'Varje kommun har en siffra varje 31 december' as kontroll,
    count(*) as granskat,
    count(*) filter (antal is null) as avviker,
    coalesce(
        string_agg(namn || ' ' || ar, ', ') filter (antal is null),
        min(ar) || '–' || max(ar) || ' för ' || count(distinct namn) || ' kommuner'
    ) as besked
from arsskiften

union all

select
    2,
    'Kommunernas summa är länets kända folkmängd',
    count(*),
    count(*) filter (coalesce(per_datum.antal, 0) != lan.antal),
    coalesce(
        string_agg(lan.datum::varchar, ', ' order by lan.datum)
            filter (coalesce(per_datum.antal, 0) != lan.antal),
        'Lika på invånaren de datum där länets siffra är känd'
    )
from folkmangd_lanssumma as lan
left join per_datum on per_datum.datum = lan.datum

union all

select
    3,
    'Ingen kommun står två gånger på samma datum',
    coalesce(sum(antal), 0)::bigint,
    count(*) filter (antal > 1),
    coalesce(string_agg(part_id || ' ' || datum, ', ') filter (antal > 1), 'Inga dubbletter')
from (select part_id, datum, count(*) as antal from folkmangd group by part_id, datum)

union all

select
    4,
    'Ingen kommun ändras mer än ' || $grans_promille // 10 || ' procent på ett år',
    count(*),
    count(*) filter (promille > $grans_promille),
    'Störst: ' || arg_max(namn, promille) || ' ' || arg_max(ar, promille) || ', '
    || max(promille) // 10 || ',' || max(promille) % 10 || ' procent'
from andringar

order by nr;
