-- Fråga:    Vilka filer räknar programmet på, varifrån kommer de, och vad saknas i dem?
-- Korn:     en rad per fil i registret; rader är null för en fil som inte är en tabell
-- Enhet:    antal rader
-- Källor:   kalla och alla tabeller
-- Klausul:  –

with

antal as (

    select 'part' as tabell, count(*) as rader from part
    union all select 'folkmangd', count(*) from folkmangd
    union all select 'inlan', count(*) from inlan
    union all select 'folkmangd_delsumma', count(*) from folkmangd_delsumma
    union all select 'folkmangd_lanssumma', count(*) from folkmangd_lanssumma
    union all select 'folkmangd_gransandring', count(*) from folkmangd_gransandring
    union all select 'folkmangd_prognos', count(*) from folkmangd_prognos
    union all select 'folkmangd_forandring', count(*) from folkmangd_forandring
    union all select 'prisindex', count(*) from prisindex
    union all select 'prisniva', count(*) from prisniva
    union all select 'kalla', count(*) from kalla

)

select
    kalla.fil,
    kalla.tabell,
    kalla.titel,
    kalla.utgivare,
    kalla.licens,
    kalla.avser,
    antal.rader,
    kalla.senast,
    kalla.saknas,
    kalla.nasta
from kalla
left join antal on antal.tabell = kalla.tabell
order by kalla.fil = 'kallor.csv', kalla.fil;
