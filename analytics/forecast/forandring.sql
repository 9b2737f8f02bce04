-- Fråga:    Hur mycket tror SCB att varje kommun växer på fem och tio år?
-- Korn:     en rad per kommun och horisont
-- Enhet:    procent mot basåret
-- Källor:   folkmangd_forandring
-- Klausul:  K3, K4 (framskriven folkmängd)

select part_id, basar, horisont_ar, procent, kalla
from folkmangd_forandring
order by part_id, horisont_ar
