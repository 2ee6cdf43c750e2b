"""Lines of what happened in six languages, on Thursday 26 November 2026, 14:00 in Berlin, and what they come to."""

ENGLISH = """
log acme called, no answer > call no_answer
log acme call, left voicemail > call voicemail
log acme called, left a message, retry friday > call voicemail retry 2026-11-27
log acme call, spoke, wants a quote > call connected / wants a quote
log acme email sent > email sent
log acme they replied > replied
log acme booked a meeting > meeting_booked
log acme demo, no show > meeting no_show
log acme call, not now > call not_now
log acme call, not interested > call not_interested
log acme asked to stop > asked_to_stop
log acme email, out of office > email out_of_office
log acme met the CTO > meeting / met the CTO
log acme called about the price > call / called about the price
log acme absent > / absent
log acme called, nobody answered > call no_answer
log acme called, couldn't connect > call no_answer
log acme called, didn’t get through > call no_answer
log acme not reached > no_answer
log acme called, busy > call no_answer
log acme called, no reply > call no_answer
log acme emailed, they never replied > email sent
log acme called, not happy with the price > call / not happy with the price
log acme called, not in the mood > call / not in the mood
log acme asked to stop contacting him > asked_to_stop / asked to stop contacting him
log acme never replied > ?
log acme no reply > ?
log acme haven't called yet > ?
log acme no meeting booked > ?
log acme email not sent > ?
log acme called, she never answered > ?
log acme called, no voicemail left > ?
log acme call, wrong number > ?
log acme meeting, cancelled > ?
log acme asked to stop until june > ?
log acme call, message > call / message
log acme called yesterday, voicemail > call voicemail on 2026-11-25
log acme called, we met before > call / we met before
log acme joint call > call / joint
1 called no answer; 2 snooze fri; 3 won 12k > call no_answer; snooze 2026-11-27; won 12000
1 voicemail; 2 lost pricing; 3 won for 12k > call voicemail; lost pricing; won 12000
1 replied interested; 2 no show > replied interested; no_show
1 email sent -- the deck > email sent / the deck
1 called, nobody picked up > call no_answer
1 hasn't replied yet > ?
lost acme too expensive > lost pricing
lost acme, no reply > lost unresponsive
lost acme competitor > lost competition
replied acme interested > replied interested
replied acme no pricing > replied no pricing
replied acme not now until march > replied not now 2027-03-01
"""
GERMAN = """
log acme angerufen, niemand erreicht > call no_answer
log acme angerufen, Mailbox > call voicemail
log acme keine Antwort > no_answer
log acme Anruf keine Antwort > call no_answer
log acme Anruf Mailbox besprochen > call voicemail
log acme Anruf, auf AB gesprochen, Freitag nochmal > call voicemail retry 2026-11-27
log acme angerufen, nicht erreicht, nochmal Freitag > call no_answer retry 2026-11-27
log acme telefonisch erreicht, will ein Angebot > call connected / will ein Angebot
log acme angerufen, kurz gesprochen, möchte Angebot bis Montag > call connected / möchte Angebot bis Montag
log acme E-Mail gesendet > email sent
log acme E-Mail geschickt -- Preisliste > email sent / Preisliste
log acme geantwortet > replied
log acme hat geantwortet > replied
log acme Termin vereinbart > meeting_booked
log acme Termin für Dienstag vereinbart > meeting_booked / Termin für Dienstag vereinbart
log acme Termin, nicht erschienen > meeting no_show
log acme angerufen, jetzt nicht > call not_now
log acme angerufen, kein Interesse > call not_interested
log acme möchte keinen Kontakt mehr > asked_to_stop
log acme E-Mail, Abwesenheitsnotiz > email out_of_office
log acme gestern angerufen, Mailbox > call voicemail on 2026-11-25
log acme angerufen und niemand erreicht > call no_answer
log acme angerufen aber nicht gesprochen > ?
log acme nicht gesprochen > ?
log acme hat angerufen > ?
log acme Anruf, nicht gesprochen > ?
log acme Anruf wegen Angebot gesendet > call / Anruf wegen Angebot gesendet
log acme zurückgerufen, besetzt > call no_answer
log acme zurueckgerufen, ging nicht ran > call no_answer
log acme getroffen, sehr interessiert > meeting / sehr interessiert
log acme Mailbox, morgen wieder versuchen > call voicemail retry 2026-11-27
log acme Mailbox, kommt wieder > call voicemail / kommt wieder
1 angerufen, niemand erreicht; 2 verschieben Fr; 3 gewonnen 12k > call no_answer; snooze 2026-11-27; won 12000
1 keine Antwort; 2 Mailbox; 3 geantwortet > no_answer; call voicemail; replied
1 Geantwortet, interessiert; 2 Termin vereinbart; 3 nicht erschienen > replied interested; meeting_booked; no_show
1 verloren Preis; 2 gewonnen für 12k; 3 Angerufen, Mailbox > lost pricing; won 12000; call voicemail
1 angerufen 2 gewonnen 12k > ?
1 verloren; 2 geparkt bis März; 3 Anruf > ?; park 2027-03-01; call
lost acme Preis > lost pricing
lost acme wegen Preis > lost pricing
lost acme zu teuer > lost pricing
lost acme kein Budget > lost budget
lost acme an Wettbewerber > lost competition
lost acme: Konkurrenz > lost competition
lost acme, keine Antwort > lost unresponsive
lost acme nicht Preis > ?
replied acme interessiert > replied interested
replied acme kein Interesse, Preis > replied no pricing
replied acme jetzt nicht bis März > replied not now 2027-03-01
replied acme nein Budget > replied no budget
replied acme Frage: wie lange > replied question / wie lange
replied acme nicht interessiert, zu teuer > replied no pricing
snooze acme Fr > snooze 2026-11-27
snooze acme fr > snooze 2026-11-27
snooze acme bis Fr > snooze 2026-11-27
1 snooze Fr > snooze 2026-11-27
1 Angerufen, Mailbox > call voicemail
1 verschieben Fr > snooze 2026-11-27
1 verschieben auf Mo > snooze 2026-11-30
log acme angerufen, antwortete nicht > ?
log acme E-Mail, abgemeldet > email / abgemeldet
log acme angerufen, passt nicht > ?
log acme angerufen, erreicht, passt nicht ganz > call connected / passt nicht ganz
log acme will angerufen werden > ?
log acme hatte geantwortet > ?
log acme abwesend > out_of_office
log acme gesprochen, negativ > connected / negativ
log acme angerufen, noch nicht > call not_now
log acme Anruf gestern niemand erreicht > call no_answer on 2026-11-25
log acme nur Mailbox > call voicemail
log acme Nachricht hinterlassen > call voicemail
log acme per Mail geschickt > email sent
log acme LinkedIn Nachricht geschickt > linkedin / LinkedIn Nachricht geschickt
log acme angerufen, zurückrufen Freitag > call retry 2026-11-27
log acme angerufen, Wiedervorlage Freitag > call retry 2026-11-27
log acme nicht kontaktieren bis März > ?
log acme angerufen, bitte nicht mehr anrufen > call asked_to_stop
log acme Anruf, nicht mehr anrufen vor 10 Uhr > ?
replied acme abgesagt > replied / abgesagt
log acme hat leider nicht mehr geantwortet > ?
log acme habe niemanden heute erreicht > ?
log acme Entscheidung getroffen > ?
log acme Termin abgesagt > ?
log acme angerufen, leider nicht mehr gesprochen > ?
replied acme ist nicht mehr so interessiert > replied / ist nicht mehr so interessiert
"""
FRENCH = """
log acme appelé, pas de réponse > call no_answer
log acme appel, messagerie > call voicemail
log acme appelé, laissé un message > call voicemail
log acme j'ai laissé un message > call voicemail
log acme appel, a répondu > call connected
log acme a répondu > ?
log acme mail envoyé > email sent
log acme e-mail, a répondu > email replied
log acme courriel envoyé -- le devis > email sent / le devis
log acme rdv pris mardi > ?
log acme rdv pris > meeting_booked
log acme appel, rdv pris pour mardi > call meeting_booked / rdv pris pour mardi
log acme rdv, pas venu > meeting no_show
log acme appel, absent > ?
log acme rdv, absente > meeting no_show
log acme appelé, pas intéressé > call not_interested
log acme appelé, pas maintenant > call not_now
log acme ne plus contacter > asked_to_stop
log acme e-mail, réponse automatique > email out_of_office
log acme appel, répondeur, rappeler vendredi > call voicemail retry 2026-11-27
log acme appelé hier, n'a pas décroché > call no_answer on 2026-11-25
log acme appelé, veut une démo > call / veut une démo
log acme n'a pas répondu > no_answer
log acme ne répond pas > no_answer
log acme pas parlé > ?
log acme appel, occupé > call no_answer
log acme joint, envoyer le devis > / envoyer le devis / joint
1 appelé, pas de réponse; 2 reporter à vendredi; 3 gagné 12k > call no_answer; snooze 2026-11-27; won 12000
1 messagerie; 2 perdu trop cher; 3 signé 12k > call voicemail; lost pricing; won 12000
1 a répondu; 2 rdv pris > ?; meeting_booked
1 reporter ven > snooze 2026-11-27
1 reporter vendredi > snooze 2026-11-27
lost acme trop cher > lost pricing
lost acme prix > lost pricing
lost acme à cause du prix > lost pricing
lost acme pas de budget > lost budget
lost acme concurrence > lost competition
lost acme, silence radio > lost unresponsive
replied acme intéressé > replied interested
replied acme pas intéressé, trop cher > replied no pricing
replied acme pas maintenant, mars > replied not now 2027-03-01
replied acme non, budget > replied no budget
log acme doit être appelé > ?
log acme a appelé > ?
log acme appelé et laissé message > call voicemail
log acme par téléphone, décroché > call connected
log acme relancer lundi > retry 2026-11-30
log acme e-mail, en vacances > email out_of_office
log acme rencontré hier > meeting on 2026-11-25
log acme absent > ?
log acme ne pas contacter avant mars > ?
log acme rdv annulé > ?
log acme personne a répondu > ?
"""
SPANISH = """
log acme llamado, sin respuesta > call no_answer
log acme llamé, no contestó > call no_answer
log acme llamada, buzón de voz > call voicemail
log acme llamada, dejé mensaje > call voicemail
log acme llamada, contestó > call connected
log acme contestó > ?
log acme correo enviado > email sent
log acme correo enviado -- la propuesta > email sent / la propuesta
log acme hablé con él ayer > connected on 2026-11-25
log acme reunión agendada > meeting_booked
log acme cita, no se presentó > meeting no_show
log acme llamada, no le interesa > call not_interested
log acme llamada, ahora no > call not_now
log acme no contactar más > asked_to_stop
log acme correo, respuesta automática > email out_of_office
log acme llamada, buzón, volver a llamar el viernes > call voicemail retry 2026-11-27
log acme llamé y no contestó > call no_answer
log acme no hablé > ?
log acme no ha respondido > no_answer
1 llamado, sin respuesta; 2 aplazar al viernes; 3 ganado 12k > call no_answer; snooze 2026-11-27; won 12000
1 buzón; 2 perdido precio; 3 ganado por 12k > call voicemail; lost pricing; won 12000
1 no contesta > no_answer
1 posponer vie > snooze 2026-11-27
lost acme precio > lost pricing
lost acme muy caro > lost pricing
lost acme por el precio > lost pricing
lost acme sin presupuesto > lost budget
lost acme competencia > lost competition
lost acme, ahora no > lost timing
replied acme interesado > replied interested
replied acme no, precio > replied no pricing
replied acme no le interesa, muy caro > replied no pricing
replied acme ahora no hasta marzo > replied not now 2027-03-01
replied acme más adelante, marzo > replied not now 2027-03-01
log acme ausente > ?
log acme cita, ausente > meeting no_show
log acme llamada, ocupado > call no_answer
log acme ha llamado > ?
log acme quiere ser llamado > ?
log acme por teléfono, no cogió > call no_answer
log acme respondió por correo > replied
log acme no vino > no_show
log acme llamada, reintentar el lunes > call retry 2026-11-30
log acme no contactar hasta marzo > ?
log acme cita cancelada > ?
"""
PORTUGUESE = """
log acme liguei, não atendeu > call no_answer
log acme liguei, sem resposta > call no_answer
log acme ligação, caixa postal > call voicemail
log acme liguei, deixei recado > call voicemail
log acme ligação, atendeu > call connected
log acme respondeu > ?
log acme e-mail, respondeu > email replied
log acme e-mail enviado > email sent
log acme enviei e-mail ontem > email sent on 2026-11-25
log acme falei ontem, quer proposta > connected on 2026-11-25 / quer proposta
log acme reunião marcada > meeting_booked
log acme reunião, não apareceu > meeting no_show
log acme liguei, agora não > call not_now
log acme liguei, sem interesse > call not_interested
log acme não contatar mais > asked_to_stop
log acme e-mail, está de férias > email out_of_office
log acme liguei, caixa postal, ligar de novo sexta > call voicemail retry 2026-11-27
log acme não falei > ?
log acme não consegui falar > no_answer
1 liguei, não atendeu; 2 adiar para sexta; 3 ganho 12k > call no_answer; snooze 2026-11-27; won 12000
1 caixa postal; 2 perdido preço; 3 ganho por 12k > call voicemail; lost pricing; won 12000
1 sem resposta > no_answer
lost acme preço > lost pricing
lost acme muito caro > lost pricing
lost acme por causa do preço > lost pricing
lost acme sem orçamento > lost budget
lost acme concorrência > lost competition
lost acme, agora não > lost timing
replied acme interessado > replied interested
replied acme não, preço > replied no pricing
replied acme sem interesse, muito caro > replied no pricing
replied acme agora não até março > replied not now 2027-03-01
log acme ausente > ?
log acme reunião, faltou > meeting no_show
log acme ligação, ocupado > call no_answer
log acme quer ser visitado > ?
log acme retornou > replied
log acme liguei e não atendeu > call no_answer
log acme mandei e-mail > email sent
log acme liguei, tentar de novo segunda > call retry 2026-11-30
log acme recebi resposta > replied
log acme faltou orçamento > ?
log acme faltou à reunião > no_show
log acme reunião desmarcada > ?
log acme não foi ainda visitado > ?
"""
DUTCH = """
log acme gebeld, geen gehoor > call no_answer
log acme gebeld, voicemail ingesproken > call voicemail
log acme gebeld, nam niet op > call no_answer
log acme belletje, voicemail > call voicemail
log acme gebeld met Jan > call / gebeld met Jan
log acme gebeld, gesproken, wil een offerte > call connected / wil een offerte
log acme mail gestuurd > email sent
log acme gemaild -- de offerte > email / de offerte
log acme heeft geantwoord > replied
log acme geantwoord > replied
log acme afspraak gemaakt > meeting_booked
log acme afspraak voor dinsdag gemaakt > meeting_booked / afspraak voor dinsdag gemaakt
log acme afspraak, niet komen opdagen > meeting no_show
log acme gebeld, geen interesse > call not_interested
log acme gebeld, nu niet > call not_now
log acme wil geen contact meer > asked_to_stop
log acme mail, met vakantie > email out_of_office
log acme gebeld, voicemail, vrijdag terugbellen > call voicemail retry 2026-11-27
log acme gebeld, in gesprek > call no_answer
log acme niet gesproken > ?
log acme gisteren gebeld, niemand bereikt > call no_answer on 2026-11-25
1 gebeld, geen gehoor; 2 uitstellen tot vrijdag; 3 gewonnen 12k > call no_answer; snooze 2026-11-27; won 12000
1 voicemail ingesproken; 2 verloren prijs; 3 gewonnen voor 12k > call voicemail; lost pricing; won 12000
1 geen antwoord; 2 verzetten naar vr > no_answer; snooze 2026-11-27
lost acme prijs > lost pricing
lost acme te duur > lost pricing
lost acme vanwege de prijs > lost pricing
lost acme geen budget > lost budget
lost acme concurrentie > lost competition
lost acme, nu niet > lost timing
replied acme geïnteresseerd > replied interested
replied acme nee, prijs > replied no pricing
replied acme geen interesse, te duur > replied no pricing
replied acme nu niet tot maart > replied not now 2027-03-01
log acme mail, afwezig > email out_of_office
log acme afspraak, afwezig > meeting no_show
log acme afwezig > ?
log acme teruggebeld, niet bereikbaar > call no_answer
log acme gebeld, nam op, wil een demo > call connected / wil een demo
log acme op bezoek geweest > meeting
log acme gebeld en niemand nam op > call no_answer
log acme moet gebeld worden > ?
log acme bericht achtergelaten > call voicemail
log acme gebeld, opnieuw bellen vrijdag > call retry 2026-11-27
log acme niet bellen voor 10 uur > ?
log acme niet meer bellen > asked_to_stop
log acme afspraak geannuleerd > ?
log acme contact opgenomen > ?
log acme niet meer gesproken > ?
"""


def _parsed(block: str) -> dict[str, str]:
    return dict(line.split(" > ") for line in block.strip().splitlines())


TOLD = {
    "en": _parsed(ENGLISH),
    "de": _parsed(GERMAN),
    "fr": _parsed(FRENCH),
    "es": _parsed(SPANISH),
    "pt": _parsed(PORTUGUESE),
    "nl": _parsed(DUTCH),
}
"""By language: the line, and channel, outcome, day and note; `?` where it must be asked."""
