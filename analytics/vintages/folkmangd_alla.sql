-- Fråga:    Vilka siffror över invånare följer med programmet?
-- Korn:     en rad per part och datum
-- Enhet:    invånare (heltal)
-- Källor:   folkmangd
-- Klausul:  K3, K4; ställs innan en årgång läses in

select
    part_id,
    datum,
    antal,
    kalla
from folkmangd
order by part_id, datum
