"""Korean particles as they stand behind a noun in law text. Writing them is coalition.particles."""

from __future__ import annotations

_CASES = (
    "이 가 을 를 의 과 와 로 으로 에 에서 에게 께 한테 부터 까지 보다 처럼 같이 마다 만 대로 밖에 조차 "
    "로서 으로서 로써 으로써 로부터 으로부터 에서부터 에게서 이나 나 이든 든 이며 며 하고 이라도 라도"
)
_COPULAS = (
    "이다 인 일 임 이고 이며 이거나 이라 라 이라고 라고 이라는 라는 이란 란 인지 이면 이어야 여야 이었던 였던 "
    "이 아닌"
)
_TOPICS = "은 는 도 만 의 나마"
_TOPICAL = "에 에서 에게 께 로 으로 와 과 까지 부터 로서 으로서 로부터 으로부터 만 보다 마다 대로"

#: What may be written without a blank behind a noun: 은, 에서는, 으로부터의, 이라고.
AFTER_NOUN = "|".join(
    sorted(
        {
            *_CASES.split(),
            *_COPULAS.split(),
            *_TOPICS.split(),
            *(first + then for first in _TOPICAL.split() for then in _TOPICS.split()),
        },
        key=lambda particle: (-len(particle), particle),
    )
)
