"""Ask from the shell: what would a reader find?"""

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search import korean
from search.finding import Wanted, find
from search.names import registry_names
from search.query import parse
from search.results import results_of


class Command(BaseCommand):
    help = "찾을 말을 넣으면 독자가 보게 될 결과를 적습니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("words", nargs="+", help="찾을 말")
        parser.add_argument("--size", type=int, default=10, help="몇 건까지")

    def handle(self, *args: Any, **options: Any) -> None:
        korean.load(registry_names)
        outcome = find(Wanted(parse(" ".join(options["words"])), limit=options["size"]))
        answer = outcome.answer
        self.stdout.write(
            f"{outcome.searched} [{outcome.step}, {outcome.engine}] "
            f"{answer.total:,}건, 일부만 맞는 것 {answer.total_partial:,}건"
        )
        for result in results_of(answer.hits, outcome.plan):
            sign = " " if result.full else "~"
            self.stdout.write(f"{sign} {result.kind}  {result.title}  {result.url}")
            if result.snippet_html:
                self.stdout.write(f"    {_plain(result.snippet_html)}")


def _plain(html: str) -> str:
    """For a terminal: [marked] words."""
    text = re.sub(r"</?mark>", lambda m: "]" if "/" in m.group() else "[", html)
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'")):
        text = text.replace(entity, sign)
    return text.replace("&amp;", "&")
