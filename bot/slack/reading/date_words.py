"""The words of a date in German, French, Spanish, Portuguese and Dutch, beside the English word that each stands for.

No accents here: what is typed is compared without them. ``+1`` and ``-1`` are `next` and `last` behind their word.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Table = Mapping[str, str]
"""English, and the words for it between strokes."""


@dataclass(frozen=True, slots=True)
class Words:
    """A language's words: those that only a date has, abbreviations that may be anything, and the small ones."""

    plain: Table
    short: Table
    small: Table
    numbers: str


LANGUAGES: Mapping[str, Words] = {
    "de": Words(
        plain={
            "monday": "montag|montags", "tuesday": "dienstag|dienstags", "wednesday": "mittwoch|mittwochs",
            "thursday": "donnerstag|donnerstags", "friday": "freitag|freitags", "saturday": "samstag|sonnabend",
            "sunday": "sonntag", "january": "januar|janner", "february": "februar|feber", "march": "marz|maerz",
            "may": "mai", "june": "juni", "july": "juli", "october": "oktober", "december": "dezember",
            "today": "heute", "tomorrow": "morgen", "overmorrow": "ubermorgen|uebermorgen", "yesterday": "gestern",
            "2 days ago": "vorgestern", "days": "tagen|tage",
            "workdays": "werktagen|werktage|arbeitstagen|arbeitstage",
            "weeks": "wochen|woche", "months": "monaten|monate|monat|monats", "quarters": "quartal|quartals|quartale",
            "years": "jahren|jahre|jahr|jahres", "hours": "stunden|stunde", "minutes": "minuten|minute",
            "eom": "monatsende", "eoq": "quartalsende", "eoy": "jahresende", "weekend": "wochenende",
            "evening": "abend|abends", "noon": "mittag|mittags", "afternoon": "nachmittag|nachmittags",
            "next": "nachsten|nachste|nachster|nachstes|naechsten|naechste|naechster|naechstes",
        },
        short={
            "mon": "mo", "tue": "di", "wed": "mi", "thu": "do", "fri": "fr", "sat": "sa", "sun": "so", "days": "tag",
        },
        small={
            "until": "bis zum|bis zur|bis zu|bis", "in": "binnen|innerhalb von|innerhalb der", "on": "am|im",
            "at": "um|gegen", "ab": "ab", "morning": "fruh|morgens|vormittag|vormittags",
            "coming": "kommenden|kommende|kommender",
            "last": "letzten|letzte|letzter|letztes|vergangenen", "this": "diesen|diese|dieser|dieses", "vor-": "vor",
            "by": "spatestens am|spatestens bis|spatestens",
            "end of": "ende des|ende der|ende", "beginning of": "anfang der|anfang des|anfang", "mid": "mitte",
            "the": "der|den|dem|des", "uhr": "uhr",
        },
        numbers="ein eine einem einer|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf",
    ),
    "fr": Words(
        plain={
            "monday": "lundi", "tuesday": "mardi", "wednesday": "mercredi", "thursday": "jeudi", "friday": "vendredi",
            "saturday": "samedi", "sunday": "dimanche", "january": "janvier", "february": "fevrier", "march": "mars",
            "april": "avril", "may": "mai", "june": "juin", "july": "juillet", "august": "aout",
            "september": "septembre",
            "october": "octobre", "november": "novembre", "december": "decembre", "today": "aujourd'hui",
            "tomorrow": "demain", "overmorrow": "apres-demain|apres demain", "2 days ago": "avant-hier|avant hier",
            "days": "jours|jour", "workdays": "jours ouvres|jour ouvre|jours ouvrables|jour ouvrable",
            "weeks": "semaines|semaine", "fortnight": "quinzaine|quinze jours", "weekend": "week-end",
            "eod": "en fin de journee|fin de journee", "months": "mois",
            "quarters": "trimestres|trimestre",
            "years": "annees|annee", "hours": "heures|heure", "noon": "midi",
            "afternoon": "apres-midi|l'apres-midi", "evening": "soir|soiree", "morning": "matin|matinee",
        },
        short={
            "mon": "lun", "tue": "mar", "wed": "mer", "thu": "jeu", "fri": "ven", "sat": "sam", "sun": "dim",
            "jan": "janv", "feb": "fevr|fev", "apr": "avr", "jul": "juil", "yesterday": "hier", "years": "ans|an",
        },
        small={
            "until": "jusqu'au|jusqu'a|jusqu'en", "in": "dans|en|sous|au mois de|d'ici a", "by": "d'ici",
            "at": "a|vers", "ab": "a partir de|a partir du|a partir d'", "+1": "prochain|prochaine|qui vient",
            "-1": "dernier|derniere|passe|passee", "this": "ce|cet|cette", "ago-": "il y a", "the": "le",
            "": "la|l'|de l'", "of": "de|du",
            "end of": "fin de la|fin du|fin de|fin", "beginning of": "debut du|debut de la|debut",
        },
        numbers="un une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze",
    ),
    "es": Words(
        plain={
            "monday": "lunes", "tuesday": "martes", "wednesday": "miercoles", "thursday": "jueves",
            "friday": "viernes",
            "saturday": "sabado", "sunday": "domingo", "january": "enero", "february": "febrero", "march": "marzo",
            "april": "abril", "may": "mayo", "june": "junio", "july": "julio", "august": "agosto",
            "september": "septiembre|setiembre", "october": "octubre", "november": "noviembre",
            "december": "diciembre",
            "today": "hoy", "tomorrow": "manana", "overmorrow": "pasado manana", "yesterday": "ayer",
            "2 days ago": "anteayer|antes de ayer", "days": "dias|dia",
            "workdays": "dias habiles|dia habil|dias laborables|dia laborable", "weeks": "semanas|semana",
            "fortnight": "quincena|quince dias", "weekend": "fin de semana",
            "eod": "al final del dia|final del dia", "months": "meses", "quarters": "trimestres|trimestre",
            "years": "anos|ano",
            "hours": "horas|hora", "minutes": "minutos|minuto", "noon": "mediodia",
            "afternoon": "por la tarde|tarde", "evening": "por la noche|noche", "morning": "por la manana",
        },
        short={
            "mon": "lun", "tue": "mar", "wed": "mie", "thu": "jue", "fri": "vie", "sat": "sab", "sun": "dom",
            "jan": "ene", "apr": "abr", "aug": "ago", "sep": "set", "dec": "dic", "months": "mes",
        },
        small={
            "until": "hasta las|hasta la|hasta el|hasta", "in": "dentro de|en", "at": "a las|a la|sobre las|al",
            "by": "para el|para", "ab": "a partir del|a partir de|desde el|desde", "+1": "proximo|proxima|que viene",
            "-1": "pasado|pasada|ultimo|ultima", "this": "este|esta", "ago-": "hace", "the": "el dia|el",
            "": "la|los|las", "of": "de|del",
            "end of": "a fin de|fin de|a finales de|finales de|a finales del|final de",
            "beginning of": "a principios de|principios de|inicios de", "mid": "a mediados de|mediados de",
        },
        numbers="un una uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce",
    ),
    "pt": Words(
        plain={
            "monday": "segunda-feira|segunda feira", "tuesday": "terca-feira|terca feira",
            "wednesday": "quarta-feira|quarta feira", "thursday": "quinta-feira|quinta feira",
            "friday": "sexta-feira|sexta feira", "saturday": "sabado", "sunday": "domingo", "january": "janeiro",
            "february": "fevereiro", "april": "abril", "may": "maio", "june": "junho", "july": "julho",
            "august": "agosto", "september": "setembro", "october": "outubro", "november": "novembro",
            "december": "dezembro", "today": "hoje", "tomorrow": "amanha", "overmorrow": "depois de amanha",
            "yesterday": "ontem", "2 days ago": "anteontem", "days": "dias|dia", "workdays": "dias uteis|dia util",
            "weeks": "semanas|semana", "fortnight": "quinzena|quinze dias",
            "weekend": "no fim de semana|fim de semana|no final de semana|final de semana",
            "eod": "no fim do dia|fim do dia|no final do dia", "months": "meses", "quarters": "trimestres|trimestre",
            "years": "anos|ano", "hours": "horas|hora", "minutes": "minutos|minuto", "noon": "meio-dia|meio dia",
            "afternoon": "a tarde|da tarde|de tarde|tarde", "evening": "a noite|da noite|de noite|noite",
            "morning": "de manha|da manha|pela manha|manha",
        },
        short={
            "mon": "segunda|seg|2a", "tue": "terca|ter|3a", "wed": "quarta|qua|4a", "thu": "quinta|qui|5a",
            "fri": "sexta|sex|6a", "sat": "sab", "sun": "dom", "feb": "fev", "march": "marco", "apr": "abr",
            "aug": "ago", "sep": "set",
            "oct": "out", "dec": "dez", "months": "mes",
        },
        small={
            "until": "ate as|ate ao|ate o|ate a|ate", "in": "daqui a|dentro de|em", "at": "por volta das|as|ao|a",
            "on": "no|na|nesta|neste|num|numa", "by": "para", "ab": "a partir de|a partir do|desde",
            "+1": "proximo|proxima|que vem", "-1": "passado|passada|ultimo|ultima", "this": "este|esta",
            "ago-": "ha", "the": "no dia|o dia|do dia", "": "o", "of": "de|do|da",
            "end of": "no fim de|no fim do|fim de|fim do|fim da|final de|final do|no final de",
            "beginning of": "no inicio de|no inicio da|inicio de|inicio da|inicio do|comeco de",
            "mid": "em meados de|meados de",
        },
        numbers="um uma|dois duas|tres|quatro|cinco|seis|sete|oito|nove|dez|onze|doze",
    ),
    "nl": Words(
        plain={
            "monday": "maandag", "tuesday": "dinsdag", "wednesday": "woensdag", "thursday": "donderdag",
            "friday": "vrijdag", "saturday": "zaterdag", "sunday": "zondag", "january": "januari",
            "february": "februari",
            "march": "maart", "may": "mei", "june": "juni", "july": "juli", "august": "augustus", "october": "oktober",
            "today": "vandaag", "tomorrow": "morgen", "overmorrow": "overmorgen", "yesterday": "gisteren",
            "2 days ago": "eergisteren", "days": "dagen", "workdays": "werkdagen|werkdag", "weeks": "weken",
            "months": "maanden|maand", "quarters": "kwartalen|kwartaal", "years": "jaren|jaar", "hours": "uren|uur",
            "minutes": "minuten|minuut", "morning": "ochtend|'s ochtends|'s morgens", "afternoon": "middag|'s middags",
            "evening": "avond|'s avonds", "today morning": "vanochtend|vanmorgen", "today afternoon": "vanmiddag",
            "today evening": "vanavond", "eom": "einde maand|eind maand", "next": "volgende",
            "coming": "komende|aanstaande",
        },
        short={
            "mon": "ma", "tue": "di", "wed": "wo", "thu": "do", "fri": "vr", "sat": "za", "sun": "zo", "mar": "mrt",
            "days": "dag", "weeks": "week",
        },
        small={
            "until": "tot en met|t/m|tot", "in": "over|binnen", "at": "om|tegen|rond", "on": "op", "ab": "vanaf",
            "by": "uiterlijk", "last": "vorige|afgelopen", "this": "deze|dit", "ago": "geleden", "the": "de|het",
            "of": "van",
            "end of": "eind van de|einde van de|eind van het|einde van het|eind|einde",
            "beginning of": "begin van de|begin", "mid": "medio",
        },
        numbers="een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf",
    ),
}  # fmt: skip
SPANS: Mapping[str, tuple[str, str]] = {
    "de": ("vom|von|ab", "bis zum|bis"),
    "fr": ("du|de|depuis le", "jusqu'au|jusqu'a|au|a"),
    "es": ("del|de|desde el|desde", "hasta el|hasta|al|a"),
    "pt": ("de|do|desde", "ate ao|ate o|ate|ao|a"),
    "nl": ("van", "tot en met|t/m|tot"),
}
"""What stands before the first and before the last of some days."""
BEFORE_ANOTHER_DAY = (
    "apres|avant|chaque|sauf|ou|despues|antes|depois|"
    "cada|excepto|exceto|toda|todas|todos los|na|voor|elke|iedere|jeden|jede|oder|vor|nach|seit|und|et|y|e|en|o"
)
"""`après mardi`, `cada lunes`: the day is there, but it is not what was meant."""
HOLIDAYS = (
    "ferien|urlaub|weihnachten|ostern|vacances|noel|paques|vacaciones|navidad|natal|ferias|vakantie|kerst|feiertage|"
    "(?:after|before|over|at) (?:the )?(?:christmas|easter|holidays|vacation)"
)
"""`nach den Ferien`: a time, and none that can be read."""
_ELSEWHERE = "do so zo sa dim sex set out an ans a e o ago week dag mes ter mi mo"
WORDS_ELSEWHERE = frozenset(_ELSEWHERE.split())
"""Abbreviations that are words or names of their own; about what was, they need more of a date beside them."""
