"""schema.org of law text and of who takes part, as JSON-LD beside the pages (decision 20)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from cms.citing import HUB
from cms.models import MunicipalityPage
from cms.queries.bills import quoted
from cms.queries.law import provision_address, version_address
from cms.visibility import public
from coalition.drafts.exports import FORMATS
from coalition.drafts.models import Provision, Version
from coalition.drafts.queries import provisions_in_order, published_versions
from coalition.drafts.text.address import korean_from_eid
from coalition.members.models import Municipality
from coalition.members.queries import members

_CONTEXT = "https://schema.org"
_DRAFT = "시연용 초안"
_INVENTED = "시연용으로 지어낸 지방정부"


def _whole(address: str) -> str:
    return f"{settings.HUB_BASE_URL}{address}"


def _said(**told: Any) -> dict[str, Any]:
    """What there is to say; `kind` and `id` become @type and @id."""
    named = {"@type": told.pop("kind"), "@id": told.pop("id"), **told}
    return {name: value for name, value in named.items() if value not in ("", [], None)}


def version_described(version: Version) -> dict[str, Any]:
    """schema.org/Legislation of a version: a draft, so in no force; its articles, its files, the one before."""
    address = version_address(version)
    articles = [
        _provision(version, row)
        for row in provisions_in_order(version)
        if row.kind == "article" and row.eid
    ]
    return {"@context": _CONTEXT, **_version(version, address), "hasPart": articles}


def _version(version: Version, address: str) -> dict[str, Any]:
    bill = version.bill
    before = published_versions(bill).filter(order__lt=version.order).first()
    return _said(
        kind="Legislation",
        id=_whole(address),
        url=_whole(address),
        name=f"{bill.title} v{version.no}",
        alternateName=bill.short_title,
        legislationIdentifier=f"{bill.slug}/v{version.no}",
        legislationType="법률안",
        legislationJurisdiction="KR",
        legislationLegalForce=f"{_CONTEXT}/NotInForce",
        legislationDate=version.date.isoformat(),
        datePublished=version.published_at.date().isoformat() if version.published_at else None,
        version=version.no,
        inLanguage="ko",
        abstract=version.summary,
        isBasedOn=_whole(version_address(before)) if before else None,
        exampleOfWork={
            "@type": "Legislation",
            "@id": _whole(reverse("bill", args=[bill.slug])),
            "name": bill.title,
        },
        encoding=[
            {
                "@type": "LegislationObject",
                "contentUrl": _whole(reverse("export", args=[bill.slug, version.no, extension])),
                "encodingFormat": format_.media_type.partition(";")[0],
            }
            for extension, format_ in FORMATS.items()
            if format_.is_possible()
        ],
        identifier={"@type": "PropertyValue", "propertyID": "sha256", "value": version.sha256},
        creativeWorkStatus=_DRAFT if bill.fictional else None,
    )


def _provision(version: Version, row: Provision) -> dict[str, Any]:
    address = _whole(provision_address(version, row.eid))
    return _said(
        kind="Legislation",
        id=address,
        url=address,
        name=" ".join(part for part in (korean_from_eid(row.eid) or row.label, row.title) if part),
        legislationIdentifier=f"{version.bill.slug}/v{version.no}/{row.eid}",
    )


def provision_described(version: Version, eid: str) -> dict[str, Any] | None:
    """schema.org/Legislation of one clause with its own text; None when the version has no such clause."""
    row = version.provisions.filter(eid=eid).first()
    if row is None:
        return None
    return {
        "@context": _CONTEXT,
        **_provision(version, row),
        "text": _text(version, row),
        "inLanguage": "ko",
        "legislationType": "법률안의 조문",
        "legislationLegalForce": f"{_CONTEXT}/NotInForce",
        "creditText": quoted(version, korean_from_eid(eid) or ""),
        "isPartOf": {
            "@type": "Legislation",
            "@id": _whole(version_address(version)),
            "name": f"{version.bill.title} v{version.no}",
        },
        **({"creativeWorkStatus": _DRAFT} if version.bill.fictional else {}),
    }


def _text(version: Version, row: Provision) -> str:
    """The clause as it stands in the source, with all below it."""
    return "\n".join(version.source_text.split("\n")[row.line - 1 : row.last_line]).strip()


def coalition_described() -> dict[str, Any]:
    """schema.org/Organization of the coalition with who takes part today."""
    places = list(members().order_by("code"))
    return {
        "@context": _CONTEXT,
        **_said(
            kind="Organization",
            id=_whole("/"),
            url=_whole("/"),
            name=HUB,
            member=[_place(place, slug) for place, slug in _with_pages(places)],
        ),
    }


def municipality_described(slug: str) -> dict[str, Any] | None:
    """schema.org/GovernmentOrganization of a municipality whose page anybody may read, or None."""
    page = public(MunicipalityPage.objects.filter(slug=slug)).first()
    if page is None:
        return None
    place = page.municipality
    takes_part = members().filter(pk=place.pk).exists()
    coalition = {"@type": "Organization", "@id": _whole("/"), "name": HUB}
    return {
        "@context": _CONTEXT,
        **_place(place, page.slug),
        **_said(
            kind="GovernmentOrganization",
            id=_whole(f"/municipalities/{page.slug}/"),
            description=page.intro,
            sameAs=page.website,
            telephone=page.contact_phone,
            parentOrganization={"@type": "AdministrativeArea", "name": place.region.name},
            memberOf=coalition if takes_part else None,
        ),
    }


def _with_pages(places: list[Municipality]) -> Iterable[tuple[Municipality, str]]:
    rows = public(MunicipalityPage.objects.filter(municipality__in=places))
    slugs = dict(rows.values_list("municipality", "slug"))
    return [(place, slugs[place.pk]) for place in places if place.pk in slugs]


def _place(place: Municipality, slug: str) -> dict[str, Any]:
    address = _whole(f"/municipalities/{slug}/")
    return _said(
        kind="GovernmentOrganization",
        id=address,
        url=address,
        name=place.full_name,
        identifier={"@type": "PropertyValue", "propertyID": "행정구역코드", "value": place.code},
        areaServed={"@type": "AdministrativeArea", "name": place.full_name},
        additionalType=_INVENTED if place.fictional else None,
    )
