-- Fråga:    Från vilken dag är någon folkmängd känd?
-- Korn:     en rad; null utan siffror
-- Enhet:    datum
-- Källor:   folkmangd
-- Klausul:  K3, K4

select min(datum) as datum
from folkmangd;
