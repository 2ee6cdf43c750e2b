"""The one list of lines that can be typed: the help shows them, with what each does."""

from bot.slack.commands.cadences import CADENCE_EXAMPLES
from language import mark

EXAMPLES: dict[str, tuple[str, str]] = {
    "today": ("", mark("your day: what is due now")),
    "add": (
        "add Dana Li, Acme, dana@acme.com, $12k, call thu 10am -- demo went well",
        mark("adds a prospect; `add` alone opens a form"),
    ),
    "met": (
        "met Dana Li @ Acme -- wants SSO, budget in March",
        mark("logs a meeting and starts its follow-up: 24 hours, a week, a month"),
    ),
    "log": ("log acme call voicemail -- left the pricing answer", mark("logs a touch; the cadence moves on")),
    "fix": ("fix last acme call connected", mark("corrects your last touch: channel, outcome, day or note")),
    "delete": ("delete last acme", mark("takes your last touch away, as if it had never been logged")),
    "replied": (
        "replied acme interested -- wants a quote",
        mark("they answered: the cadence stops; `question`, `not now until march` or `no pricing` say which way"),
    ),
    "ooo": ("ooo acme until 3 dec", mark("they are away: the next step waits until they are back")),
    "edit": (
        "edit acme hot, prefers call, best 14:00",
        mark("changes what is known of somebody; `edit acme` alone opens the form"),
    ),
    "note": ("note acme wants SSO", mark("adds a note")),
    "hook": ("hook acme cares about SSO", mark("keeps what they care about, for the next draft to refer to")),
    "draft": ("draft acme", mark("drafts what to say next; you send it yourself")),
    "resource": (
        'resource add "SSO in two weeks" https://example.com/sso industry software objection security',
        mark("keeps something worth sending; `help resource` says how to find it and take it away"),
    ),
    "snooze": ("snooze acme fri", mark("brings it back on that day")),
    "focus": ("focus", mark("works the list one card at a time: log, snooze, skip, next")),
    "rows": (
        "1 called no answer; 2 snooze fri; 3 won 12k",
        mark("answers several rows of today’s digest or list by their numbers, with one undo"),
    ),
    "skip": ("skip acme -- met them at the fair", mark("leaves the next step out, and says why")),
    "jump": ("jump acme 3 -- they asked for it", mark("makes another step of the cadence the next one")),
    "restart": ("restart acme -- new contact person", mark("begins the cadence again")),
    "align": ("align acme", mark("waits for their decision date: one step two weeks ahead of it")),
    "won": ("won acme 12k", mark("closes the deal as won, for this amount")),
    "lost": (
        "lost acme pricing, try again in 6 months",
        mark("closes the deal as lost, with the reason; tried again only if you say so"),
    ),
    "stop": ("stop acme -- asked us by mail", mark("they asked us to stop: nobody contacts them again")),
    "reopen": ("reopen acme -- they called back", mark("opens a closed deal again")),
    "lift": ("lift acme -- they wrote to us again", mark("lets an admin lift a do-not-contact, with the reason")),
    "park": ("park acme until march", mark("sets it aside until then")),
    "assign": ("assign acme @ben", mark("gives it to somebody else, with its history and place on the cadence")),
    "take": ("take acme", mark("makes it yours: at once for managers, else its owner is asked")),
    "nudge": ("nudge acme", mark("asks its owner politely how it is going, once a day")),
    "merge": (
        "merge dana lee into dana li",
        mark("shows what becomes of two entries of one person, then makes them one, with the history of both"),
    ),
    "show": ("show acme", mark("the card and what happened so far")),
    "why": ("why acme", mark("how warm it is and how much it presses, point by point")),
    "find": (
        "find acm stage:proposal owner:me",
        mark("searches names, companies and notes, forgives typing, and filters"),
    ),
    "view": (
        "view save hot stage:proposal owner:me",
        mark("keeps a search under a name; `view hot` shows it, `views` lists all, `help view` says more"),
    ),
    "shorthand": (
        "shorthand AC = company Acme Corp",
        mark("teaches me words of your own for add lines; `shorthands` lists them"),
    ),
    "cadence": (
        "cadence start acme persistent",
        mark("starts a cadence; `help cadence` says how to see, make, change and stop one"),
    ),
    "undo": ("undo", mark("takes back your last change")),
    "history": ("history", mark("your changes, newest first")),
    "recap": ("recap", mark("your week so far: touches, replies, meetings, wins, promises, and one thing to try")),
    "settings": (
        "settings time 8:30",
        mark("your digest and your day: `settings days mon-thu`, `settings hours 8:00-18:00`, `settings cap 20`"),
    ),
    "calendar": ("calendar", mark("your days as they apply: hours, holidays, leave; `calendar remove 24 dec`")),
    "holidays": ("holidays de-by", mark("that place’s public holidays are free; `… for team`, `… for workspace`")),
    "dayoff": ("dayoff 24 dec -- Christmas Eve", mark("a day off; `… for team`, `… for workspace`")),
    "workday": ("workday 5 dec", mark("you work on that day although it would be free")),
    "away": ("away 1–14 aug", mark("your leave; `away until mon`, `away thu-fri @sam` names who stands in")),
    "back": ("back", mark("ends your leave today")),
    "pause": ("pause 2d", mark("no digests until then")),
    "resume": ("resume", mark("digests again")),
    "team": ("team mon 09:30", mark("stalled deals in this channel every week; `team off`, `team hide amounts`")),
    "stalled": ("stalled", mark("deals that nobody has touched for too long")),
    "role": ("role @cleo manager", mark("makes somebody rep, manager or admin")),
    "samples": ("samples", mark("adds three sample prospects to try everything with; `undo` takes them away")),
    "help": ("help snooze", mark("this list, or one command of it")),
}
"""Verb → a line that parses to it (a test proves each), and what it does."""

