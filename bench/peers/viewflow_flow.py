"""The two models as flows of django-viewflow; a loop is a gateway that leads back."""

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.models import Process


def goes_on(activation: object) -> bool:
    return activation.process.data.get("outcome") in {"next", "again"}


class Linear(flow.Flow):
    process_class = Process

    begin = flow.StartHandle().Next(this.step_1)
    step_1 = flow.View(lambda request: None).Next(this.step_2)
    step_2 = flow.View(lambda request: None).Next(this.step_3)
    step_3 = flow.View(lambda request: None).Next(this.step_4)
    step_4 = flow.View(lambda request: None).Next(this.is_it_right)
    is_it_right = flow.If(goes_on).Then(this.step_5).Else(this.declined)
    step_5 = flow.View(lambda request: None).Next(this.step_6)
    step_6 = flow.View(lambda request: None).Next(this.step_7)
    step_7 = flow.View(lambda request: None).Next(this.step_8)
    step_8 = flow.View(lambda request: None).Next(this.done)
    done = flow.End()
    declined = flow.End()


class Loop(flow.Flow):
    process_class = Process

    begin = flow.StartHandle().Next(this.ask)
    ask = flow.View(lambda request: None).Next(this.once_more)
    once_more = flow.If(goes_on).Then(this.ask).Else(this.done)
    done = flow.End()
