-- Fråga:    Vilka kommuner känner programmet till, och vad heter de nu?
-- Korn:     en rad per kommun
-- Enhet:    –
-- Källor:   part
-- Klausul:  K3

select
    part_id,
    arg_max(namn, fran) as namn
from part
where grupp = 'kommun'
group by part_id
order by part_id;
