-- Fråga:    Vilka inlån är dokumenterade?
-- Korn:     en rad per inlån och period med en omfattning
-- Enhet:    procent av heltid; kronor per heltidsmånad
-- Källor:   inlan
-- Klausul:  K13–K15

select
    inlan_id, post, part_id, roll, fran, till, procent, status,
    kostnad_kr, palagg_kr, anteckning, kalla, overlamning_dagar
from inlan
order by inlan_id, fran
