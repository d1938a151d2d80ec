"""Hangul taken apart: the letters of a syllable, initial consonants, and the Korean keyboard.

Pure functions over text; what is not Hangul passes through unchanged.
"""

from __future__ import annotations

from functools import lru_cache

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: tuple[str, ...] = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")

# A letter that is typed with two keys. Taken apart, so that a half-typed syllable is a prefix.
_SINGLE = "ㅘㅙㅚㅝㅞㅟㅢㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ"
_TWO = "ㅗㅏㅗㅐㅗㅣㅜㅓㅜㅔㅜㅣㅡㅣㄱㅅㄴㅈㄴㅎㄹㄱㄹㅁㄹㅂㄹㅅㄹㅌㄹㅍㄹㅎㅂㅅ"
_DOUBLE = {one: _TWO[2 * i : 2 * i + 2] for i, one in enumerate(_SINGLE)}
_JOINED = {pair: letter for letter, pair in _DOUBLE.items()}

# 두벌식 (KS X 5002): what a key writes; a capital writes the doubled consonant where there is one.
_KEYS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ",
        strict=True,
    )
)
_SHIFTED = {"Q": "ㅃ", "W": "ㅉ", "E": "ㄸ", "R": "ㄲ", "T": "ㅆ", "O": "ㅒ", "P": "ㅖ"}
_LETTER_OF = {letter: key for key, letter in {**_KEYS, **_SHIFTED}.items()}


def is_syllable(character: str) -> bool:
    return "가" <= character <= "힣"


def is_initial(character: str) -> bool:
    """A consonant standing alone, as in ㅈㅅㄱㄴ."""
    return character in INITIALS


@lru_cache(maxsize=65_536)
def letters(text: str) -> str:
    """`일자ㄹ` → `ㅇㅣㄹㅈㅏㄹ`; double letters in two, so that typing goes from prefix to prefix."""
    return "".join(map(_letters_of, text))


def _letters_of(character: str) -> str:
    if not is_syllable(character):
        return _DOUBLE.get(character, character)
    index = ord(character) - 0xAC00
    vowel, final = VOWELS[index % 588 // 28], FINALS[index % 28]
    return INITIALS[index // 588] + _DOUBLE.get(vowel, vowel) + _DOUBLE.get(final, final)


@lru_cache(maxsize=65_536)
def initials(text: str) -> str:
    """`지속가능` → `ㅈㅅㄱㄴ`."""
    return "".join(INITIALS[(ord(c) - 0xAC00) // 588] if is_syllable(c) else c for c in text)


def from_keyboard(text: str) -> str:
    """What `text` would read had the keyboard been set to Korean: `dlfwkfl` → `일자리`."""
    return _compose([_SHIFTED.get(c) or _KEYS.get(c.lower(), c) for c in text])


def to_keyboard(text: str) -> str:
    """What `text` would read had the keyboard been set to Latin: `ㄷㄴㅎ` → `esg`."""
    return "".join(_LETTER_OF.get(letter, letter) for letter in letters(text))


def _compose(keys: list[str]) -> str:
    """Letters into syllables, as an input method does it: a final goes over to a vowel that follows."""
    written: list[str] = []
    rest = keys
    while rest:
        syllable, rest = _next_syllable(rest)
        written.append(syllable)
    return "".join(written)


def _next_syllable(keys: list[str]) -> tuple[str, list[str]]:
    if keys[0] not in INITIALS or len(keys) < 2 or keys[1] not in VOWELS:
        return _next_letter(keys)
    vowel, used = keys[1], 2
    if len(keys) > used and vowel + keys[used] in _JOINED:
        vowel, used = _JOINED[vowel + keys[used]], used + 1
    final = _final(keys[used:])
    index = (INITIALS.index(keys[0]) * 21 + VOWELS.index(vowel)) * 28 + FINALS.index(final)
    return chr(0xAC00 + index), keys[used + len(_DOUBLE.get(final, final)) :]


def _next_letter(keys: list[str]) -> tuple[str, list[str]]:
    pair = "".join(keys[:2])
    if keys[0] in VOWELS and pair in _JOINED:
        return _JOINED[pair], keys[2:]
    return keys[0], keys[1:]


def _final(keys: list[str]) -> str:
    """The longest final consonant that leaves an initial for a vowel that follows."""
    for length in (2, 1):
        letter = "".join(keys[:length])
        final = _JOINED.get(letter, letter)
        taken_by_vowel = len(keys) > length and keys[length] in VOWELS
        if len(keys) >= length and final in FINALS and not taken_by_vowel:
            return final
    return ""


def has_lone_letter(text: str) -> bool:
    """Whether a consonant or vowel stands alone: initials, or a syllable that is half typed."""
    return any(c in INITIALS or c in VOWELS or c in _DOUBLE for c in text)
