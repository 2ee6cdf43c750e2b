"""Why a deal was lost, in the words salespeople use for it."""

import re

from rapidfuzz import fuzz, process

from bot.slack.reading import outcome_languages
from bot.slack.reading.date_languages import fold
from bot.slack.reading.outcome_languages import DENIALS
from cadences.model import LostReason

SPELT_NEARLY = 85
SHORTEST_MISSPELT, LONGEST_REASON = 5, 40

_REASONS = {
    LostReason.PRICING: "pricing|price|prices|too expensive|expensive|cost|costs|too pricey",
    LostReason.COMPETITION: "competition|competitor|competitors|a competitor|to competitor|to a competitor|"
    "went with competitor|went with a competitor|went with competition|chose a competitor|chose competitor",
    LostReason.BUDGET: "budget|no budget|no money|budget cut|budget cuts",
    LostReason.MISSING_FEATURES: "missing features|missing feature|missing_features|features|feature gap",
    LostReason.LONG_CYCLE: "long cycle|long_cycle|too slow|took too long|too long",
    LostReason.NO_DECISION_MAKER: "no decision maker|no decision-maker|no_decision_maker|decision maker|no champion|"
    "wrong person",
    LostReason.UNRESPONSIVE: "unresponsive|ghosted|ghosting|ghosted us|silent|silence|went silent|went dark|"
    "no response|no reply",
    LostReason.POOR_FIT: "poor fit|poor_fit|bad fit|no fit|not a fit|not a good fit",
    LostReason.TIMING: "timing|bad timing|not now|wrong time|too early",
    LostReason.OTHER: "other|other reason",
}
REASONS = {phrase: reason for reason, phrases in _REASONS.items() for phrase in phrases.split("|")}
_REASON_WORDS = max(len(phrase.split()) for phrase in REASONS)
_LONGEST = max(_REASON_WORDS, outcome_languages.REASONS.longest)
_BECAUSE = re.compile(
    r"(?:^|\s)(?:because of|due to|because|reason:?|over|on|for|:)(?: the| their| our)?$", re.IGNORECASE
)


def reason_and_remark(text: str) -> tuple[LostReason | None, str]:
    """`pricing: went with Initech`: the reason at the beginning, and the remark behind a comma or a colon."""
    found = re.match(r"(?P<reason>[^,:]+)(?:[,:]\s*(?P<remark>.*))?", text, re.DOTALL)
    reason = read_reason(found["reason"]) if found else None
    return (reason, (found["remark"] or "").strip()) if found and reason else (None, text)


def reason_at_tail(text: str) -> tuple[str, LostReason | None]:
    """The name, and the reason at the end of the words: `acme no decision maker`, `acme zu teuer`."""
    words = text.split()
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        who, said = words[:-length], " ".join(words[-length:])
        near = _misspelt(said) if length <= _REASON_WORDS else None
        if reason := _in_english(said) or _behind_a_name(who, said) or near:
            who = _BECAUSE.sub("", " ".join(who)).strip(" ,").split()
            return " ".join(outcome_languages.without_because(who)), reason
    return text, None


def read_reason(phrase: str) -> LostReason | None:
    """The reason that the whole phrase names, spelt right or nearly so."""
    return named_by(phrase) or _misspelt(phrase)


def named_by(phrase: str) -> LostReason | None:
    """The reason that the whole phrase names, spelt right, in any of the languages."""
    words = phrase.split()
    elsewhere = outcome_languages.REASONS.whole(" ".join(outcome_languages.after_because(words)))
    return _in_english(phrase) or elsewhere


def at_beginning(text: str) -> str:
    """The most of the first words that names a reason, spelt right; nothing where none does."""
    ends = [found.end() for found in re.finditer(r"\S+", text[:LONGEST_REASON])][:_LONGEST]
    return next((text[:end] for end in reversed(ends) if named_by(text[:end])), "")


def nearest(phrase: str, near_enough: int) -> LostReason | None:
    """The reason whose name in any of the languages is nearest, where it is near enough."""
    known = {**REASONS, **outcome_languages.REASONS.meant}
    near = process.extractOne(fold(phrase), known.keys(), scorer=fuzz.ratio, score_cutoff=near_enough)
    return known[near[0]] if near else None


def _in_english(phrase: str) -> LostReason | None:
    return REASONS.get(phrase.lower().strip(" .!"))


def _behind_a_name(who: list[str], said: str) -> LostReason | None:
    """A reason in another language; not where a word before it denies it, or where it is as likely a surname."""
    if any(fold(word) in DENIALS for word in who[1:]) or outcome_languages.may_be_name(said):
        return None
    return outcome_languages.REASONS.whole(said, lambda: outcome_languages.at_hand(" ".join([*who, said])))


def _misspelt(phrase: str) -> LostReason | None:
    said = phrase.lower().strip(" .!")
    if not SHORTEST_MISSPELT <= len(said) <= LONGEST_REASON:
        return None
    near = process.extractOne(said, REASONS.keys(), scorer=fuzz.ratio, score_cutoff=SPELT_NEARLY)
    return REASONS[near[0]] if near else None
