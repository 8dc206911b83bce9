"""Deadlines on a way back: what begins anew, what is over for good, and what is as it should be."""

from tests.bpmn.drawing import boundary, catch, end, service, start, sub, timer, xor
from tests.bpmn.traps import ASK, HOUR, looping, one, texts_at, told


class TestDurations:
    RESTARTS = "每次循环回来，时长都重新计算"
    USELESS = "属性 restarts 在这里不起作用"

    def test_an_author_may_acknowledge_that_one_restarts(self):
        assert texts_at("late", looping(boundary("late", "ask", HOUR, restarts="true"))) == set()

    def test_another_value_acknowledges_nothing(self):
        models = looping(boundary("late", "ask", HOUR, restarts="no"))
        assert texts_at("late", models) == {self.RESTARTS}

    def test_a_reminder_restarts_as_well(self):
        models = looping(boundary("late", "ask", HOUR, interrupting=False))
        assert texts_at("late", models) == {self.RESTARTS}

    def test_a_date_does_not_restart(self):
        models = looping(boundary("late", "ask", timer("timeDate", "ask.until")))
        assert self.RESTARTS not in texts_at("late", models)

    def test_the_end_of_a_period_begins_a_new_one(self):
        models = one(
            xor("again"),
            ASK,
            boundary("late", "ask", HOUR),
            flows="begin > again\nagain > ask\nask > done\nlate > again",
        )
        assert texts_at("late", models) == set()

    def test_a_pause_is_waited_out(self):
        drawn = (catch("pause", HOUR), boundary("late", "ask", timer("timeDate", "ask.until")))
        models = looping("".join(drawn), back="which > pause else\npause > again")
        assert texts_at("pause", models) == set()

    def test_one_in_a_subprocess_that_is_come_back_to(self):
        inner = sub(
            "inner",
            start("b2"),
            ASK,
            boundary("late", "ask", HOUR),
            end("d2"),
            end("d3"),
            flows="b2 > ask\nask > d2\nlate > d3",
        )
        flows = """
            begin > again
            again > inner
            inner > x
            x > done if inner.outcome = "d2"
            x > again else
            """
        models = one(xor("again"), inner, xor("x"), flows=flows, lanes={"candidate": "inner"})
        assert texts_at("late", models) == {self.RESTARTS}

    def test_an_acknowledgement_of_nothing_is_told(self):
        models = one(
            ASK,
            boundary("late", "ask", HOUR, restarts="true"),
            end("gone"),
            flows="begin > ask\nask > done\nlate > gone",
        )
        assert texts_at("late", models) == {self.USELESS}


class TestDates:
    def test_a_date_that_is_renewed_on_the_way_back(self):
        models = one(
            xor("again"),
            service("plan", "test.any"),
            ASK,
            boundary("late", "ask", timer("timeDate", "plan.until")),
            flows="begin > again\nagain > plan\nplan > ask\nask > done\nlate > again",
        )
        assert told(models) == []

    def test_a_date_over_the_clock(self):
        date = timer("timeDate", 'now() + duration("PT1H")')
        flows = "begin > again\nagain > ask\nask > done\nlate > again"
        assert told(one(xor("again"), ASK, boundary("late", "ask", date), flows=flows)) == []
