"""mrkdwn to HTML: what Slack draws, and nothing a browser would run."""

from datetime import UTC, datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.page.markdown import markdown
from sandbox.page.mrkdwn import mrkdwn, plain, safe_url
from sandbox.page.rich_text import rich_text
from sandbox.page.words import Words
from tests.page.drawing import WORDS

BERLIN = Words(zone=ZoneInfo("Europe/Berlin"), now=datetime(2026, 11, 27, 8, 0, tzinfo=UTC))
REL = 'target="_blank" rel="noopener noreferrer nofollow"'
ALLOWED_TAGS = {"strong", "em", "s", "code", "pre", "br", "blockquote", "a", "span", "time", "p", "ul", "ol", "li"}
ALLOWED_TAGS |= {"h4", "hr", "u"}
ALLOWED_ATTRIBUTES = {"href", "target", "rel", "class", "data-indent"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* and _it_ and ~gone~", "<strong>bold</strong> and <em>it</em> and <s>gone</s>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("* not bold *", "* not bold *"),
        ("`*code* <b>`", "<code>*code* &lt;b&gt;</code>"),
        ("```\nx = *1*\n```", "<pre><code>x = *1*</code></pre>"),
        ("> said\n> twice\nafter", "<blockquote>said<br>twice</blockquote>after"),
        ("&gt; said", "<blockquote>said</blockquote>"),
        ("a\nb", "a<br>b"),
        ("AT&amp;T &lt;3", "AT&amp;T &lt;3"),
        ("AT&T", "AT&amp;T"),
        (":tada: :not_an_emoji: 10:30:00", "🎉 :not_an_emoji: 10:30:00"),
        ("hi <@UANA>", 'hi <span class="mention">@Ana</span>'),
        ("hi <@UBEN>", 'hi <span class="mention">@Ben &lt;b&gt;</span>'),
        ("<@UGONE|ghost>", '<span class="mention">@ghost</span>'),
        ("<#CDEALS|deals>", '<span class="mention">#deals</span>'),
        ("<!here>", '<span class="mention">@here</span>'),
        ("<!subteam^S1|@sales>", '<span class="mention">@sales</span>'),
        ("<https://example.com|the *site*>", f'<a href="https://example.com" {REL}>the *site*</a>'),
        ("*<https://example.com|x>*", f'<strong><a href="https://example.com" {REL}>x</a></strong>'),
        ("<mailto:a@b.co|a@b.co>", f'<a href="mailto:a@b.co" {REL}>a@b.co</a>'),
        ("see https://example.com/a?b=1&amp;c=2.", None),
    ],
)
def test_mrkdwn_is_drawn_as_slack_draws_it(text: str, html: str | None) -> None:
    shown = "https://example.com/a?b=1&amp;c=2"
    assert mrkdwn(text, WORDS) == (html or f'see <a href="{shown}" {REL}>{shown}</a>.')


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.com",
        "/click",
        "http://[",
        "",
    ],
)
def test_an_address_a_browser_might_run_is_refused(address: str) -> None:
    assert safe_url(address) is None
    assert "href" not in mrkdwn(f"<{address}|click>", WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        '" onmouseover="alert(1)',
        '<https://example.com/" onmouseover="alert(1)|x>',
        "<https://example.com|<img src=x onerror=alert(1)>>",
        "<@UANA|<script>>",
        "```<script>```",
        "`<script>`",
        "> <script>alert(1)</script>",
        "<!date^1^{date}^javascript:alert(1)|x>",
        "<!date^nonsense^{date}|<script>>",
        "\ue0000\ue001",
        "<|x>",
    ],
)
def test_hostile_text_never_becomes_markup(text: str) -> None:
    for html in (mrkdwn(text, WORDS), plain(text), markdown(text, WORDS), rich_text(_section(text), WORDS)):
        assert_harmless(str(html))


@given(st.text(alphabet=st.sampled_from("<>&|*_~`\"'!@#^:/=ab \n\ue000\ue0010"), max_size=60))
def test_no_text_at_all_becomes_foreign_markup(text: str) -> None:
    for html in (mrkdwn(text, WORDS), plain(text), markdown(text, WORDS)):
        assert_harmless(str(html))


def test_a_date_is_told_in_the_readers_zone() -> None:
    assert mrkdwn("<!date^1795766400^{date_short_pretty} at {time}|x>", BERLIN) == "<time>today at 09:00</time>"
    assert mrkdwn("<!date^1795939200^{date_long}|x>", BERLIN) == "<time>Sunday, November 29th, 2026</time>"
    assert mrkdwn("<!date^soon^{date}|later>", BERLIN) == "later"


def test_plain_text_keeps_its_marks_and_lines() -> None:
    assert plain("*a* :tada:\n<b>") == "*a* 🎉<br>&lt;b&gt;"
    assert plain(":tada:", emoji_on=False) == ":tada:"


def test_markdown_draws_headings_lists_and_links() -> None:
    html = markdown("## Plan\n- **Call** *soon*\n- [site](https://example.com)\n\n1. one\n\n---\nend", WORDS)
    assert html == (
        f'<h4>Plan</h4><ul><li><strong>Call</strong> <em>soon</em></li><li><a href="https://example.com" {REL}>site</a>'
        "</li></ul><ol><li>one</li></ol><hr><p>end</p>"
    )


def test_rich_text_draws_styles_mentions_and_lists() -> None:
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "<one>"}]}
    parts = [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "hi", "style": {"bold": True}}]},
        {"type": "rich_text_list", "style": "ordered", "elements": [item]},
        {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "UBEN"}]},
        {"type": "rich_text_section", "elements": [{"type": "link", "url": "javascript:x", "text": "no"}]},
    ]
    assert rich_text({"type": "rich_text", "elements": parts}, WORDS) == (
        '<p><strong>hi</strong></p><ol data-indent="0"><li>&lt;one&gt;</li></ol>'
        '<p><span class="mention">@Ben &lt;b&gt;</span></p><p>no</p>'
    )


def _section(text: str) -> dict[str, object]:
    return {"elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}]}


class _Harmless(HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED_TAGS, tag
        for name, value in attrs:
            assert name in ALLOWED_ATTRIBUTES, name
            assert name != "href" or safe_url(value or ""), value


def assert_harmless(html: str) -> None:
    """Only the tags and attributes that this page writes by itself, and only safe addresses."""
    parser = _Harmless()
    parser.feed(html)
    parser.close()
