-- Fråga:    När har invånare bytt kommun för att en gräns ändrades?
-- Korn:     en rad per gränsändring
-- Enhet:    invånare
-- Källor:   folkmangd_gransandring, part
-- Klausul:  K3

with

kommuner as (

    select
        part_id,
        arg_max(namn, fran) as namn
    from part
    where grupp = 'kommun'
    group by part_id

)

select
    andring.datum,
    fran.namn as fran,
    till.namn as till,
    andring.antal,
    andring.kalla
from folkmangd_gransandring as andring
inner join kommuner as fran on fran.part_id = andring.fran_part
inner join kommuner as till on till.part_id = andring.till_part
order by andring.datum;
