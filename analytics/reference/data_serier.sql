-- Fråga:    Vilka år har varje serie en siffra, och är den utfall, uppskattad eller prognos?
-- Korn:     en rad per serie, år och status
-- Enhet:    antal siffror med denna status, av hur många serien skulle ha det året
-- Källor:   part, folkmangd, folkmangd_delsumma, folkmangd_prognos, folkmangd_forandring, prisindex
-- Klausul:  K3, K4

with

kommuner as (

    select count(distinct part_id) as antal
    from part
    where grupp = 'kommun'

)

select
    if(month(datum) = 12, 'Folkmängd 31 december', 'Folkmängd 30 juni') as serie,
    if(month(datum) = 12, 1, 2) as ordning,
    year(datum) as ar,
    'utfall' as status,
    count(*) as antal,
    (select antal from kommuner) as av
from folkmangd
group by all

union all

-- de som bara är kända som summa: uppskattas i folkmangd_vid
select
    'Folkmängd 30 juni',
    2,
    year(datum),
    'uppskattad',
    count(*),
    (select antal from kommuner)
from folkmangd_delsumma
anti join folkmangd using (part_id, datum)
group by all

union all

select
    'Framskrivning kommuner',
    3,
    basar + horisont_ar,
    'prognos',
    count(*),
    (select antal from kommuner)
from folkmangd_forandring
group by all

union all

select
    'Framskrivning länet',
    4,
    ar,
    'prognos',
    count(*),
    1
from folkmangd_prognos
group by all

union all

select
    index_namn,
    case index_namn when 'KPI' then 5 when 'KPIF' then 6 else 7 end,
    ar,
    status,
    count(*),
    1
from prisindex
group by all

order by ordning, ar, status desc;
