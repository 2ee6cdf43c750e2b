"""Sample add lines in six languages: the step they name on Thursday 26 November 2026, 14:00 in Berlin, and the note."""

ENGLISH = """
call mon 10am > call 2026-11-30 10:00
call tue > call 2026-12-01
call wed 3pm > call 2026-12-02 15:00
call thursday 10:30 > call 2026-12-03 10:30
email fri > email 2026-11-27
email saturday > email 2026-11-28
call sun > call 2026-11-29
call today 4pm > call 2026-11-26 16:00
call tomorrow > call 2026-11-27
call tomorrow morning > call 2026-11-27 09:00
call tomorrow afternoon > call 2026-11-27 14:00
call the day after tomorrow > call 2026-11-28
call in 3 days > call 2026-11-29
call in two weeks > call 2026-12-10
email in a month > email 2026-12-26
email next week > email 2026-11-30
email next month > email 2026-12-01
email next fri > email 2026-11-27 | 2026-12-04
call this fri > call 2026-11-27
call 15 march > call 2027-03-15
call march 15 > call 2027-03-15
call mar 15 > call 2027-03-15
call 4/5 > call 2027-04-05 | 2027-05-04
call 15/3 > call 2027-03-15
call 2026-12-01 > call 2026-12-01
call end of month > call 2026-11-30
call end of march > call 2027-03-31
call in march > call 2027-03-01
call by friday > call 2026-11-27
call the 15th at 9 > call 2026-12-15 09:00
call 3bd > call 2026-12-01
call 10am > call 2026-11-27 10:00
call noon > call 2026-11-27 12:00
call in 2 hours > call 2026-11-26 16:00
meeting tue 10:00 > meeting 2026-12-01 10:00
demo next tue 3pm > meeting 2026-12-01 15:00
text her tomorrow > sms 2026-11-27 / her
linkedin in 3d > linkedin 2026-11-29
zoom mon 9am > video 2026-11-30 09:00
letter in 2 weeks > letter 2026-12-10
follow up in 2 weeks > 2026-12-10
mon 10am > 2026-11-30 10:00
in 2 weeks > 2026-12-10
mon 10am call > call 2026-11-30 10:00
email the deck tomorrow > email 2026-11-27 / the deck
call about the offer mon > call 2026-11-30 / about the offer
email sent tuesday > / email sent tuesday
call after fri > ?
call mon or tue > ?
call 30 feb > ?
call this week > ?
call at the weekend > ?
call after the holidays > ?
call week 48 > ?
call thu 10am pst > ?
"""
GERMAN = """
Anruf Mo 10:00 > call 2026-11-30 10:00
Anruf Di > call 2026-12-01
Anruf Mi 15 Uhr > call 2026-12-02 15:00
Anruf Do 10:30 > call 2026-12-03 10:30
Anruf Fr um 9 > call 2026-11-27 09:00
Anruf Sa > call 2026-11-28
Anruf So > call 2026-11-29
Anruf Montag 10 Uhr > call 2026-11-30 10:00
anrufen am Dienstag > call 2026-12-01
anrufen am Mittwoch um 14 Uhr > call 2026-12-02 14:00
Rückruf Donnerstag > call 2026-12-03
Telefonat Freitag 14.30 Uhr > call 2026-11-27 14:30
Termin Samstag > meeting 2026-11-28
Treffen Sonntag > meeting 2026-11-29
Anruf heute 16 Uhr > call 2026-11-26 16:00
Anruf morgen > call 2026-11-27
Anruf morgen früh > call 2026-11-27 09:00
Anruf übermorgen > call 2026-11-28
Anruf Montagmorgen > call 2026-11-30 09:00
Anruf Montag morgen > call 2026-11-30 09:00
Anruf Dienstagnachmittag > call 2026-12-01 14:00
Anruf in 3 Tagen > call 2026-11-29
Anruf in fünf Tagen > call 2026-12-01
Anruf in zwei Wochen > call 2026-12-10
Anruf in einer Woche > call 2026-12-03
Anruf in einem Monat > call 2026-12-26
Anruf nächste Woche > call 2026-11-30
Anruf nächsten Monat > call 2026-12-01
Anruf nächsten Dienstag > call 2026-12-01
Anruf kommenden Freitag > call 2026-11-27
Anruf diesen Freitag > call 2026-11-27
Anruf 15. März > call 2027-03-15
Anruf am 15. März 2027 > call 2027-03-15
Anruf bis zum 15. März > call 2027-03-15
Anruf am 15. > call 2026-12-15
Anruf am 15. um 10 Uhr > call 2026-12-15 10:00
Anruf 15.3. > call 2027-03-15
Anruf bis Freitag > call 2026-11-27
Anruf im März > call 2027-03-01
Anruf Ende März > call 2027-03-31
Anruf Anfang März > call 2027-03-01
Anruf Mitte März > call 2027-03-15
Anruf Ende der Woche > call 2026-11-27
Anruf Ende nächster Woche > call 2026-12-04
Anruf halb zehn > call 2026-11-27 09:30
Anruf um 10 Uhr > call 2026-11-27 10:00
E-Mail Montag > email 2026-11-30
schreiben in 2 Wochen > email 2026-12-10
nachfassen nächste Woche > 2026-11-30
Montag 10 Uhr > 2026-11-30 10:00
in 2 Wochen > 2026-12-10
Montag 10 Uhr Anruf > call 2026-11-30 10:00
Nächster Schritt: Anruf Montag > call 2026-11-30
Anruf wegen Angebot Montag > call 2026-11-30 / wegen Angebot
Anruf nach Montag > ?
Anruf Montag oder Dienstag > ?
Anruf diese Woche > ?
Anruf übernächste Woche > ?
Anruf KW 48 > ?
Anruf am Wochenende > ?
Anruf nach den Ferien > ?
Anruf Dez > ?
mail Mo früh > email 2026-11-30 09:00
Anruf Anfang nächster Woche > call 2026-11-30
Anruf spätestens Freitag > call 2026-11-27
Anruf 30. Februar > ?
"""
FRENCH = """
appel lundi 10h > call 2026-11-30 10:00
appel lun 10h > call 2026-11-30 10:00
appel mar > call 2026-12-01
appel mar 15h > call 2026-12-01 15:00
appel mer 14h30 > call 2026-12-02 14:30
appel jeu > call 2026-12-03
appel ven. 9h > call 2026-11-27 09:00
appel sam > call 2026-11-28
appel dim > call 2026-11-29
appel mardi > call 2026-12-01
appeler mercredi à 14h30 > call 2026-12-02 14:30
rappeler jeudi > call 2026-12-03
téléphoner vendredi matin > call 2026-11-27 09:00
rdv samedi à midi > meeting 2026-11-28 12:00
rendez-vous dimanche > meeting 2026-11-29
appel aujourd'hui à 16h > call 2026-11-26 16:00
appel demain > call 2026-11-27
appel demain matin > call 2026-11-27 09:00
appel demain après-midi > call 2026-11-27 14:00
appel après-demain > call 2026-11-28
appel ce soir > call 2026-11-26 18:00
appel dans 3 jours > call 2026-11-29
appel dans deux semaines > call 2026-12-10
appel dans une semaine > call 2026-12-03
appel dans un mois > call 2026-12-26
appel dans 2 heures > call 2026-11-26 16:00
appel dans 3 jours ouvrés > call 2026-12-01
appel la semaine prochaine > call 2026-11-30
appel le mois prochain > call 2026-12-01
appel mardi prochain > call 2026-12-01
appel vendredi prochain > call 2026-11-27 | 2026-12-04
appel ce vendredi > call 2026-11-27
appel le 15 mars > call 2027-03-15
appel le 15 mars 2027 à 10h > call 2027-03-15 10:00
appel le 1er mars > call 2027-03-01
appel le 15 > call 2026-12-15
appel le 15 à 10h > call 2026-12-15 10:00
appel lundi 30 novembre > call 2026-11-30
appel mar 15 > call 2026-12-15 | 2027-03-15
appel en mars > call 2027-03-01
appel fin mars > call 2027-03-31
appel début mars > call 2027-03-01
appel mi-mars > call 2027-03-15
appel fin du mois > call 2026-11-30
appel d'ici vendredi > call 2026-11-27
appel jusqu'au 15 mars > call 2027-03-15
appel à 10h > call 2026-11-27 10:00
appel 14h30 > call 2026-11-26 14:30
appel lundi à 10 heures > call 2026-11-30 10:00
appel lundi à 10 heures et demie > call 2026-11-30 10:30
courriel lundi > email 2026-11-30
visio mardi 10h > video 2026-12-01 10:00
relancer dans 2 semaines > 2026-12-10
lundi à 10h > 2026-11-30 10:00
dans 2 semaines > 2026-12-10
lundi 10h appel > call 2026-11-30 10:00
prochaine étape : appel lundi > call 2026-11-30
appel avec Robin lundi > call 2026-11-30 / avec Robin
courriel envoyé mardi > / courriel envoyé mardi
appel après lundi > ?
appel lundi ou mardi > ?
appel cette semaine > ?
appel semaine 48 > ?
appel ce week-end > ?
appel avant vendredi > ?
appel 1er déc > call 2026-12-01
appel dans quinze jours > call 2026-12-10
appel en fin de journée > call 2026-11-26 17:00
appel le 30 février > ?
"""
SPANISH = """
llamar lunes 10:00 > call 2026-11-30 10:00
llamar lun 10:00 > call 2026-11-30 10:00
llamar mar > call 2026-12-01
llamar mié 14:30 > call 2026-12-02 14:30
llamar jue > call 2026-12-03
llamar vie > call 2026-11-27
llamar sáb > call 2026-11-28
llamar dom > call 2026-11-29
llamar el martes > call 2026-12-01
llamada el miércoles a las 10 > call 2026-12-02 10:00
llamada miercoles > call 2026-12-02
llamar el jueves por la tarde > call 2026-12-03 14:00
llamar viernes > call 2026-11-27
reunión el sábado > meeting 2026-11-28
cita el domingo > meeting 2026-11-29
llamar hoy a las 16h > call 2026-11-26 16:00
llamar mañana > call 2026-11-27
llamar manana > call 2026-11-27
llamar mañana por la mañana > call 2026-11-27 09:00
llamar mañana por la tarde > call 2026-11-27 14:00
llamar pasado mañana > call 2026-11-28
llamar esta tarde a las 5 > call 2026-11-26 17:00
llamar en 3 días > call 2026-11-29
llamar dentro de dos semanas > call 2026-12-10
llamar en una semana > call 2026-12-03
llamar en un mes > call 2026-12-26
llamar en 2 horas > call 2026-11-26 16:00
llamar en 3 días hábiles > call 2026-12-01
llamar la semana que viene > call 2026-11-30
llamar la próxima semana > call 2026-11-30
llamar el próximo mes > call 2026-12-01
llamar el próximo martes > call 2026-12-01
llamar el viernes que viene > call 2026-11-27 | 2026-12-04
llamar este viernes > call 2026-11-27
llamar el 15 de marzo > call 2027-03-15
llamar 15 marzo > call 2027-03-15
llamar el 15 de marzo de 2027 a las 10 > call 2027-03-15 10:00
llamar el 15 > call 2026-12-15
llamar el día 15 a las 10h > call 2026-12-15 10:00
llamar mar 15 > call 2026-12-15 | 2027-03-15
llamar en marzo > call 2027-03-01
llamar a finales de marzo > call 2027-03-31
llamar a mediados de marzo > call 2027-03-15
llamar a principios de marzo > call 2027-03-01
llamar a fin de mes > call 2026-11-30
llamar hasta el lunes > call 2026-11-30
llamar para el viernes > call 2026-11-27
llamar a las 10 > call 2026-11-27 10:00
llamar a las diez > call 2026-11-27 10:00
llamar a las 10 y media > call 2026-11-27 10:30
llamar a las 3 de la tarde > call 2026-11-26 15:00
correo el lunes > email 2026-11-30
videollamada martes a las 10 > video 2026-12-01 10:00
seguimiento en 2 semanas > 2026-12-10
lunes a las 10 > 2026-11-30 10:00
en 2 semanas > 2026-12-10
lunes a las 10 llamada > call 2026-11-30 10:00
próximo paso: llamar lunes > call 2026-11-30
llamar a Robin el lunes > call 2026-11-30 / a Robin
correo enviado martes > / correo enviado martes
llamar después del lunes > ?
llamar lunes o martes > ?
llamar esta semana > ?
llamar este fin de semana > ?
llamar antes del viernes > ?
llamar a principios de la semana que viene > call 2026-11-30
llamar el 30 de febrero > ?
"""
PORTUGUESE = """
ligar segunda-feira 10:00 > call 2026-11-30 10:00
ligar segunda 10h > call 2026-11-30 10:00
ligar seg 10h > call 2026-11-30 10:00
ligar ter > call 2026-12-01
ligar qua 14h30 > call 2026-12-02 14:30
ligar qui > call 2026-12-03
ligar sex > call 2026-11-27
ligar sáb > call 2026-11-28
ligar dom > call 2026-11-29
ligar na terça-feira > call 2026-12-01
ligação na quarta às 10h > call 2026-12-02 10:00
ligacao quinta-feira > call 2026-12-03
ligar na sexta à tarde > call 2026-11-27 14:00
reunião sábado > meeting 2026-11-28
reunião no domingo > meeting 2026-11-29
ligar hoje às 16h > call 2026-11-26 16:00
ligar amanhã > call 2026-11-27
ligar amanha > call 2026-11-27
ligar amanhã de manhã > call 2026-11-27 09:00
ligar amanhã à tarde > call 2026-11-27 14:00
ligar depois de amanhã > call 2026-11-28
ligar em 3 dias > call 2026-11-29
ligar daqui a 3 dias > call 2026-11-29
ligar em duas semanas > call 2026-12-10
ligar em uma semana > call 2026-12-03
ligar em um mês > call 2026-12-26
ligar em 2 horas > call 2026-11-26 16:00
ligar em 3 dias úteis > call 2026-12-01
ligar semana que vem > call 2026-11-30
ligar na próxima semana > call 2026-11-30
ligar no próximo mês > call 2026-12-01
ligar na próxima terça > call 2026-12-01
ligar sexta que vem > call 2026-11-27 | 2026-12-04
ligar nesta sexta > call 2026-11-27
ligar 15 de março > call 2027-03-15
ligar em 15 de março de 2027 às 10h > call 2027-03-15 10:00
ligar dia 15 de março > call 2027-03-15
ligar no dia 15 > call 2026-12-15
ligar dia 15 às 10h > call 2026-12-15 10:00
ligar 15 out > call 2027-10-15
ligar em março > call 2027-03-01
ligar no fim de março > call 2027-03-31
ligar em meados de março > call 2027-03-15
ligar no início de março > call 2027-03-01
ligar no fim do mês > call 2026-11-30
ligar até sexta > call 2026-11-27
ligar às 10h > call 2026-11-27 10:00
ligar às 14h30 > call 2026-11-26 14:30
ligar terça às 10 horas > call 2026-12-01 10:00
ligar ao meio-dia > call 2026-11-27 12:00
mensagem na segunda > sms 2026-11-30
visita terça às 9h > meeting 2026-12-01 09:00
retomar em 2 semanas > 2026-12-10
segunda-feira às 10h > 2026-11-30 10:00
em 2 semanas > 2026-12-10
segunda-feira 10h ligação > call 2026-11-30 10:00
próximo passo: ligar segunda > call 2026-11-30
ligar para Robin segunda > call 2026-11-30 / para Robin
ligar depois de segunda-feira > ?
ligar segunda ou terça > ?
ligar esta semana > ?
ligar no fim de semana > ?
ligar por volta das 10 > call 2026-11-27 10:00
ligar 30 de fevereiro > ?
"""
DUTCH = """
bellen maandag 10:00 > call 2026-11-30 10:00
bellen ma 10:00 > call 2026-11-30 10:00
bellen di > call 2026-12-01
bellen wo 14.30 uur > call 2026-12-02 14:30
bellen do > call 2026-12-03
bellen vr > call 2026-11-27
bellen za > call 2026-11-28
bellen zo > call 2026-11-29
bellen op dinsdag > call 2026-12-01
belletje woensdag om 10 uur > call 2026-12-02 10:00
terugbellen donderdag > call 2026-12-03
opbellen vrijdagmiddag > call 2026-11-27 14:00
afspraak zaterdag > meeting 2026-11-28
bezoek zondag > meeting 2026-11-29
bellen vandaag 16 uur > call 2026-11-26 16:00
bellen morgen > call 2026-11-27
bellen morgenochtend > call 2026-11-27 09:00
bellen morgenmiddag > call 2026-11-27 14:00
bellen maandagochtend > call 2026-11-30 09:00
bellen overmorgen > call 2026-11-28
bellen vanavond > call 2026-11-26 18:00
bellen over 3 dagen > call 2026-11-29
bellen over twee weken > call 2026-12-10
bellen over een week > call 2026-12-03
bellen over een maand > call 2026-12-26
bellen over 2 uur > call 2026-11-26 16:00
bellen over 3 werkdagen > call 2026-12-01
bellen volgende week > call 2026-11-30
bellen volgende maand > call 2026-12-01
bellen volgende dinsdag > call 2026-12-01
bellen volgende vrijdag > call 2026-11-27 | 2026-12-04
bellen komende vrijdag > call 2026-11-27
bellen deze vrijdag > call 2026-11-27
bellen 15 maart > call 2027-03-15
bellen op 15 maart 2027 om 10 uur > call 2027-03-15 10:00
bellen 15 mrt > call 2027-03-15
bellen de 15e > call 2026-12-15
bellen de 15e om 10 uur > call 2026-12-15 10:00
bellen in maart > call 2027-03-01
bellen eind maart > call 2027-03-31
bellen begin maart > call 2027-03-01
bellen half maart > call 2027-03-15
bellen eind van de maand > call 2026-11-30
bellen tot vrijdag > call 2026-11-27
bellen om 10 uur > call 2026-11-27 10:00
bellen om half tien > call 2026-11-27 09:30
bellen kwart over 9 > call 2026-11-27 09:15
bellen maandag om 10u30 > call 2026-11-30 10:30
e-mail maandag > email 2026-11-30
mailtje volgende week > email 2026-11-30
videobellen dinsdag om 10 uur > video 2026-12-01 10:00
opvolgen over 2 weken > 2026-12-10
maandag om 10 uur > 2026-11-30 10:00
over 2 weken > 2026-12-10
maandag om 10 uur bellen > call 2026-11-30 10:00
volgende stap: bellen maandag > call 2026-11-30
bellen met Robin maandag > call 2026-11-30 / met Robin
mailtje gestuurd maandag > / mailtje gestuurd maandag
bellen na maandag > ?
bellen maandag of dinsdag > call 2026-11-30 | 2026-12-01
bellen deze week > ?
bellen dit weekend > ?
bellen voor vrijdag > ?
bellen uiterlijk vrijdag > call 2026-11-27
bellen begin volgende week > call 2026-11-30
bellen 30 februari > ?
"""


def _parsed(block: str) -> dict[str, str]:
    pairs = (line.split(" > ") for line in block.strip().splitlines())
    return {f"Dana Li, Acme, {typed}": meant for typed, meant in pairs}


ADDS = {
    "en": _parsed(ENGLISH),
    "de": _parsed(GERMAN),
    "fr": _parsed(FRENCH),
    "es": _parsed(SPANISH),
    "pt": _parsed(PORTUGUESE),
    "nl": _parsed(DUTCH),
}
"""By language: the line, and `channel date / note`; `?` where it must be asked or refused."""
