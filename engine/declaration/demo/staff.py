"""Staff of the demonstration: an account for every role, two where four eyes are asked."""

from dataclasses import dataclass

from engine.people.person import Role


@dataclass(frozen=True, slots=True)
class DemoStaff:
    username: str
    name: str
    mobile: str
    roles: tuple[Role, ...]
    site_id: str | None = None


STAFF = (
    DemoStaff("cert1", "证书审核员甲", "13900000101", (Role.CERTIFICATE_REVIEWER,)),
    DemoStaff("cert2", "证书审核员乙", "13900000102", (Role.CERTIFICATE_REVIEWER,)),
    DemoStaff("onsite1", "现场审核员甲", "13900000103", (Role.ONSITE_REVIEWER,), "shinan"),
    DemoStaff("onsite2", "现场审核员乙", "13900000104", (Role.ONSITE_REVIEWER,)),
    DemoStaff("registrar1", "信息更正员甲", "13900000105", (Role.REGISTRAR,)),
    DemoStaff("registrar2", "信息更正员乙", "13900000106", (Role.REGISTRAR,)),
    DemoStaff("lead", "审核组长", "13900000107", (Role.REVIEW_LEAD,)),
    DemoStaff("analyst", "流程设计员", "13900000108", (Role.ANALYST,)),
    DemoStaff("approver", "发布审批员", "13900000109", (Role.RELEASE_APPROVER,)),
    DemoStaff("operator", "运维员", "13900000110", (Role.OPERATOR,)),
    DemoStaff("operator2", "运维复核员", "13900000111", (Role.OPERATOR_APPROVER,)),
    DemoStaff("finance", "财务员", "13900000112", (Role.FINANCE,)),
    DemoStaff("auditor", "审计员", "13900000113", (Role.AUDITOR,)),
    DemoStaff("admin", "账号管理员", "13900000114", (Role.ADMIN,)),
)
