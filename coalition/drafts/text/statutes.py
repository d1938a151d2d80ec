"""Addresses of enacted Acts at 법제처 국가법령정보센터.

The site's own links to an article carry its 조문 code with three zeros behind it: joNo=002103000 is
제21조의3 (AAAA and BB of `references.External.code`). The Act is named by its title, so that the link always
leads to what is in force when it is followed.
"""

from __future__ import annotations

from urllib.parse import urlencode

HOST = "https://www.law.go.kr"


def address(law: str, code: str | None = None) -> str:
    """Where an Act, or one of its articles, stands."""
    article = {"docType": "JO", "joNo": f"{code}000"} if code else {}
    query = urlencode({**article, "languageType": "KO", "lsNm": " ".join(law.split()), "paras": 1})
    return f"{HOST}/LSW/LsiJoLinkP.do?{query}"
