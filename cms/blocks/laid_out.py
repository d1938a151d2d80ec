"""A list of parts that a 본보기 may have laid out: those that nobody touched are left out, not asked for."""

from __future__ import annotations

from typing import Any

from wagtail.blocks import StreamBlock, StreamValue
from wagtail.blocks.stream_block import StreamBlockValidationError


class LaidOutBlock(StreamBlock):
    """A draft keeps its empty parts, they say what to tell. What is handed in or published has none of them."""

    def clean(self, value: StreamValue) -> StreamValue:
        if self.is_deferred_validation:
            return super().clean(value)
        kept = [(place, child) for place, child in enumerate(value) if not is_untouched(child)]
        try:
            return super().clean(stream_of(self, [child for _, child in kept]))
        except StreamBlockValidationError as error:
            # The form shows everything again, so what is wrong stands where it stood.
            errors = {kept[index][0]: said for index, said in error.block_errors.items()}
            raise StreamBlockValidationError(errors, error.non_block_errors) from error


def stream_of(block: StreamBlock, children: list[Any]) -> StreamValue:
    """A stream of these children of another one, each with its own id."""
    return StreamValue(block, [(child.block_type, child.value, child.id) for child in children])


def is_untouched(child: Any) -> bool:
    """Whether this part stands as a 본보기 laid it out, or as a press on ‘+’ did."""
    from cms.queries.beginnings import laid_out  # pages are made of blocks, 본보기 of pages

    rows = [child.block.get_default(), *map(child.block.normalize, laid_out(child.block_type))]
    return _words(child.value) in map(_words, rows)


def _words(value: Any) -> dict[str, str]:
    return {name: str(said or "").strip() for name, said in value.items()}
