"""A 자료 판 as others cite it and as machines read of it: footnote, BibTeX, RIS, schema.org."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from cms.citing import Work, footnote
from cms.models import DatasetPage, Licence, Resource
from coalition.members.models import Municipality

#: Where the words of a licence stand. What was made or allowed for one use has none.
LICENCE_ADDRESSES = {
    Licence.KOGL_1: "https://www.kogl.or.kr/info/licenseType1.do",
    Licence.KOGL_2: "https://www.kogl.or.kr/info/licenseType2.do",
    Licence.KOGL_3: "https://www.kogl.or.kr/info/licenseType3.do",
    Licence.KOGL_4: "https://www.kogl.or.kr/info/licenseType4.do",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/deed.ko",
}


def work_of(page: DatasetPage, resource: Resource, place: Municipality | None) -> Work:
    """The version as a work: cited by the address of its own file, which stays when a later version comes."""
    name = place.full_name if place else ""
    fictional = place is not None and place.fictional
    return Work(
        key=f"{place.slug if place else 'hub'}-{page.slug}-v{resource.number}",
        author=f"{name}(가상)" if fictional else name,
        title=page.title,
        edition=f"자료 v{resource.number}",
        on=timezone.localtime(resource.stored_at).date(),
        url=f"{settings.HUB_BASE_URL}{page.address}v{resource.number}.csv",
        note="시연용으로 지어낸 자료" if fictional else "",
    )


def cited(page: DatasetPage, resource: Resource, place: Municipality | None) -> str:
    """The Korean footnote."""
    work = work_of(page, resource, place)
    return footnote(work, date_format(work.on) if work.on else "")


def described(page: DatasetPage, resource: Resource, place: Municipality | None) -> dict[str, Any]:
    """schema.org/Dataset as JSON-LD: the same as the microdata of the page, for who reads files."""
    url = f"{settings.HUB_BASE_URL}{page.address}"
    told = {column.name: column for column in page.dictionary.all()}
    variables = []
    for column in resource.columns:
        known = told.get(column["name"])
        variable = {"@type": "PropertyValue", "name": column["name"]}
        if known is not None and known.unit:
            variable["unitText"] = known.unit
        if known is not None and known.meaning:
            variable["description"] = known.meaning
        variables.append(variable)
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{url}v{resource.number}.csv",
        "name": page.title,
        "description": page.summary or page.title,
        "url": url,
        "version": str(resource.number),
        "inLanguage": "ko",
        "isAccessibleForFree": True,
        "datePublished": timezone.localtime(resource.stored_at).date().isoformat(),
        "license": LICENCE_ADDRESSES.get(Licence(page.licence), page.get_licence_display()),
        "temporalCoverage": page.period,
        "creditText": cited(page, resource, place),
        "isBasedOn": page.source,
        "variableMeasured": variables,
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{url}v{resource.number}.csv",
                "encodingFormat": "text/csv",
                "sha256": resource.sha256,
            }
        ],
    }
    if place is not None:
        said["creator"] = {"@type": "GovernmentOrganization", "name": place.full_name}
        if place.fictional:
            said["creativeWorkStatus"] = "시연용으로 지어낸 자료"
    return {name: value for name, value in said.items() if value not in ("", [], None)}
