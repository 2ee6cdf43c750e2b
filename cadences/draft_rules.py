"""What speaks against a draft, as it stands: it says so and forbids nothing."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from cadences.links import links
from language import SOURCE, reader

WORDS_AT_MOST = 120
LINKLESS = re.compile(r"https?://\S+")
OPEN_SLOT = re.compile(r"\[[^\[\]\n]{1,500}\](?!\()")
"""What says what to write there speaks to the writer."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Rules:
    """What is written in a language when there is nothing to say, what asks, and which words are us and them."""

    generic: tuple[str, ...]
    proposes: tuple[str, ...]
    """What asks without a question mark."""
    us: frozenset[str]
    you: frozenset[str]
    polite: frozenset[str] = frozenset()
    """They, as written: ``Sie`` is whom we write to, ``sie`` are others."""
    names: frozenset[str] = frozenset()
    """Nobody, as written: ``US`` is a country."""

    def about(self, words: Sequence[str]) -> tuple[int, int]:
        """How often it speaks of us, and how often of them."""
        spoken = [word for word in words if word not in self.names]
        us = sum(word.casefold() in self.us for word in spoken)
        return us, sum(word in self.polite or word.casefold() in self.you for word in spoken)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ENGLISH = Rules(
    generic=(
        r"(?:just |only )?(?:checking|check) in\b",
        r"(?:just )?touch(?:ing)? base",
        r"(?:just |only )?(?:following|wanted to follow|want to follow|wanted to quickly follow) up",
        r"circl(?:e|ing) back",
        r"any (?:updates?|news)\b",
        r"bump(?:ing)? (?:this|my|the)",
        r"(?:bubble|float|move)(?:ing)? this (?:up|to the top)",
        r"(?:did|have) you (?:get|got|had|have) a chance",
        r"in case you missed (?:it|my)",
        r"(?:just )?ping(?:ing)? you",
    ),
    proposes=(
        r"let me know", r"let'?s\b", r"(?:i|we) (?:suggest|propose)", r"tell me", r"(?:one|a) (?:word|single number)",
        r"(?:reply|answer) with", r"one-line answer", r"pick (?:one|a)", r"choose", r"book a", r"call me", r"send me",
    ),
    us=_set("i i'm i'd i've i'll me my mine we we're we'd we've we'll our ours us"),
    you=_set("you you're you'd you've you'll your yours yourself"),
    names=_set("US"),
)  # fmt: skip
GERMAN = Rules(
    generic=(
        r"(?:nur |mal |kurz |noch ?mal |nochmals )+(?:nach(?:fragen|haken|hören|fassen)|melden|erkundigen)",
        r"nach(?:zu)?(?:haken|fassen)\b",
        r"(?:hake|fasse) (?:nur |mal |kurz |noch ?mal |nochmals |hiermit )*nach\b",
        r"frage (?:nur |mal |kurz |noch ?mal |nochmals |hiermit )+nach\b",
        r"gibt es (?:denn |dazu |inzwischen |schon |bereits |etwas |was |ein )*(?:neues|neuigkeiten|updates?)\b",
        r"ha(?:tt|b|st)\w* (?:sie|du|ihr) (?:schon|bereits|inzwischen) (?:die )?(?:gelegenheit|möglichkeit|zeit)",
        r"konnte(?:n|st|t) (?:sie|du|ihr) (?:sich |dir |euch )?(?:schon|bereits|inzwischen|mittlerweile)",
        r"(?:wie|was) ist (?:denn )?der (?:aktuelle |neueste )?(?:zwischen)?stand\b",
        r"stand der dinge",
        r"wie sieht es (?:bei ihnen |bei dir |bei euch |denn |inzwischen )*aus\b",
        r"in erinnerung (?:rufen|bringen)",
        r"freundliche erinnerung",
        r"nach oben (?:holen|schieben|spülen)",
        r"(?:mail|nachricht|anfrage) (?:\w+ ){0,6}untergegangen",
        r"falls (?:sie|du|ihr) (?:meine|unsere) (?:letzte |vorige )?(?:e-?mail|nachricht) (?:übersehen|verpasst)",
        r"auf dem laufenden bleiben",
        r"(?:an)?pingen?\b",
    ),
    proposes=(
        r"schlagen? (?:ich|wir)\b", r"(?:ich|wir) schlagen? ", r"(?:mein|unser) vorschlag\b", r"lassen sie ",
        r"lass(?:t)? (?:uns|(?:es )?mich)\b", r"(?:sagen?|schreiben?|nennen?|geben|schicken?) (?:sie )?(?:mir|uns)\b",
        r"(?:sag|schreib|nenn|gib|schick)t? (?:mir|uns)\b", r"melden? (?:sie )?sich", r"melde?t? (?:dich|euch)\b",
        r"wählen sie", r"wähl(?:e|t)? (?:dir|euch|eine?|zwischen)\b", r"(?:suchen|nehmen) sie sich",
        r"(?:such|nimm|nehm)(?:e|t)? (?:dir|euch)\b", r"antworten sie", r"antworte(?:t)? (?:mir|einfach|mit)\b",
        r"rufen sie mich", r"ruft? mich an", r"buchen sie", r"eine? (?:wort|zahl|zeile) (?:genügt|reicht)",
        r"(?:genügt|reicht) eine? (?:einziges? )?(?:wort|zahl|zeile)",
    ),
    us=_set("ich mir mich wir uns mein meine meinem meinen meiner meines unser unsere unserem unseren unserer unseres"),
    you=_set("du dir dich dein deine deinem deinen deiner deines ihr euch euer eure eurem euren eurer eures"),
    polite=_set("Sie Ihnen Ihr Ihre Ihrem Ihren Ihrer Ihres"),
)  # fmt: skip
RULES = {SOURCE: ENGLISH, "de": GERMAN}
"""By the language of a draft."""


