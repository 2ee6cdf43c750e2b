"""What they answered, how a row ended and why a deal was lost, in German, French, Spanish, Portuguese and Dutch.

Written as in ``outcome_words``. English is in ``reply_ways``, ``lost_reasons`` and the grammar of each verb.
"""

from collections.abc import Mapping

from cadences.model import LostReason

ANSWERS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "interested": "(hat,ist,haben,sehr,) interessiert|hat interesse|haben interesse|interesse",
        "question": "(hat,) (eine,) frage|(hat,) (eine,) rückfrage|(hat,) fragen|(hat,) rückfragen",
        "not now": "(jetzt,derzeit,momentan,noch) nicht|nicht jetzt|später",
        "no": "nein|(hat,haben,) kein interesse|(ist,) nicht interessiert",
    },
    "fr": {
        "interested": "(est,très,) (intéressé,intéressée,intéressés)",
        "question": "(a,pose,) une question|(a,) des questions",
        "not now": "pas maintenant|pas pour le moment|pas pour l'instant|pas encore|plus tard",
        "no": "non|(n'est,) pas (intéressé,intéressée,intéressés)|pas d'intérêt",
    },
    "es": {
        "interested": "(está,muy,) (interesado,interesada,interesados)|le interesa|les interesa",
        "question": "(tiene,) (una,) (pregunta,duda)|(tiene,) (preguntas,dudas)",
        "not now": "ahora no|por ahora no|de momento no|todavía no|aún no|más tarde|más adelante",
        "no": "no (le,les) interesa|no (está,están,) (interesado,interesada)|sin interés",
    },
    "pt": {
        "interested": "(está,muito,) (interessado,interessada,interessados)|tem interesse",
        "question": "(tem,) (uma,) (pergunta,dúvida)|(tem,) (perguntas,dúvidas)",
        "not now": "agora não|por enquanto não|ainda não|mais tarde|mais para frente",
        "no": "não|não (está,estão,) (interessado,interessada)|sem interesse|não tem interesse",
    },
    "nl": {
        "interested": "(is,zeer,) geïnteresseerd|heeft interesse|hebben interesse",
        "question": "(heeft,) (een,) vraag|(heeft,) vragen",
        "not now": "nu niet|niet nu|nog niet|voorlopig niet",
        "no": "nee|(heeft,hebben,) geen (interesse,belangstelling)|(is,) niet geïnteresseerd",
    },
}
"""What they answered, beside the English word for it."""
ANSWER_ALONE_IN = {
    "nein": "de", "non": "fr", "nao": "pt", "nee": "nl", "interesse": "de fr nl", "frage": "de", "fragen": "de",
    "vraag": "nl",
    "vragen": "nl", "pregunta": "es", "duda": "es", "dudas": "es", "duvida": "pt", "spater": "de",
}  # fmt: skip

ROWS: Mapping[str, Mapping[str, str]] = {
    "de": {"won": "gewonnen", "lost": "verloren", "snooze": "verschieben|verschoben|verschieben auf|verschoben auf",
           "park": "parken|geparkt"},
    "fr": {"won": "gagné|gagnée|signé", "lost": "perdu|perdue",
           "snooze": "reporter|reporté|reporter au|reporté au|reporter à|reporté à"},
    "es": {"won": "ganado|ganada|ganamos", "lost": "perdido|perdida|perdimos",
           "snooze": "aplazar|aplazado|aplazar al|aplazado al|aplazar a|aplazado a|posponer|pospuesto"},
    "pt": {"won": "ganho|ganha|ganhamos", "lost": "perdido|perdida|perdemos",
           "snooze": "adiar|adiado|adiar para|adiado para"},
    "nl": {"won": "gewonnen", "lost": "verloren",
           "snooze": "uitstellen|uitgesteld|uitstellen tot|uitgesteld tot|verzetten|verzet naar|verzetten naar",
           "park": "parkeren|geparkeerd"},
}  # fmt: skip
"""What became of a row, by the verb that does it; only behind the row's number."""

