"""Everything that is a page, a file or a setting of the desk."""

from cms.models.case import CaseBarrier, CaseIndexPage, CaseNumber, CasePage, Phase, Target
from cms.models.case_book import CaseBookChapter, CaseBookEdition
from cms.models.dataset import ColumnKind, DatasetColumn, DatasetPage, Resource, ResourceRow
from cms.models.frame import DataIndexPage
from cms.models.home import HomePage
from cms.models.media import HubDocument, HubImage, HubRendition, Licence
from cms.models.municipality import MunicipalityIndexPage, MunicipalityPage
from cms.models.news import NewsIndexPage, NewsPage
from cms.models.reviewing import CaseBookEntry, CaseBookState, ReviewLink
from cms.models.site import Operator
from cms.models.standard import StandardPage
from cms.models.tags import CaseTag, NewsTag, ProposalState, Tag, TagAlias, TagProposal
from cms.models.upload import TableUpload, UploadState
from cms.workflows import MunicipalityApproval

__all__ = [
    "CaseBarrier",
    "CaseBookChapter",
    "CaseBookEdition",
    "CaseBookEntry",
    "CaseBookState",
    "CaseIndexPage",
    "CaseNumber",
    "CasePage",
    "CaseTag",
    "ColumnKind",
    "DataIndexPage",
    "DatasetColumn",
    "DatasetPage",
    "HomePage",
    "HubDocument",
    "HubImage",
    "HubRendition",
    "Licence",
    "MunicipalityApproval",
    "MunicipalityIndexPage",
    "MunicipalityPage",
    "NewsIndexPage",
    "NewsPage",
    "NewsTag",
    "Operator",
    "Phase",
    "ProposalState",
    "Resource",
    "ResourceRow",
    "ReviewLink",
    "StandardPage",
    "TableUpload",
    "Tag",
    "TagAlias",
    "TagProposal",
    "Target",
    "UploadState",
]
