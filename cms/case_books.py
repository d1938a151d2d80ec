"""Making an edition of the joint case book: printed first, then kept with its chapters."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format

from cms.models import CaseBookChapter, CaseBookEdition, CasePage
from cms.queries.case_book import Book, book_of, takeable
from coalition.advocacy.packets.sheet import print_sheet
from coalition.members.queries import today
from coalition.record.actions import record_event
from coalition.record.attachments import store_attachment
from coalition.record.models import User
from coalition.record.privacy import stops

MOST_CASES = 30
SECONDS = 120.0


def next_number() -> int:
    """The number of the edition that would be made now."""
    return (CaseBookEdition.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def compose(*, title: str, foreword: str, pages: Sequence[CasePage]) -> Book:
    """The book of these cases. Raises ValidationError for cases without 사무국 확인, for none, and for too many."""
    if not pages:
        raise ValidationError("실을 사례를 하나 이상 고르세요.")
    if len(pages) > MOST_CASES:
        raise ValidationError(f"한 판에는 {MOST_CASES}건까지 실을 수 있습니다.")
    if len({page.pk for page in pages}) < len(pages):
        raise ValidationError("같은 사례를 두 번 실을 수 없습니다.")
    if takeable().filter(pk__in=[page.pk for page in pages]).count() < len(pages):
        raise ValidationError("사무국이 확인하지 않았거나 내려간 사례가 들어 있습니다.")
    if stops(f"{title} {foreword}"):
        raise ValidationError("고유식별정보로 보이는 숫자가 있습니다. 지우고 쓰세요.")
    book = book_of(title=title, foreword=foreword, number=next_number(), pages=pages)
    known = CaseBookEdition.objects.filter(sha256=book.sha256).first()
    if known is not None:
        raise ValidationError(f"내용이 같은 판이 이미 있습니다: {known}")
    return book


def printed(book: Book) -> bytes:
    """The PDF of a book; takes some seconds. Raises PrintingFailed."""
    return print_sheet(book.as_html(date_format(today())), seconds=SECONDS)


@transaction.atomic
def keep_case_book(*, book: Book, pdf: bytes, by: User) -> CaseBookEdition:
    """Keep a printed book as an edition that everybody may have.

    Raises ValidationError when somebody made another edition meanwhile.
    """
    if book.number != next_number():
        raise ValidationError("그 사이 다른 판이 만들어졌습니다. 다시 만드세요.")
    document = store_attachment(
        file=ContentFile(pdf, name=f"case-book-{book.number}.pdf"), title=book.title, uploader=by
    )
    document.public_since = timezone.now()
    document.save(update_fields=["public_since"])
    edition = CaseBookEdition(
        number=book.number,
        title=book.title,
        foreword=book.foreword,
        sha256=book.sha256,
        document=document,
        on=today(),
        made_by=by,
    )
    edition.full_clean()
    edition.save()
    CaseBookChapter.objects.bulk_create(
        CaseBookChapter(
            edition=edition,
            place=place,
            page_key=page.pk,
            revision=page.live_revision_id or 0,
            title=page.title,
            municipality=owner,
        )
        for place, (page, owner) in enumerate(zip(book.pages, book.owners, strict=True), start=1)
    )
    record_event("case_book.printed", edition, by=by, number=edition.number)
    return edition
