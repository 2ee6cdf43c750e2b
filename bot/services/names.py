"""How names are compared: without case, accents, punctuation and legal forms."""

import re
import unicodedata

LEGAL_FORMS = frozenset({"inc", "ltd", "llc", "gmbh", "ag", "corp", "co", "plc", "sa", "sas", "bv", "oy", "ab", "srl"})
KEY_LENGTH = 200


def key_of(words: str) -> str:
    """The form two spellings of one name share; ``Müller & Söhne GmbH`` and ``muller sohne`` are the same."""
    folded = unicodedata.normalize("NFKD", words).casefold()
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    if "@" in plain:
        return plain.strip()[:KEY_LENGTH]
    parts = re.findall(r"\w+", plain)
    meaningful = [part for part in parts if part not in LEGAL_FORMS] or parts
    return " ".join(meaningful)[:KEY_LENGTH]


def wording_of(words: str) -> str:
    """The same words however large and spaced they are typed; ``AC`` and ``AC GmbH`` are not the same."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())[:KEY_LENGTH]
