"""The emoji short codes that a sales app is likely to write, and the characters behind them."""

import re
from typing import Final

SHORT_CODE: Final = re.compile(r":([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?")

CHARACTERS: Final = dict(
    pair.split()
    for pair in """
    +1 👍|-1 👎|100 💯|afternoon 🌇|airplane ✈️|alarm_clock ⏰|arrow_down ⬇️|arrow_forward ▶️
    arrow_heading_up ⤴️|arrow_left ⬅️|arrow_right ➡️|arrow_right_hook ↪️|arrow_up ⬆️
    arrows_counterclockwise 🔄|balloon 🎈|bar_chart 📊|beach_with_umbrella 🏖️|bell 🔔
    bellhop_bell 🛎️|black_circle ⚫|blue_heart 💙|blush 😊|book 📖|bookmark 🔖|brain 🧠
    briefcase 💼|bulb 💡|bust_in_silhouette 👤|busts_in_silhouette 👥|calendar 📆|calling 📲
    card_index 📇|chart_with_downwards_trend 📉|chart_with_upwards_trend 📈|clap 👏
    clipboard 📋|clock1 🕐|clock3 🕒|clock9 🕘|closed_book 📕|coffee ☕|comet ☄️|compass 🧭
    construction 🚧|cry 😢|crystal_ball 🔮|dart 🎯|date 📅|dollar 💵|double_vertical_bar ⏸️
    e-mail 📧|email ✉️|envelope ✉️|envelope_with_arrow 📩|exclamation ❗|eyes 👀
    fast_forward ⏩|file_folder 📁|fire 🔥|flag-gb 🇬🇧|gear ⚙️|gift 🎁|green_heart 💚
    grey_question ❔|grin 😁|hand ✋|handshake 🤝|heart ❤️|heavy_check_mark ✔️
    heavy_plus_sign ➕|hourglass ⌛|hourglass_flowing_sand ⏳|house 🏠|inbox_tray 📥
    information_source ℹ️|iphone 📱|joy 😂|key 🔑|large_blue_circle 🔵|large_green_circle 🟢
    large_orange_circle 🟠|large_yellow_circle 🟡|leaves 🍃|link 🔗|lock 🔒|loudspeaker 📢
    love_letter 💌|mag 🔍|mailbox 📫|man-raising-hand 🙋‍♂️|medal 🏅|mega 📣|memo 📝
    money_with_wings 💸|moneybag 💰|muscle 💪|mute 🔇|new 🆕|no_bell 🔕|no_entry ⛔
    no_entry_sign 🚫|ok_hand 👌|outbox_tray 📤|package 📦|palm_tree 🌴|parking 🅿️
    partying_face 🥳|pencil ✏️|pencil2 ✏️|phone ☎️|point_right 👉|postbox 📮|pray 🙏|pushpin 📌
    question ❓|raised_hands 🙌|red_circle 🔴|repeat 🔁|rewind ⏪|rocket 🚀|rotating_light 🚨
    round_pushpin 📍|runner 🏃|seedling 🌱|shield 🛡️|slightly_smiling_face 🙂|sleeping 😴
    small_blue_diamond 🔹|small_orange_diamond 🔸|smile 😄|smiley 😃|snowflake ❄️|sob 😭
    sparkles ✨|speech_balloon 💬|spiral_calendar_pad 🗓️|star ⭐|star2 🌟|stopwatch ⏱️
    studio_microphone 🎙️|sun_with_face 🌞|sunny ☀️|sunrise 🌅|tada 🎉|telephone_receiver 📞
    thinking_face 🤔|thumbsdown 👎|thumbsup 👍|timer_clock ⏲️|trophy 🏆|turtle 🐢
    twisted_rightwards_arrows 🔀|unlock 🔓|video_camera 📹|warning ⚠️|wastebasket 🗑️|wave 👋
    white_check_mark ✅|white_circle ⚪|x ❌|zap ⚡|zzz 💤
    """.replace("\n", "|").split("|")
    if pair.strip()
)


def emoji(name: str) -> str | None:
    """The character of a short code, or None when this table does not know it."""
    return CHARACTERS.get(name)


def with_emoji(text: str) -> str:
    """The text with every short code that is known replaced by its character."""
    return SHORT_CODE.sub(lambda found: emoji(found[1]) or found[0], text)