class Flag(StrEnum):
    """What can speak against a draft."""

    CHECKING_IN = "checking in"
    NO_ASK = "no ask"
    ABOUT_US = "about us"
    TOO_LONG = "too long"
    SENT_BEFORE = "sent before"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that speaks against a draft: ``words`` are those it is about, ``counts`` what was counted."""

    flag: Flag
    words: str = ""
    counts: tuple[int, ...] = ()


def judged(text: str, sent: Collection[str] = ()) -> tuple[Remark, ...]:
    """Everything that speaks against a text; ``sent`` are the links that this person has had already."""
    plain = " ".join(text.replace("’", "'").split())
    folded, linkless = plain.casefold(), LINKLESS.sub(" ", plain)
    spoken = _WORD.findall(linkless)
    language = _language(spoken)
    us, you = RULES[language].about(_WORD.findall(OPEN_SLOT.sub(" ", linkless)))
    size = count_words(text)
    remarks = [Remark(Flag.CHECKING_IN, words) for words in generic(folded, language)]
    if "?" not in linkless and not _proposal(language).search(folded):
        remarks.append(Remark(Flag.NO_ASK))
    if us > you:
        remarks.append(Remark(Flag.ABOUT_US, counts=(us, you)))
    if size > WORDS_AT_MOST:
        remarks.append(Remark(Flag.TOO_LONG, counts=(size, WORDS_AT_MOST)))
    remarks += [Remark(Flag.SENT_BEFORE, link) for link in links(text) if same(link) in {same(each) for each in sent}]
    return tuple(remarks)


def generic(folded: str, language: str) -> list[str]:
    """Phrases that say nothing, as they stand there; of two that overlap the longer."""
    found = {match.span(): match[0] for phrase in _generic(language) for match in phrase.finditer(folded)}
    whole = [a for a in found if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in found)]
    return list(dict.fromkeys(found[span] for span in sorted(whole)))


def count_words(text: str) -> int:
    """How long a text is to its reader; a dash or a link alone is no word."""
    return len([word for word in LINKLESS.sub(" ", text).split() if re.search(r"\w", word)])


def same(link: str) -> str:
    """A link as it is compared: whatever its case, its last slash and where it was found."""
    head = re.sub(r"^https?://(?:www\.)?", "", link.split("#", maxsplit=1)[0])
    return re.sub(r"[?&]utm_[^&]*", "", head).rstrip("/").casefold()


def _language(spoken: Sequence[str]) -> str:
    """The reader's, who writes it, if we know its rules; a text that plainly speaks another is judged by that one's.

    Many write to the world in English, and many who never chose a language have Slack in English.
    """
    own = reader().language if reader().language in RULES else SOURCE
    return max((own, *RULES), key=lambda language: sum(RULES[language].about(spoken)))


@cache
def _generic(language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!\w){phrase}") for phrase in RULES[language].generic)


@cache
def _proposal(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(RULES[language].proposes)})")
