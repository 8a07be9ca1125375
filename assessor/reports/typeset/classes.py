"""Which characters may begin or end a line, stick together or stand apart.

After the W3C's Requirements for Chinese Text Layout (CLREQ), sections 3.1.6 and 3.2, and GB/T
15834. Everything here is a regular expression over plain text, so that a paragraph is searched at
the speed of the `re` module instead of character by character.
"""

from __future__ import annotations

import re

CLOSING = "、，。．·：；！？‼⁇”’）」』】》〉〕］｝〗〙〛»›‥…—～％‰℃℉°′″,.:;?!)]}%"
"""Never at the start of a line."""

OPENING = "“‘（「『【《〈〔［｛〖〘〚«‹([{"
"""Never at the end of a line."""

_SIGNS = "￥¥$€£#№§≥≤≈<>＜＞"
_HAN = (
    "\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\ufe30-\ufe4f\uff00-\uffef\U0001f000-\U0003ffff"
)
_EXTENDING = "\u0300-\u036f\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_UNITS = "分钟|小时|万元|亿元|[年月日时分秒项题个件台套次人家条级页元万亿吨米]"

_open = re.escape(OPENING)
_close = re.escape(CLOSING)
_word_char = rf"[^{_HAN}\s{_open}{_close}{re.escape(_SIGNS)}]"
_word = rf"{_word_char}+(?:[.,:’'·%]{_word_char}+)*"
_number = (
    rf"\d+(?:[.,:]\d+)*(?:\s?[%％‰℃°][A-Za-z]?|\s?(?:{_UNITS})|\s[A-Za-zµ²³/]{{1,6}}(?![A-Za-z]))"
)

ATOM = re.compile(
    rf"(?:[{_open}{re.escape(_SIGNS)}]\s*|第\s?(?=\d))*"
    rf"(?:{_number}|{_word}|[^{_close}]|(?=[{_close}]))[{_EXTENDING}]*(?:\s*[{_close}])*\s*"
)
"""The smallest pieces a line may be broken between: openings, a word or character, closings."""

WORD = re.compile(_word)
"""A Latin word or number: not stretched when a line is justified."""

_latin = r"A-Za-z0-9À-ɏΑ-ω"
_ideograph = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
BORDER = re.compile(rf"(?<=[{_ideograph}])(?=[{_latin}+−±])|(?<=[{_latin}%‰°])(?=[{_ideograph}])")
"""Between an ideograph and a Latin letter or digit: a little air belongs there."""

_wide_close = "、，。．：；！？”’）」』】》〉〕］｝"
_wide_open = "“‘（「『【《〈〔［｛"
TIGHT = re.compile(
    rf"(?<=[{_wide_close}])(?=[{_wide_close}{_wide_open}\s])|(?<=[{_wide_open}\s])(?=[{_wide_open}])"
)
"""Between two full-width marks: one of the two empty halves is taken out."""

APOSTROPHE = re.compile(r"(?<=[A-Za-z]’)(?=[A-Za-z])")
"""After an apostrophe within a word, which the font makes as wide as an ideograph."""

WIDE_CLOSING = frozenset(_wide_close)
"""Their right half is empty, so a line may end with it beyond the edge."""

WIDE_OPENING = frozenset(_wide_open)
"""Their left half is empty, so a line may begin with it beyond the edge."""

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff"
    "\ud800-\udfff\ufffe\uffff]"
)


def printable(text: str) -> str:
    """Return `text` without what leaves no mark or would turn the reading order round."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