FURTHER: dict[str, tuple[tuple[str, str], ...]] = {
    "today": (
        ("today 2", mark("the next rows of a long list")),
        ("today send", mark("today’s digest now, ahead of its time")),
        ("replan ignored", mark("spreads what was shown for days and not touched over the coming days, with one undo")),
        ("park ignored", mark("sets all of it aside for 90 days")),
        ("drop ignored", mark("closes all of it as lost")),
    ),
    "show": (("show acme all", mark("with more of what happened")),),
    "history": (("history acme", mark("what happened with them, as `show acme all`")),),
    "hook": (("hook acme used", mark("no draft refers to it again; of several, `hook acme used: SSO`")),),
    "take": (("keep acme", mark("says no to who asked you for it; yes is `assign acme @ben`")),),
    "lost": (
        ("lost acme unresponsive anyway", mark("gives up although little was tried; else I ask first")),
        ("lost acme competition: went with Initech", mark("a note behind the reason")),
    ),
    "delete": (("delete 2nd last acme", mark("an older one; `3rd last`, and so on")),),
    "pause": (("pause acme 2w", mark("leaves everybody of yours at a company alone until then; promises stay")),),
    "won": (("won acme 12k, yesterday, post-sale", mark("the day it was won; the check-ins after the sale begin")),),
    "log": (
        ("log acme call yesterday voicemail", mark("a touch of another day; what is next counts from there")),
        ("log acme via trade fair, met the CTO", mark("a channel of your own, by its name")),
        ("log acme email value", mark("the kind of follow-up: thank-you, reminder, value, feedback or re-engagement")),
        ("log acme linkedin like", mark("a light touch, or `comment`")),
    ),
    "fix": (
        ("fix last acme yesterday -- spoke to the CTO", mark("the day and the note; what you leave out stays")),
        ("fix 2nd last acme value", mark("an older one, and the kind of follow-up it was")),
    ),
    "snooze": (
        ("snooze overdue to tomorrow", mark("puts off what is overdue, spread where the day is full, with one undo")),
        ("snooze all low to monday", mark("the same for all of today’s that is not urgent; promises stay")),
        ("snooze 4-9 to fri", mark("the same for rows by their numbers")),
        ("snooze acme fri, they asked for it", mark("with a note behind the date")),
        ("snooze acme fri waiting", mark("says why: it is for them to answer, and on that day you check in")),
        ("snooze acme fri nothing to add", mark("the same day, with something worth sending from your library")),
        ("snooze acme avoiding", mark("a smaller step tomorrow instead, with its draft")),
        ("snooze acme dead", mark("asks whether it is lost or parked")),
    ),
    "settings": (
        ("settings weekly", mark("one digest a week, on your first working day; `settings weekly off`")),
        ("settings nudge on", mark("reminds you at 15:00 while something you promised is open; `settings nudge off`")),
        ("settings recap on", mark("your week in numbers at its end; `settings recap off`")),
        ("settings all clear on", mark("a digest that says so when nothing is due; `settings all clear off`")),
        ("settings digest off", mark("nothing comes by itself any more; `settings digest on`")),
        (
            "settings zone Lisbon",
            mark("the clock that your days and your digest go by; another one in Slack is asked about"),
        ),
        ("settings language deutsch", mark("the language I speak with you; `settings language auto`: as in Slack")),
    ),
    "edit": (
        ("edit dana li, value: $15k, stage proposal", mark("any detail as in an add line, one after the other")),
        ("edit acme hot, owner: @ben", mark("gives it to somebody else in the same go")),
        ("edit acme no temperature", mark("empties a detail: it is warm by its score again")),
        ("edit acme profile: linkedin.com/in/dana-li", mark("their page, with a button on the card")),
    ),
    "view": (
        ("views", mark("your saved views; they stand in App Home too")),
        ("view hot", mark("who fits it now; without a view of that name, the prospect of that name")),
        ("view delete hot", mark("keeps it no more")),
    ),
    "shorthand": (
        ("shorthands", mark("your own words for add lines, and what they mean")),
        ("shorthand delete AC", mark("forgets them")),
    ),
    "resource": (
        ("resource sso", mark("what is worth sending about it, and who had it; `resource` alone lists everything")),
        ("resource delete sso", mark("offers it no more; who had it stays known")),
    ),
    "cadence": tuple(example for action, example in CADENCE_EXAMPLES.items() if action != "start"),
}
"""More examples of a verb that does many things; the help for that verb shows them."""
