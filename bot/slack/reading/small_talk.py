"""A hello or a thank-you, typed to a colleague that happens to be a program."""

from bot.slack.commands import Greeting

HELLOS = frozenset(
    {
        "hi", "hello", "hey", "hallo", "moin", "servus", "good morning", "good afternoon", "guten morgen", "guten tag",
        "bonjour", "salut", "hola", "buenos días", "olá", "bom dia", "hoi", "goedemorgen",
    }
)  # fmt: skip
THANKS = frozenset(
    {
        "thanks", "thank you", "thx", "danke", "dankeschön", "vielen dank", "merci", "gracias", "obrigado", "obrigada",
        "bedankt", "dank je",
    }
)  # fmt: skip
MORE = frozenset(["there", "a", "lot", "so", "much", "very", "schön", "sehr", "beaucoup", "coach", "you", "all"])
"""What follows without saying more."""


def read(line: str) -> Greeting | None:
    """`hi`, `thanks a lot!`; None for a line that wants something."""
    words = line.lower().rstrip(" .!?").replace(",", "").split()
    for length in (2, 1):
        said = " ".join(words[:length])
        if said in HELLOS | THANKS and MORE.issuperset(words[length:]):
            return Greeting(thanks=said in THANKS)
    return None