REASONS: Mapping[str, Mapping[LostReason, str]] = {
    "de": {
        LostReason.PRICING: "(der,zu hoher,) preis|preise|(war,ist,viel,) zu teuer|preis (war,ist,) zu hoch|"
        "zu hohe preise|kosten",
        LostReason.COMPETITION: "(an,an die,an den,an einen,zur,zum,) (konkurrenz,wettbewerb,wettbewerber,mitbewerber,"
        "konkurrenten)",
        LostReason.BUDGET: "(hat,haben,) (kein,keine,ohne) (budget,geld,mittel)|budget (gestrichen,gekürzt,weg)",
        LostReason.MISSING_FEATURES: "fehlende (funktionen,funktion,features)|(funktion,funktionen,feature,features) "
        "(fehlt,fehlen)|funktionen",
        LostReason.LONG_CYCLE: "zu (langer,langsamer) prozess|(hat,dauert,dauerte,) zu lange (gedauert,)|zu langsam",
        LostReason.NO_DECISION_MAKER: "(kein,ohne) entscheider|niemand entscheidet|(falscher,falsche) "
        "(ansprechpartner,ansprechpartnerin,person)",
        LostReason.UNRESPONSIVE: "keine (antwort,reaktion,rückmeldung)|meldet sich nicht (mehr,)|"
        "antwortet nicht (mehr,)|"
        "nicht erreichbar|funkstille",
        LostReason.POOR_FIT: "passt nicht|passt nicht zu uns|passt nicht zu ihnen|passt nicht zusammen",
        LostReason.TIMING: "(falscher,schlechter,) zeitpunkt|jetzt nicht|zu früh",
        LostReason.OTHER: "anderes|sonstiges|anderer grund|andere gründe",
    },
    "fr": {
        LostReason.PRICING: "(le,) prix|(c'est,) trop cher|trop chère|prix trop (élevé,haut)|tarif|tarifs",
        LostReason.COMPETITION: "(à la,par la,chez la,) concurrence|(à un,chez un,) concurrent|parti à la concurrence|"
        "parti chez un concurrent",
        LostReason.BUDGET: "(pas de,plus de,sans,manque de) budget|pas d'argent|budget (coupé,gelé,insuffisant)",
        LostReason.MISSING_FEATURES: "(fonctionnalités,fonctions) manquantes|fonctionnalité manquante|"
        "(il,) manque de fonctionnalités",
        LostReason.LONG_CYCLE: "trop (long,lent)|cycle trop long|trop de temps",
        LostReason.NO_DECISION_MAKER: "(pas de,sans) (décideur,décisionnaire)|mauvais (interlocuteur,contact)|"
        "mauvaise personne",
        LostReason.UNRESPONSIVE: "(pas de,plus de,sans,aucune) (réponse,nouvelles)|ne répond (plus,pas)|silence radio",
        LostReason.POOR_FIT: "(ne,) (convient,correspond) pas|pas (adapté,adaptée)|inadapté",
        LostReason.TIMING: "pas le (bon,) moment|mauvais moment|pas maintenant|trop tôt",
        LostReason.OTHER: "autre (raison,)|autres",
    },
    "es": {
        LostReason.PRICING: "(el,) (precio,precios)|(muy,demasiado) (caro,cara)|precio (muy,demasiado,) alto",
        LostReason.COMPETITION: "(a la,con la,por la,) competencia|(un,a un,con un,) competidor|"
        "se (fue,fueron) (a,con) la competencia",
        LostReason.BUDGET: "(sin,falta de) presupuesto|no hay presupuesto|presupuesto|sin dinero|"
        "no tienen presupuesto",
        LostReason.MISSING_FEATURES: "(faltan,falta de,) (funciones,funcionalidades)|falta una función",
        LostReason.LONG_CYCLE: "(muy,demasiado) (lento,largo)|tardó demasiado|ciclo (muy,) largo",
        LostReason.NO_DECISION_MAKER: "sin decisor|no hay decisor|nadie decide|"
        "(persona equivocada,contacto equivocado)",
        LostReason.UNRESPONSIVE: "sin respuesta|no (contesta,responde,contestan,responden)|"
        "(ya,) no (contesta,responde) más|"
        "desapareció",
        LostReason.POOR_FIT: "no (les,le,) encaja|no (es,era) adecuado|no se ajusta",
        LostReason.TIMING: "(mal,no es el,no era el) momento|ahora no|demasiado pronto|muy pronto",
        LostReason.OTHER: "otro (motivo,)|otra razón|otros",
    },
    "pt": {
        LostReason.PRICING: "(o,) (preço,preços)|(muito,demasiado) caro|caro demais|preço (muito,) alto",
        LostReason.COMPETITION: "(para a,para o,foi para a,foi para o,à,com a,) (concorrência,concorrente)|"
        "para um concorrente",
        LostReason.BUDGET: "(sem,falta de) (orçamento,verba,dinheiro)|não há orçamento|não tem orçamento|orçamento",
        LostReason.MISSING_FEATURES: "(faltam,falta de,) funcionalidades|funcionalidade em falta|faltam recursos",
        LostReason.LONG_CYCLE: "(muito,demasiado) (lento,longo)|demorou (muito,demais,demasiado)|ciclo (muito,) longo",
        LostReason.NO_DECISION_MAKER: "sem decisor|não há decisor|ninguém decide|"
        "(pessoa errada,contato errado,contacto errado)",
        LostReason.UNRESPONSIVE: "sem (resposta,retorno)|não (responde,respondem,retorna) (mais,)|sumiu|sumiram",
        LostReason.POOR_FIT: "não (se,) encaixa|não (é,era) adequado|não serve",
        LostReason.TIMING: "(mau,não é o,não era o) momento|momento errado|agora não|cedo demais|muito cedo",
        LostReason.OTHER: "outro (motivo,)|outra razão|outros",
    },
    "nl": {
        LostReason.PRICING: "(de,) (prijs,prijzen)|(was,is,veel,) te duur|prijs te hoog|te hoge prijs|kosten",
        LostReason.COMPETITION: "(aan de,naar de,naar een,aan een,) (concurrentie,concurrent)",
        LostReason.BUDGET: "(geen,zonder) (budget,geld)|heeft geen budget|budget (geschrapt,weg)",
        LostReason.MISSING_FEATURES: "ontbrekende (functies,functionaliteit,features)|(functies,functie,features) "
        "(ontbreken,ontbreekt)|mist (functies,features)",
        LostReason.LONG_CYCLE: "te (lang,langzaam,traag)|(duurde,duurt) te lang",
        LostReason.NO_DECISION_MAKER: "(geen,zonder) (beslisser,beslissers)|niemand beslist|"
        "verkeerde (persoon,contactpersoon)",
        LostReason.UNRESPONSIVE: "geen (antwoord,reactie,gehoor)|(reageert,antwoordt) niet (meer,)|radiostilte",
        LostReason.POOR_FIT: "past niet (bij ons,bij hen,)|geen match",
        LostReason.TIMING: "(verkeerd,slecht) moment|niet nu|nu niet|te vroeg",
        LostReason.OTHER: "andere reden|iets anders|overig|overige",
    },
}  # fmt: skip
REASON_ALONE_IN = {
    "preis": "de", "prix": "fr", "tarif": "fr de", "tarifs": "fr", "concurrent": "fr nl", "autre": "fr",
    "autres": "fr",
    "otro": "es", "otros": "es", "outro": "pt", "outros": "pt", "overig": "nl", "overige": "nl", "kosten": "de nl",
    "zeitpunkt": "de", "anderes": "de", "sonstiges": "de", "funciones": "es", "competidor": "es", "concorrente": "pt",
    "wettbewerb": "de", "competencia": "es",
}  # fmt: skip
"""Directly behind a name these are as likely a part of it; behind a comma or a colon they are a reason."""
BECAUSE: Mapping[str, str] = {
    "de": "wegen|wegen des|wegen der|wegen dem|aufgrund|grund", "fr": "à cause du|à cause de|pour|raison",
    "es": "por|por el|por la|debido a|debido al|motivo", "pt": "por|por causa do|por causa da|devido a|devido ao|"
    "motivo",
    "nl": "wegens|vanwege|vanwege de|door|door de|om|reden",
}  # fmt: skip
PRICED: tuple[str, ...] = ("für", "fuer", "pour", "por", "voor", "mit", "avec", "con", "com", "met")
"""What stands between a name and the amount it was won with."""
