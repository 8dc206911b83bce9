"""What the engine's words are called on the operators' pages."""

from engine.cases import FIRE_TIMERS
from engine.cases.models import CaseStatus, Event, Incident
from engine.i18n import gettext as _
from engine.jobs import Job, JobState
from engine.people import Role

Tag = tuple[str, str]
"""A word and the colour of its tag."""


def status_tag(status: str) -> Tag:
    return {
        CaseStatus.RUNNING: (_("办理中"), "blue"),
        CaseStatus.SUSPENDED: (_("已暂停"), "yellow"),
        CaseStatus.FINISHED: (_("已结束"), "grey"),
    }[CaseStatus(status)]


def job_tag(state: str) -> Tag:
    return {
        JobState.READY: (_("等待执行"), "blue"),
        JobState.DONE: (_("已完成"), "green"),
        JobState.DEAD: (_("已放弃"), "red"),
        JobState.CANCELLED: (_("已取消"), "grey"),
    }[JobState(state)]


def job_kind(kind: str) -> str:
    """What a kind of job does, in words; a kind without words is shown as it is."""
    return {
        FIRE_TIMERS: _("到时间推进流程"),
        "sms.deliver": _("发送短信"),
        "payments.open": _("向支付平台下单"),
        "payments.query": _("向支付平台查询"),
        "payments.close": _("关闭支付订单"),
        "payments.refund": _("退款"),
        "payments.announce": _("把支付结果告诉申报"),
        "payments.reconcile": _("每日对账"),
        "housekeeping": _("每夜清理"),
        "declaration.issue_document": _("生成文件"),
    }.get(kind, kind)


def role_name(role: str) -> str:
    return {
        Role.CANDIDATE: _("考生"),
        Role.CERTIFICATE_REVIEWER: _("证书审核"),
        Role.ONSITE_REVIEWER: _("现场审核"),
        Role.REGISTRAR: _("信息更正"),
    }.get(Role(role), role)


def incident_title(incident: Incident, job: Job | None) -> str:
    """Say in a sentence what failed; the technical cause stands below it."""
    if job is not None:
        return _("后台任务“%(kind)s”多次失败，已放弃", kind=job_kind(job.kind))
    if incident.job_id is not None:
        return _("后台任务多次失败，已放弃")
    if incident.element:
        return _("流程在这一步执行失败，提交的内容已存为草稿")
    return _("处理页面时出错，提交的内容已存为草稿")


def step_kind(kind: str) -> str:
    return {
        "user": _("任务完成"),
        "service": _("自动步骤"),
        "decision": _("决策表"),
        "gateway": _("判断"),
        "timer": _("到时间"),
        "message": _("收到消息"),
        "call": _("子流程结束"),
        "subprocess": _("子流程结束"),
        "start": _("开始"),
        "end": _("结束"),
    }.get(kind, _("经过"))


def event_title(line: Event) -> str:
    """Say what a line of the audit records."""
    if line.kind == "step finished":
        return step_kind(str(line.detail.get("step", "")))
    return title_of(line.kind)


def title_of(kind: str) -> str:
    """What a kind of event or of an operator's act is called; one without words is as it is."""
    return {
        "case started": _("申报开始"),
        "case finished": _("申报结束"),
        "case suspended": _("暂停申报"),
        "case resumed": _("恢复申报"),
        "case retried": _("重试这件申报"),
        "work item opened": _("任务打开"),
        "work item completed": _("提交"),
        "work item withdrawn": _("任务收回"),
        "work item claimed": _("领取"),
        "work item released": _("退回任务列表"),
        "action taken": _("页面操作"),
        "message sent": _("发出消息"),
        "message delivered": _("消息送达"),
        "unknown fields dropped": _("丢弃了表单没有的字段"),
        "incident taken": _("领取异常"),
        "incident resolved": _("异常处理完毕"),
        "job retried": _("重试后台任务"),
        "personal data shown": _("查看个人信息"),
    }.get(kind, kind)
