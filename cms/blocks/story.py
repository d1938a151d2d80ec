"""StoryBlock: what news, standard pages and the free part of a case are made of. Nothing else is offered."""

from __future__ import annotations

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    """A heading of the second level; the page's title is the only one of the first."""

    class Meta:
        label = "작은 제목"
        icon = "title"
        template = "blocks/heading.html"
        max_length = 120


class ParagraphBlock(blocks.RichTextBlock):
    """Running text."""

    class Meta:
        label = "글"
        icon = "pilcrow"
        template = "blocks/paragraph.html"
        features = TEXT_FEATURES

    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=TEXT_FEATURES, **kwargs)


class FigureBlock(blocks.StructBlock):
    """A picture with its caption; alternative text, licence and credit come from the image itself."""

    image = ImageChooserBlock(label="그림")
    caption = blocks.CharBlock(label="설명", max_length=200, required=False)

    class Meta:
        label = "그림"
        icon = "image"
        template = "blocks/figure.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, with who said them and where they can be read."""

    text = blocks.TextBlock(label="인용한 말", rows=3)
    speaker = blocks.CharBlock(label="말한 사람", max_length=100)
    source = blocks.CharBlock(label="출처", max_length=200, required=False)

    class Meta:
        label = "인용"
        icon = "openquote"
        template = "blocks/quote.html"


class TableBlock(blocks.StructBlock):
    """A table. It has a caption (KWCAG 2.2, 5.3.1) and says where its numbers come from."""

    caption = blocks.CharBlock(label="표 제목", max_length=150)
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label="글", required=False)),
            ("number", blocks.DecimalBlock(label="숫자", required=False)),
        ],
        label="표",
    )
    source = blocks.CharBlock(label="출처", max_length=200, required=False)

    class Meta:
        label = "표"
        icon = "table"
        template = "blocks/table.html"


class NoticeBlock(blocks.StructBlock):
    """Something that must not be overlooked."""

    title = blocks.CharBlock(label="제목", max_length=80, required=False)
    text = blocks.RichTextBlock(label="글", features=TEXT_FEATURES)

    class Meta:
        label = "알림"
        icon = "warning"
        template = "blocks/notice.html"


class FileBlock(blocks.StructBlock):
    """A document to take away."""

    document = DocumentChooserBlock(label="문서")
    note = blocks.CharBlock(label="무엇이 들어 있나", max_length=200, required=False)

    class Meta:
        label = "내려받을 문서"
        icon = "doc-full"
        template = "blocks/file.html"


class StoryBlock(blocks.StreamBlock):
    """The order in which an editor needs them."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    figure = FigureBlock()
    quote = QuoteBlock()
    table = TableBlock()
    notice = NoticeBlock()
    file = FileBlock()

    class Meta:
        block_counts = {"figure": {"max_num": 20}}
