"""What the details of a prospect are called where a typed line is read back."""

from language import mark, say

# Each with its colon: “value” alone is what a follow-up gives.
LABELS = {
    "name": mark("name:"),
    "company": mark("company:"),
    "role": mark("role:"),
    "email": mark("email:"),
    "phone": mark("phone:"),
    "value": mark("value:"),
    "stage": mark("stage:"),
    "source": mark("source:"),
    "industry": mark("industry:"),
    "zone": mark("zone:"),
    "decides": mark("decides:"),
    "renews": mark("renews:"),
    "temperature": mark("temperature:"),
    "prefers": mark("prefers:"),
    "best time": mark("best time:"),
    "profile": mark("profile:"),
    "step": mark("step:"),
    "note": mark("note:"),
}


def label(field: str) -> str:
    """``best time:``, for what stands behind it."""
    return say(LABELS[field])


def word(field: str) -> str:
    """``best time``."""
    return label(field).rstrip(": \u202f\xa0")
