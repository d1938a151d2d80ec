"""The projection: one row for everything that can be found, and the words that it is found by."""

from __future__ import annotations

from django.db import models


class Kind(models.TextChoices):
    """What a result is. The values are part of the public contract (docs/architecture.md)."""

    CASE = "case", "사례"
    PROVISION = "provision", "조문"
    MODEL = "model", "일자리 모델"
    PILOT = "pilot", "시범 사업"
    CORE_QUESTION = "core_question", "핵심 질문"
    QUESTION = "question", "질문"
    ANSWER = "answer", "답변"
    MEETING = "meeting", "회의"
    DATASET = "dataset", "자료"
    DATASET_ROW = "dataset_row", "자료 속 줄"
    DOCUMENT = "document", "문서"
    PAGE = "page", "소식·안내"


class SearchDocument(models.Model):
    """Something that can be found, as it was when it was last projected.

    A row is never taken away: what may not be found any more is a tombstone (`deleted`), so that a mirror
    that comes late learns of it by its `seq`. Terms are kept, so that no engine is ever rebuilt with Kiwi.
    """

    kind = models.CharField(max_length=16, choices=Kind.choices)
    key = models.CharField(max_length=200)
    # The row that it comes from, as its Source calls it: page 12, bill 3 (search.documents).
    owner_kind = models.CharField(max_length=20)
    owner_id = models.BigIntegerField()
    url = models.CharField(max_length=500)
    title = models.CharField(max_length=500)
    body = models.TextField(blank=True)
    # Terms separated by blanks; the first words_* of them in reading order (search.tokens).
    tokens_title = models.TextField(blank=True)
    tokens_tags = models.TextField(blank=True)
    tokens_body = models.TextField(blank=True)
    words_title = models.PositiveIntegerField(default=0)
    words_tags = models.PositiveIntegerField(default=0)
    words_body = models.PositiveIntegerField(default=0)
    spans_title = models.BinaryField(default=b"")
    spans_body = models.BinaryField(default=b"")
    # [[facet, value, label], …], in the order in which they were said.
    labels = models.JSONField(default=list)
    municipality_code = models.CharField(max_length=5, blank=True)
    municipality_slug = models.CharField(max_length=60, blank=True)
    municipality_name = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True, help_text="법안 v0.3, 중단")
    date = models.DateField(null=True)
    evidence_level = models.PositiveSmallIntegerField(null=True)
    fictional = models.BooleanField(default=False)
    current = models.BooleanField(default=True, help_text="앞선 판의 조문이면 거짓")
    visible_from = models.DateTimeField(null=True)
    visible_until = models.DateTimeField(null=True)
    text_hash = models.CharField(max_length=64, blank=True)
    whole_hash = models.CharField(max_length=64, blank=True)
    analyser = models.CharField(max_length=40, blank=True)
    seq = models.BigIntegerField(unique=True)
    deleted = models.BooleanField(default=False)

    class Meta:
        verbose_name = "검색 문서"
        verbose_name_plural = "검색 문서"
        indexes = [models.Index(fields=("owner_kind", "owner_id"), name="search_by_owner")]
        constraints = [
            models.UniqueConstraint(fields=("kind", "key"), name="a thing is found once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="a found thing has a known kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class DeskText(models.Model):
    """What the editing desk finds something by: a page, an image, a document, drafts included.

    Written as `stale` in the transaction of the change, analysed by the worker (search.desk). Until then
    the thing is found by its title alone. `model` is the root of the model's family, as app.model.
    """

    model = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    tokens_title = models.TextField(blank=True)
    tokens_tags = models.TextField(blank=True)
    tokens_body = models.TextField(blank=True)
    # What only an unpublished revision says: a neighbour who may see the page must not find it by that.
    draft = models.BooleanField(default=False)
    text_hash = models.CharField(max_length=64, blank=True)
    stale = models.BooleanField(default=True, db_index=True)

    class Meta:
        verbose_name = "책상 검색"
        verbose_name_plural = "책상 검색"
        constraints = [
            models.UniqueConstraint(
                fields=("model", "object_id", "draft"), name="a thing is on the desk's index once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model}:{self.object_id}"


class TextState(models.TextChoices):
    """What came of reading an uploaded file."""

    READ = "read", "읽음"
    UNREADABLE = "unreadable", "읽지 못함"
    WITHHELD = "withheld", "개인정보로 멈춤"


class DocumentText(models.Model):
    """The text of an uploaded file as the worker read it (search.files). `stale`: the file may be another by now.

    `parts` are [page, text]. Of a file with personal data nothing is kept but `stopped`, [kind, page].
    """

    document = models.OneToOneField(
        "cms.HubDocument", models.CASCADE, primary_key=True, related_name="search_text"
    )
    state = models.CharField("상태", max_length=10, choices=TextState.choices)
    parts = models.JSONField(default=list)
    stopped = models.JSONField(default=list)
    reason = models.CharField("까닭", max_length=300, blank=True)
    read_at = models.DateTimeField("읽은 때", auto_now=True)
    stale = models.BooleanField(default=False)

    class Meta:
        verbose_name = "문서의 글"
        verbose_name_plural = "문서의 글"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=TextState.values),
                name="a document text has a known state",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withheld") | models.Q(parts=[]),
                name="a withheld document keeps no text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.state}"


class WordKind(models.TextChoices):
    """What the secretariat adds to the language of the search."""

    SYNONYM = "synonym", "같은 뜻"
    TERM = "term", "고유한 낱말"


class SearchWord(models.Model):
    """A line that the secretariat added: a group of synonyms as in synonyms.txt, or a word for the analyser."""

    kind = models.CharField("종류", max_length=8, choices=WordKind.choices)
    written = models.CharField("적은 말", max_length=200)
    added_at = models.DateTimeField("더한 때", auto_now_add=True)

    class Meta:
        verbose_name = "검색 낱말"
        verbose_name_plural = "검색 낱말"
        ordering = ("kind", "written")
        constraints = [
            models.UniqueConstraint(fields=("kind", "written"), name="a search word is added once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=WordKind.values), name="a search word has a known kind"
            ),
        ]

    def __str__(self) -> str:
        return self.written


class FruitlessQuery(models.Model):
    """Words with which somebody found nothing, how often and when last. Never who."""

    text = models.CharField("찾은 말", max_length=100, unique=True)
    times = models.PositiveIntegerField("번", default=0)
    last_on = models.DateField("마지막 날")

    class Meta:
        verbose_name = "찾지 못한 말"
        verbose_name_plural = "찾지 못한 말"

    def __str__(self) -> str:
        return self.text


class SearchWatch(models.Model):
    """A search that somebody follows, and what it has found so far. `key` are its parameters, never whose.

    `seq` is how far the projection was when it was last looked at, `seen` the primary keys of what it has
    found since it is followed (None: not looked at yet), `told_at` when new results were last told of.
    """

    key = models.CharField(max_length=2000, unique=True)
    seq = models.BigIntegerField(default=0)
    seen = models.BinaryField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "지켜보는 검색"
        verbose_name_plural = "지켜보는 검색"

    def __str__(self) -> str:
        return self.key[:60]


class Mirror(models.Model):
    """An index of Elasticsearch that this hub fills. `seq` is how far the projection is in it.

    One serves readers; another may be on its way to replace it, with a cursor of its own. The row is
    written before the index is made, so that whatever is killed is taken up again.
    """

    name = models.CharField(max_length=100, unique=True)
    schema = models.CharField(max_length=16)
    seq = models.BigIntegerField(default=0)
    serving = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    told_at = models.DateTimeField(null=True, help_text="마지막으로 옮긴 때")

    class Meta:
        verbose_name = "검색 서버의 색인"
        verbose_name_plural = "검색 서버의 색인"
        constraints = [
            models.UniqueConstraint(
                fields=("serving",),
                condition=models.Q(serving=True),
                name="one mirror serves readers",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DeadLetter(models.Model):
    """A row that the search server refused, with its reason. It is tried again with every new version."""

    mirror = models.ForeignKey(Mirror, models.CASCADE, related_name="dead_letters")
    document = models.ForeignKey(SearchDocument, models.CASCADE)
    seq = models.BigIntegerField()
    reason = models.CharField(max_length=500)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "검색 서버가 물리친 문서"
        verbose_name_plural = "검색 서버가 물리친 문서"
        constraints = [
            models.UniqueConstraint(
                fields=("mirror", "document"), name="a row is refused once by a mirror"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.reason[:60]}"


class SearchTerm(models.Model):
    """A term with the number of visible documents that have it; `words` of them in reading order.

    Counted down in the same transaction that hides a document: what nobody may read must not be guessed
    from a suggestion.
    """

    term = models.CharField(max_length=80, primary_key=True)
    documents = models.IntegerField(default=0)
    words = models.IntegerField(default=0)
    seq = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = "색인어"
        verbose_name_plural = "색인어"

    def __str__(self) -> str:
        return self.term


class SearchClock(models.Model):
    """The one row whose lock puts all writes to the projection in the order of their commits.

    `value` is microseconds since 1970 and never goes back, also after a backup was restored: a mirror
    takes it for the version of a document. `recent` are the last values, with which a process sees that
    what it has in memory is the past of this database.
    """

    value = models.BigIntegerField(default=0)
    recent = models.TextField(default=",")

    class Meta:
        verbose_name = "검색 시계"
        verbose_name_plural = "검색 시계"

    def __str__(self) -> str:
        return str(self.value)
