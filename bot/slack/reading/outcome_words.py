"""How a touch went, in German, French, Spanish, Portuguese and Dutch.

Phrases stand between strokes, ``(one,other,)`` for either word or none. What is typed is compared without its accents,
and German also with `ae` for `ä`. English is in ``said``; here are only its words that deny something.
"""

from collections.abc import Mapping
from enum import Enum

from cadences.model import Channel, Outcome


class Unsure(Enum):
    """Words that mean one thing on the telephone and another in writing: the channel beside them says which."""

    ANSWERED = "answered"
    ABSENT = "absent"
    BUSY = "busy"
    SILENT = "silent"
    OTHERWISE = "otherwise"
    """A meeting that was called off, a decision that was made: neither is a touch."""


Happened = Channel | Outcome | Unsure

HAPPENED: Mapping[str, Mapping[Happened, str]] = {
    "de": {
        Unsure.OTHERWISE: "(termin,meeting,treffen,demo,anruf) (abgesagt,verschoben,verlegt,ausgefallen,geplant)|"
        "(entscheidung,vereinbarung,absprache,auswahl) getroffen|(ziel,ziele,einigung) erreicht",
        Channel.CALL: "(habe,hab,ich habe,) angerufen|(habe,hab,ich habe,) zurückgerufen|(habe,hab,) telefoniert|"
        "telefonisch|per telefon",
        Channel.EMAIL: "(habe,hab,) gemailt|per mail|per e-mail",
        Channel.MEETING: "getroffen|besucht|persönlich getroffen",
        Outcome.VOICEMAIL: "(auf,) mailbox (gesprochen,besprochen)|auf die mailbox gesprochen|nur mailbox|"
        "nur die mailbox|"
        "auf ab gesprochen|auf den ab gesprochen|nachricht hinterlassen|anrufbeantworter|"
        "auf anrufbeantworter gesprochen|"
        "auf den anrufbeantworter gesprochen|auf band gesprochen",
        Outcome.NO_ANSWER: "(niemand,niemanden,keinen,nicht,nie) erreicht|(kunde,kunden) nicht erreicht|"
        "nicht erreichbar|"
        "keine (antwort,reaktion,rückmeldung)|(niemand,keiner) (da,abgenommen,rangegangen,drangegangen)|"
        "(ging,geht,ist) (nicht,niemand,keiner) (ran,dran,rangegangen,drangegangen)|(niemand,nicht) abgenommen|"
        "(nimmt,nahm) nicht ab|(nicht,niemand) rangegangen|hat nicht abgenommen|"
        "(hat,haben,) nicht (geantwortet,reagiert)|antwortet nicht|(leitung,) besetzt|keiner rangegangen",
        Outcome.CONNECTED: "erreicht|gesprochen|kurz gesprochen|lange gesprochen|durchgekommen|(hat,) abgenommen|"
        "rangegangen",
        Outcome.REPLIED: "(hat,haben,) geantwortet|(hat,haben,) zurückgeschrieben|antwort (erhalten,bekommen)|"
        "hat sich gemeldet|haben sich gemeldet",
        Outcome.MEETING_BOOKED: "(termin,meeting,demo,gespräch) (vereinbart,ausgemacht,gebucht,steht,fixiert)|"
        "termin gemacht",
        Outcome.NO_SHOW: "(ist,) nicht (erschienen,aufgetaucht,gekommen)|kam nicht|nicht zum termin erschienen",
        Outcome.NOT_NOW: "(jetzt,derzeit,momentan) nicht|nicht jetzt|noch nicht|gerade nicht|falscher zeitpunkt|"
        "schlechter zeitpunkt|passt gerade nicht",
        Outcome.NOT_INTERESTED: "(hat,haben,) kein interesse|(ist,) nicht interessiert",
        Outcome.ASKED_TO_STOP: "(möchte,will,wünscht) keinen kontakt (mehr,)|"
        "kein kontakt (mehr,) (gewünscht,erwünscht)|"
        "(bitte,) nicht mehr (kontaktieren,anrufen,anschreiben)|nicht kontaktieren",
        Outcome.SENT: "(gesendet,geschickt,verschickt,abgeschickt,versendet)|rausgeschickt|geschrieben",
        Outcome.OUT_OF_OFFICE: "(ist,) (abwesend,nicht im büro)|(ist,) (im,in) urlaub|abwesenheitsnotiz|"
        "abwesenheitsmeldung|abwesenheitsnachricht|automatische antwort|außer haus",
    },
    "fr": {
        Unsure.OTHERWISE: "(rdv,rendez-vous,réunion,démo,appel) (annulé,annulée,reporté,reportée,décalé,décalée)",
        Channel.CALL: "(j'ai,ai,) (appelé,rappelé)|(j'ai,ai) téléphoné|par téléphone|au téléphone",
        Channel.EMAIL: "par (mail,email,e-mail,courriel)",
        Channel.MEETING: "(j'ai,ai,) rencontré|en personne",
        Outcome.VOICEMAIL: "messagerie (vocale,)|répondeur|boîte vocale|(j'ai,ai,) laissé (un,) message|"
        "message (laissé,vocal)|message sur (le,son) répondeur|(tombé,) sur (le,) répondeur|"
        "(tombé,) sur (la,) messagerie",
        Outcome.NO_ANSWER: "(pas de,sans,aucune) (réponse,retour)|(n'a,n'ont,) pas (répondu,décroché)|"
        "(ne,) (répond,décroche) pas|injoignable|(pas,non) (joint,joignable)|personne ne répond|personne n'a répondu|"
        "personne (au,) bout du fil|ligne occupée|toujours pas de réponse",
        Outcome.CONNECTED: "(j'ai,ai,) (parlé,discuté)|(j'ai,ai,l'ai,) eu au téléphone|eu en ligne|(a,) décroché|"
        "(j'ai,ai,l'ai) joint|joint (au téléphone,par téléphone)",
        Outcome.REPLIED: "(a,ont,) répondu par (mail,email,e-mail,courriel)|(j'ai,ai,) reçu (une,) réponse|"
        "réponse (reçue,obtenue)|a écrit en retour",
        Unsure.ANSWERED: "(a,ont,) répondu",
        Outcome.MEETING_BOOKED: "(rdv,rendez-vous) (pris,fixé,calé,programmé,confirmé)|"
        "(réunion,démo) (prise,fixée,calée,"
        "programmée)|pris (un,) (rdv,rendez-vous)",
        Outcome.NO_SHOW: "(n'est,) pas venu|(n'est,) pas venue|(ne,) s'est pas présenté|(ne,) s'est pas présentée|"
        "pas présenté|lapin|m'a posé un lapin",
        Outcome.NOT_NOW: "pas maintenant|pas pour le moment|pas pour l'instant|pas le (bon,) moment|pas encore|"
        "mauvais moment",
        Outcome.NOT_INTERESTED: "(n'est,) pas (intéressé,intéressée,intéressés)|(pas d',aucun) intérêt|pas d'intérêt",
        Outcome.ASKED_TO_STOP: "ne (plus,pas) (contacter,appeler,rappeler)|ne veut plus être (contacté,contactée)|"
        "ne souhaite plus être (contacté,contactée)|désinscrit",
        Outcome.SENT: "(j'ai,ai,) envoyé|(envoyée,envoyés,envoyées)|(j'ai,) écrit",
        Outcome.OUT_OF_OFFICE: "(est,) en (vacances,congé,congés)|absent du bureau|absente du bureau|"
        "réponse automatique|"
        "message d'absence|absence du bureau|notification d'absence",
        Unsure.ABSENT: "(est,) (absent,absente)",
        Unsure.BUSY: "(occupé,occupée)",
    },
    "es": {
        Unsure.OTHERWISE: "(cita,reunión,demo,visita,llamada) (cancelada,aplazada,pospuesta,prevista)",
        Channel.CALL: "(he,) llamado|llamé|telefoneé|por teléfono",
        Channel.EMAIL: "por (correo,mail,email,e-mail)",
        Channel.MEETING: "me reuní|nos reunimos|en persona|visité|visitado",
        Outcome.VOICEMAIL: "buzón (de voz,)|correo de voz|contestador (automático,)|"
        "(dejé,dejado,he dejado,dejo) (un,) mensaje|"
        "(dejé,dejado,) (un,) mensaje de voz|mensaje dejado|saltó el (buzón,contestador)|salta el (buzón,contestador)",
        Outcome.NO_ANSWER: "sin respuesta|no (ha,han,) (contesta,contestó,contestado,contestan,contestaron)|"
        "no (ha,han,) (responde,respondió,respondido,responden,respondieron)|no (cogió,coge) (el teléfono,)|"
        "no (atiende,atendió)|no localizado|ilocalizable|nadie (contesta,contestó,responde)|no hubo respuesta|"
        "línea ocupada|comunicaba",
        Outcome.CONNECTED: "(he,) hablado|hablé|hablamos|(hablado,hablé) con (él,ella)|localizado|cogió el teléfono",
        Outcome.REPLIED: "(respondió,contestó) por (correo,mail,email,e-mail)|respuesta recibida|recibí respuesta",
        Unsure.ANSWERED: "contestó|contestaron|(ha,han,) contestado|respondió|respondieron|(ha,han,) respondido|"
        "contestan",
        Outcome.MEETING_BOOKED: "(cita,reunión,demo) (concertada,agendada,programada,fijada,confirmada)|"
        "(concerté,agendé,agendada,fijé) (una,) (cita,reunión)|quedamos en reunirnos",
        Outcome.NO_SHOW: "no (se,) (presentó,apareció)|no se ha presentado|no vino|no acudió|no asistió|no ha venido",
        Outcome.NOT_NOW: "ahora no|por ahora no|de momento no|todavía no|aún no|no es (el,buen) momento|mal momento",
        Outcome.NOT_INTERESTED: "sin interés|no (le,les) interesa|"
        "no (está,están,) (interesado,interesada,interesados)|"
        "no tiene interés|no interesa",
        Outcome.ASKED_TO_STOP: "no (contactar,llamar) más|no contactar|no quiere (más,) (contacto,que le llamemos)|"
        "no volver a (llamar,contactar)|pidió no ser contactado",
        Outcome.SENT: "(he,) (enviado,mandado)|(enviada,mandada,enviados,enviadas)|envié|mandé|escribí|(he,) escrito",
        Outcome.OUT_OF_OFFICE: "(está,) fuera de la oficina|(está,) de vacaciones|respuesta automática|"
        "mensaje de ausencia|está de baja",
        Unsure.ABSENT: "ausente",
        Unsure.BUSY: "(está,) (ocupado,ocupada)",
    },
    "pt": {
        Unsure.OTHERWISE: "(reunião,visita,demo,ligação,chamada) (cancelada,adiada,desmarcada,prevista)",
        Channel.CALL: "liguei|telefonei|retornei a ligação|por telefone",
        Channel.EMAIL: "por (email,e-mail)",
        Channel.MEETING: "reuni|me reuni|nos reunimos|visitei|encontrei|pessoalmente",
        Outcome.VOICEMAIL: "caixa postal|correio de voz|caixa de voz|(deixei,deixado) (um,) (recado,mensagem)|"
        "deixei uma mensagem|deixei recado|recado deixado|mensagem deixada|mensagem de voz",
        Outcome.NO_ANSWER: "sem resposta|sem retorno|não (atendeu,atende,atenderam)|"
        "ninguém (atendeu,atende,respondeu)|"
        "não (respondeu,responde,responderam)|não consegui falar|não retornou|linha ocupada|deu ocupado",
        Outcome.CONNECTED: "atendeu|falei|falamos|conversei|conversamos|consegui falar",
        Outcome.REPLIED: "(respondeu,responderam) por (email,e-mail)|(recebi,) resposta recebida|recebi resposta|"
        "retornou",
        Unsure.ANSWERED: "respondeu|responderam",
        Outcome.MEETING_BOOKED: "(reunião,demo,visita,call) (marcada,agendada)|"
        "(marquei,agendei) (uma,) (reunião,visita)|"
        "demo marcada|encontro marcado",
        Outcome.NO_SHOW: "não (apareceu,compareceu,veio)|faltou (à,na) (reunião,visita,demo)",
        Outcome.NOT_NOW: "agora não|não agora|por enquanto não|ainda não|não é o momento|mau momento",
        Outcome.NOT_INTERESTED: "sem interesse|não (está,estão,) (interessado,interessada,interessados)|"
        "não (tem,têm) interesse|não interessa",
        Outcome.ASKED_TO_STOP: "não (contatar,contactar) (mais,)|não ligar mais|não quer (mais,) (contato,contacto)|"
        "pediu para (parar,não ligar,não contatar)",
        Outcome.SENT: "(enviado,enviada,enviados,enviadas)|enviei|mandei|escrevi",
        Outcome.OUT_OF_OFFICE: "(está,) fora do escritório|(está,) de férias|em férias|resposta automática|"
        "mensagem de ausência",
        Unsure.ABSENT: "ausente|faltou",
        Unsure.BUSY: "(está,) (ocupado,ocupada)",
    },
    "nl": {
        Unsure.OTHERWISE: "(afspraak,meeting,demo,bezoek) (geannuleerd,afgezegd,verzet,verplaatst)|contact opgenomen|"
        "(doel,akkoord,overeenstemming) bereikt",
        Channel.CALL: "(heb,) (gebeld,opgebeld,teruggebeld)|(ik heb,) getelefoneerd|telefonisch|per telefoon",
        Channel.EMAIL: "(heb,) gemaild|per mail|per e-mail",
        Channel.MEETING: "(heb,) (ontmoet,bezocht)|langsgegaan|op bezoek geweest",
        Outcome.VOICEMAIL: "voicemail (ingesproken,achtergelaten)|ingesproken|(bericht,boodschap) achtergelaten|"
        "antwoordapparaat|op (de,) voicemail|kreeg (de,) voicemail",
        Outcome.NO_ANSWER: "(niemand,niet) (bereikt,opgenomen,bereikbaar)|geen (antwoord,gehoor,reactie)|"
        "(nam,neemt,nemen) niet op|(heeft,hebben,) niet (geantwoord,gereageerd)|(antwoordt,reageert) niet|"
        "niemand nam op|niet te pakken gekregen|onbereikbaar",
        Outcome.CONNECTED: "bereikt|gesproken|even gesproken|aan de lijn gehad|nam op|opgenomen|te pakken gekregen",
        Outcome.REPLIED: "(heeft,hebben,) (geantwoord,gereageerd)|(heeft,) teruggeschreven|(heeft,) teruggemaild|"
        "antwoord (gekregen,ontvangen)|reactie (gekregen,ontvangen)",
        Outcome.MEETING_BOOKED: "(afspraak,meeting,demo,gesprek) (gemaakt,gepland,ingepland,geboekt,vastgelegd,staat)",
        Outcome.NO_SHOW: "(is,) niet (verschenen,gekomen,opgedaagd)|(is,) niet komen opdagen|kwam niet (opdagen,)",
        Outcome.NOT_NOW: "(nu,nog) niet|niet nu|(even,voorlopig) niet|slecht moment|verkeerd moment",
        Outcome.NOT_INTERESTED: "(heeft,hebben,) geen (interesse,belangstelling)|(is,) niet geïnteresseerd",
        Outcome.ASKED_TO_STOP: "(wil,willen) geen contact (meer,)|geen contact meer|"
        "niet (meer,) (contacteren,benaderen)|"
        "niet meer (bellen,mailen)",
        Outcome.SENT: "(verstuurd,verzonden,gestuurd,opgestuurd)|geschreven",
        Outcome.OUT_OF_OFFICE: "(is,) niet op kantoor|(is,) (met,op) (vakantie,verlof)|automatisch antwoord|"
        "afwezigheidsbericht|afwezigheidsmelding|buiten kantoor",
        Unsure.ABSENT: "(is,) afwezig",
        Unsure.BUSY: "in gesprek",
    },
}  # fmt: skip
BOOKED_APART: Mapping[str, str] = {
    "termin": "vereinbart ausgemacht gebucht", "demo": "vereinbart ingepland gepland",
    "meeting": "vereinbart ingepland",
    "afspraak": "gemaakt gepland ingepland", "gesprach": "vereinbart", "besprechung": "vereinbart",
}  # fmt: skip
"""`Termin für Dienstag vereinbart`: a meeting to come, and none that was; the words in which the verb ends it."""
ALONE_IN = {
    "absent": "fr", "absente": "fr", "est absent": "fr", "lapin": "fr", "reuni": "pt",
    "encontrei": "pt", "in gesprek": "nl", "opgenomen": "nl", "nam op": "nl", "op voicemail": "nl",
    "per mail": "de nl",
    "per e-mail": "de nl", "ecrit": "fr",
}  # fmt: skip
"""Words or names elsewhere: they count where the reader, or another word of the line, speaks the language."""

