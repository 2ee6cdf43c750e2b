"""What speaks against a draft, as it stands: it says so and forbids nothing."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from cadences.links import links

WORDS_AT_MOST = 120
CHECKING_IN = (
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
    r"(?:nur|mal|kurz|noch ?mal|nochmals|nur mal|nur kurz) (?:nach(?:fragen|haken|hören|fassen)|melden)",
    r"nach(?:haken|fassen)\b",
    r"gibt es (?:schon |bereits )?(?:etwas |was )?neu(?:es|igkeiten)",
    r"(?:hatten|hattest|haben|hast) (?:sie|du) (?:schon|bereits) (?:gelegenheit|zeit)",
    r"konnte(?:n|st) (?:sie|du) (?:schon|bereits|sich schon|dir schon)",
    r"auf dem laufenden bleiben",
)
"""What is written when there is nothing to say, in English and German."""
PROPOSES = (
    r"let me know", r"let'?s\b", r"(?:i|we) (?:suggest|propose)", r"tell me", r"(?:one|a) (?:word|single number)",
    r"(?:reply|answer) with", r"one-line answer", r"pick (?:one|a)", r"choose", r"book a", r"call me", r"send me",
    r"schlagen? (?:ich|wir)\b", r"(?:ich|wir) schlagen? ", r"lassen sie uns", r"lass uns", r"sagen? (?:sie )?mir",
    r"melden? (?:sie )?sich", r"wählen sie", r"antworten sie", r"rufen sie mich", r"geben sie mir",
)  # fmt: skip
"""What asks without a question mark."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


US = _set("i i'm i'd i've i'll me my mine we we're we'd we've we'll our ours us")
US |= _set("ich mir mich wir uns mein meine meinem meinen meiner unser unsere unserem unseren unserer")
YOU = _set("you you're you'd you've you'll your yours yourself sie ihr ihnen ihre ihrem ihren ihrer")
YOU |= _set("du dir dich dein deine deinem deinen deiner euch euer eure eurem euren eurer")
_GENERIC = [re.compile(rf"(?<!\w){phrase}") for phrase in CHECKING_IN]
_PROPOSAL = re.compile(rf"(?<!\w)(?:{'|'.join(PROPOSES)})")
LINKLESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


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
    folded = plain.casefold()
    us, you = _about(LINKLESS.sub(" ", plain))
    size = count_words(text)
    remarks = [Remark(Flag.CHECKING_IN, words) for words in generic(folded)]
    if "?" not in LINKLESS.sub(" ", plain) and not _PROPOSAL.search(folded):
        remarks.append(Remark(Flag.NO_ASK))
    if us > you:
        remarks.append(Remark(Flag.ABOUT_US, counts=(us, you)))
    if size > WORDS_AT_MOST:
        remarks.append(Remark(Flag.TOO_LONG, counts=(size, WORDS_AT_MOST)))
    remarks += [Remark(Flag.SENT_BEFORE, link) for link in links(text) if same(link) in {same(each) for each in sent}]
    return tuple(remarks)


def generic(folded: str) -> list[str]:
    """Phrases that say nothing, as they stand there; of two that overlap the longer."""
    found = {match.span(): match[0] for phrase in _GENERIC for match in phrase.finditer(folded)}
    whole = [a for a in found if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in found)]
    return list(dict.fromkeys(found[span] for span in sorted(whole)))


def count_words(text: str) -> int:
    """How long a text is to its reader; a dash or a link alone is no word."""
    return len([word for word in LINKLESS.sub(" ", text).split() if re.search(r"\w", word)])


def same(link: str) -> str:
    """A link as it is compared: whatever its case, its last slash and where it was found."""
    head = re.sub(r"^https?://(?:www\.)?", "", link.split("#", maxsplit=1)[0])
    return re.sub(r"[?&]utm_[^&]*", "", head).rstrip("/").casefold()


def _about(text: str) -> tuple[int, int]:
    """How often it speaks of us, and how often of them; ``US`` is a country."""
    spoken = [word.casefold() for word in _WORD.findall(text) if word != "US"]
    return sum(word in US for word in spoken), sum(word in YOU for word in spoken)
