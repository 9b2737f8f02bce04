-- Fråga:    Har alla kommuner en siffra varje datum, och blir summan länets kända folkmängd?
-- Korn:     en rad per datum i folkmangd
-- Enhet:    invånare; skillnad = i allt - länets kända folkmängd, null där länets inte är känd
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

datum as (

    select distinct datum
    from folkmangd

),

delsummor as (

    select
        datum,
        sum(antal)::bigint as antal
    from (select distinct grupp, datum, antal from folkmangd_delsumma)
    group by datum

)

select
    datum.datum,
    count(folkmangd.antal) as kommuner,
    count(*) as av,
    string_agg(kommuner.namn, ', ' order by kommuner.part_id)
        filter (folkmangd.antal is null) as saknas,
    sum(folkmangd.antal)::bigint as summa,
    any_value(delsummor.antal) as delsumma,
    summa + coalesce(any_value(delsummor.antal), 0) as i_allt,
    any_value(lan.antal) as lanet,
    i_allt - any_value(lan.antal) as skillnad,
    any_value(lan.kalla) as kalla
from datum
cross join kommuner
left join folkmangd
    on folkmangd.part_id = kommuner.part_id and folkmangd.datum = datum.datum
left join delsummor on delsummor.datum = datum.datum
left join folkmangd_lanssumma as lan on lan.datum = datum.datum
group by datum.datum
order by datum.datum desc;
