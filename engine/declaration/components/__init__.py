"""The domain's form components, by the type that analysts place on a form."""

from engine.cases import Component
from engine.declaration.components.batch_picker import BatchPicker
from engine.declaration.components.certificate_list import CertificateList
from engine.declaration.components.certificate_review_panel import CertificateReviewPanel
from engine.declaration.components.consolidation_rows import ConsolidationRows
from engine.declaration.components.correction_fields import CorrectionFields
from engine.declaration.components.correction_panel import CorrectionPanel
from engine.declaration.components.correction_request import CorrectionRequest
from engine.declaration.components.declaration_panel import DeclarationPanel
from engine.declaration.components.graduation_checklist import GraduationChecklist
from engine.declaration.components.id_upgrade import IdUpgrade
from engine.declaration.components.identity_summary import IdentitySummary
from engine.declaration.components.matching_board import MatchingBoard
from engine.declaration.components.payment_status import PaymentStatus
from engine.declaration.components.photo import PhotoComponent
from engine.declaration.components.print_centre import PrintCentre
from engine.declaration.components.province_picker import ProvincePicker
from engine.declaration.components.score_table import ScoreTable
from engine.declaration.components.transcript_table import TranscriptTable

COMPONENTS: dict[str, Component] = {
    component.type: component
    for component in (
        BatchPicker(),
        CertificateList(),
        CertificateReviewPanel(),
        ConsolidationRows(),
        CorrectionFields(),
        CorrectionPanel(),
        CorrectionRequest(),
        DeclarationPanel(),
        GraduationChecklist(),
        IdUpgrade(),
        IdentitySummary(),
        MatchingBoard(),
        PaymentStatus(),
        PhotoComponent(),
        PrintCentre(),
        ProvincePicker(),
        ScoreTable(),
        TranscriptTable(),
    )
}