RETRY_FIRST = (
    "(dann,) (nochmal,noch mal,nochmals,erneut,wieder) (anrufen,versuchen,melden,)|wiedervorlage (am,)|wv|nachfassen|"
    "nachhaken|rückruf|zurückrufen|"
    "(à,) (rappeler,relancer,réessayer,retenter,recontacter)|nouvel essai|"
    "(reintentar,volver a llamar,volver a intentar,llamar de nuevo,intentar de nuevo)|"
    "(tentar,ligar,tento,ligo) (de novo,novamente,outra vez)|retomar|retornar|"
    "(opnieuw,nogmaals,weer) (bellen,proberen,mailen,)|terugbellen|nabellen|opvolgen"
)
"""What stands before the day on which it is tried again."""
RETRY_LAST = (
    "(nochmal,noch mal,nochmals,erneut,wieder) (anrufen,versuchen,probieren,melden,)|zurückrufen|nachfassen|"
    "nachhaken|anrufen|"
    "(je,) (rappeler,relancer,rappelle,relance)|de nouveau|otra vez|de nuevo|vuelvo a llamar|de novo|novamente|"
    "outra vez|"
    "(opnieuw,nogmaals,weer) (bellen,proberen,)|terugbellen|nabellen"
)
"""And what stands behind it: `Freitag nochmal`."""
ENGLISH_DENIALS = (
    "not no never nobody none without didn't didnt don't dont doesn't haven't havent hasn't hasnt hadn't wasn't wasnt "
    "weren't isn't couldn't couldnt can't cant cannot won't wouldn't nothing"
)
DENIED = (
    "answer answered answers reply replied replies respond responded pick picked reach reached connect connected "
    "through called phoned speak spoke spoken talk talked booked show showed sent send emailed mailed texted met "
    "voicemail message contacted"
)
"""What an English denial says did not happen; in front of other words it is a remark: `not happy with the price`."""
DENIALS = (
    "nicht nichts kein keine keinen keiner niemand niemanden weder nie niemals ohne pas jamais sans ne aucun "
    "aucune no nunca sin ni jamás não nem sem niet  niets rien personne nadie ninguém nada  geen nooit zonder "
    "nimmer "
)
"""In front of what happened they say that it did not."""
HELPERS = (
    "hat haben hatte hätte will wollen soll sollte muss müssen möchte moechte kann wird wurde werden würde wäre war "
    "ist bin a ont avait aura va doit veut peut est ha han hay había debe quiere puede es está esta foi tem vai deve "
    "quer pode é heeft hebben had wil moet kan zal wordt werd is zou sobald falls wenn bis si se als quand cuando "
    "quando wanneer zodra"
)
"""In front of what happened they say that another did it, or that it is yet to come."""
