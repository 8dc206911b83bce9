"""What a process promises whoever drives it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from engine.bpmn import (
    BudgetSpent,
    Definition,
    ElementFailed,
    ProcessStopped,
    TaskNotOpen,
    TokenStuck,
)
from tests.bpmn.drawing import (
    boundary,
    call,
    catch,
    end,
    failing,
    message,
    model,
    parallel,
    rule,
    service,
    start,
    sub,
    terminate,
    timer,
    user,
    xor,
)
from tests.bpmn.samples import FIRST_COMES, LOOP, NESTED, REVIEW_STAGE
from tests.bpmn.world import MORNING, World

saved_or_live = pytest.mark.parametrize("saves", [False, True], ids=["live", "saved"])


@saved_or_live
class TestReviewStage:
    """Printing beside a review that ends the stage for both."""

    def test_the_end_of_the_review_takes_the_print_task_away(self, saves):
        world = World(REVIEW_STAGE, "stage", saves=saves)
        assert world.open() == ["print_documents", "review_on_site"]
        world.complete("review_on_site", "pass")
        assert world.process.is_finished
        assert world.process.ended_through == "completed"
        assert world.process.variables["on_site_review"] == {"outcome": "review_passed"}
        assert world.process.variables["review_stage"] == {"outcome": "reviewed"}

    def test_printing_first_waits_for_the_review(self, saves):
        world = World(REVIEW_STAGE, "stage", saves=saves)
        world.complete("print_documents", "done")
        assert world.open() == ["review_on_site"]
        world.complete("review_on_site", "reject")
        assert world.process.ended_through == "not_passed"

    def test_a_return_keeps_printing_open(self, saves):
        world = World(REVIEW_STAGE, "stage", saves=saves)
        world.complete("review_on_site", "return")
        assert world.open() == ["correct_fields", "print_documents"]
        world.complete("correct_fields", "resubmit")
        assert world.open() == ["print_documents", "review_on_site"]

    def test_roles_are_lane_ids_and_a_subprocess_hands_its_own_on(self, saves):
        world = World(REVIEW_STAGE, "stage", saves=saves)
        assert world.task("print_documents").lane == "candidate"
        assert world.task("review_on_site").lane == "onsite_reviewer"
        assert world.task("review_on_site").path == ("review_stage", "on_site_review")


@saved_or_live
class TestData:
    def test_a_task_leaves_one_dict_under_its_id(self, saves):
        world = World(LOOP, "loop", {"season": "2026-1"}, saves=saves)
        world.complete("ask", "again", colour="red", extra=True)
        world.complete("ask", "again", colour="blue")
        data = world.task("ask").data
        assert data["ask"] == {"outcome": "again", "colour": "blue"}
        assert data["season"] == "2026-1"
        assert data["look"] == {"done": True}

    def test_a_call_returns_its_end_and_declared_outputs_alone(self, saves):
        answers = {
            "test.reserve": {"held_until": MORNING + timedelta(hours=72)},
            "test.create_order": {"number": 7},
            "test.read_order": {"settled": True},
        }
        world = World(NESTED, "outer", answers=answers, saves=saves)
        world.complete("apply")
        world.complete("fill")
        assert "create_order" in world.task("pay").data
        assert world.message("payment_settled", {"amount": Decimal("0.10")}) == 1
        data = world.process.variables
        assert data["pay_step"] == {"number": 7, "outcome": "paid"}
        assert "create_order" not in data
        assert "settled_message" not in data
        assert data["before_decision"] == {"outcome": "inner_done"}

    def test_a_second_call_knows_nothing_of_the_first(self, saves):
        answers = {"test.reserve": {"held_until": MORNING + timedelta(days=9)}}
        world = World(NESTED, "outer", answers=answers, saves=saves)
        for _round in range(2):
            world.complete("apply")
            world.complete("fill")
            assert "pay" not in world.task("pay").data
            world.complete("pay", "change")
        assert world.task("apply").data["pay_step"] == {"number": None, "outcome": "changed"}

    def test_what_a_caller_changes_afterwards_is_not_the_token(self, saves):
        values = {"list": [1]}
        world = World(LOOP, "loop", saves=saves)
        world.complete("ask", "again", **values)
        values["list"].append(2)
        world.task("ask").data["ask"]["list"].append(3)
        assert world.task("ask").data["ask"]["list"] == [1]


@saved_or_live
class TestTimers:
    def test_they_fire_oldest_first_each_at_its_own_time(self, saves):
        late = {
            "late.bpmn": model(
                "late",
                start(),
                user("review"),
                boundary("at_24h", "review", timer("timeDuration", "PT24H"), interrupting=False),
                boundary(
                    "at_20h",
                    "review",
                    timer("timeDuration", 'duration("PT20H")'),
                    interrupting=False,
                ),
                service("escalate"),
                service("remind"),
                end("escalated"),
                end("reminded"),
                end("done"),
                flows="""
                begin > review
                review > done
                at_24h > escalate
                escalate > escalated
                at_20h > remind
                remind > reminded
                """,
            )
        }
        world = World(late, "late", saves=saves)
        assert [w.due_at for w in world.process.waiting()] == [
            MORNING + timedelta(hours=24),
            MORNING + timedelta(hours=20),
        ]
        assert world.advance(hours=100) == 2
        assert [(element, at) for element, *_, at in world.calls] == [
            ("remind", MORNING + timedelta(hours=20)),
            ("escalate", MORNING + timedelta(hours=24)),
        ]
        assert world.open() == ["review"]
        assert world.advance(hours=100) == 0
        world.complete("review", "decide")
        assert world.process.ended_through == "done"

    def test_a_deadline_from_a_service_does_not_restart_on_a_loop(self, saves):
        answers = {"test.reserve": {"held_until": MORNING + timedelta(hours=72)}}
        world = World(NESTED, "outer", answers=answers, saves=saves)
        world.complete("apply")
        world.advance(hours=71)
        world.complete("fill")
        due = {w.element: w.due_at for w in world.process.waiting()}
        assert due["hold_expired"] == MORNING + timedelta(hours=72)
        world.advance(hours=1)
        assert world.open() == ["apply"]
        assert "release" in world.called()
        assert [w.element for w in world.process.waiting()] == ["withdraw"]

    @pytest.mark.parametrize("interrupting", [True, False])
    def test_what_is_overdue_comes_before_anything_inside(self, saves, interrupting):
        """The library lets the activity end first, then interrupts what is over."""
        long_ago = timer("timeDate", "2026-01-01T00:00:00Z")
        models = {
            "o.bpmn": model(
                "overdue",
                start(),
                sub(
                    "work",
                    start("inner_begin"),
                    service("do_it"),
                    end("inner_done"),
                    flows="inner_begin > do_it\ndo_it > inner_done",
                ),
                boundary("expired", "work", long_ago, interrupting=interrupting),
                service("tell"),
                end("told"),
                end("done"),
                flows="begin > work\nwork > done\nexpired > tell\ntell > told",
            )
        }
        world = World(models, "overdue", saves=saves)
        assert world.process.is_finished
        assert world.called() == (["tell"] if interrupting else ["do_it", "tell"])
        steps = [step.element for step in world.history]
        assert steps[1] == "expired"
        assert world.process.ended_through == ("told" if interrupting else "done")

    @pytest.mark.parametrize("value", [None, "soon", MORNING.replace(tzinfo=None), 5])
    def test_what_is_no_moment_with_a_zone_fails_by_name(self, saves, value):
        answers = {"test.reserve": {"held_until": value}}
        world = World(NESTED, "outer", answers=answers, saves=saves)
        with pytest.raises(ElementFailed) as failed:
            world.complete("apply")
        assert failed.value.element == "hold_expired"

    def test_the_31st_and_a_month_is_the_last_day(self, saves):
        monthly = {
            "m.bpmn": model(
                "monthly",
                start(),
                catch("wait_a_month", timer("timeDuration", "P1M")),
                end(),
                flows="begin > wait_a_month\nwait_a_month > done",
            )
        }
        world = World(monthly, "monthly", saves=saves)
        assert world.process.waiting()[0].due_at == MORNING.replace(month=4)


@saved_or_live
class TestMessages:
    def test_the_outermost_waits_first_and_ends_what_is_inside(self, saves):
        answers = {"test.reserve": {"held_until": MORNING + timedelta(hours=72)}}
        world = World(NESTED, "outer", answers=answers, saves=saves)
        world.complete("apply")
        world.complete("fill")
        assert world.message("withdraw", {"reason": "moved"}) == 1
        assert world.process.ended_through == "withdrawn"
        assert world.process.variables["withdraw"] == {"reason": "moved"}
        assert world.process.waiting() == []

    def test_nobody_waiting_is_zero_and_nothing_is_kept(self, saves):
        world = World(NESTED, "outer", saves=saves)
        assert world.message("payment_settled") == 0
        assert world.open() == ["apply"]

    def test_a_message_offers_its_button(self, saves):
        world = World(NESTED, "outer", saves=saves)
        (waiting,) = world.process.waiting()
        assert (waiting.kind, waiting.message) == ("message", "withdraw")
        assert waiting.properties == {"offer": "candidate"}

    def test_after_a_gateway_the_first_event_decides(self, saves):
        world = World(FIRST_COMES, "first", saves=saves)
        assert [(w.element, w.kind) for w in world.process.waiting()] == [
            ("order_resolved", "message"),
            ("early", "timer"),
            ("late", "timer"),
        ]
        assert world.message("order_resolved", {"state": "paid"}) == 1
        assert world.task("see").data["order_resolved"] == {"state": "paid"}
        assert world.process.waiting() == []

    def test_after_a_gateway_the_earlier_of_two_timers_decides(self, saves):
        world = World(FIRST_COMES, "first", saves=saves)
        assert world.advance(hours=5) == 1
        assert world.open() == ["ask_again"]
        assert world.history[-1].at == MORNING + timedelta(minutes=30)


def part(name, error):
    return sub(
        name,
        start(f"begin_{name}"),
        user(f"try_{name}"),
        xor(f"luck_{name}"),
        failing(f"failed_{name}", error),
        end(f"worked_{name}"),
        flows=f"""
        begin_{name} > try_{name}
        try_{name} > luck_{name}
        luck_{name} > failed_{name} if try_{name}.outcome = "fail"
        luck_{name} > worked_{name} else
        """,
    )


@saved_or_live
def test_an_error_leaves_its_own_activity_and_no_other(saves):
    error = '<bpmn:errorEventDefinition errorRef="no_luck"/>'
    models = {
        "e.bpmn": model(
            "errors",
            start(),
            parallel("fork"),
            part("one", "no_luck"),
            part("two", "no_luck"),
            boundary("caught_one", "one", error),
            boundary("caught_two", "two", error),
            service("mend_one"),
            service("mend_two"),
            end("mended_one"),
            end("mended_two"),
            end("fine_one"),
            end("fine_two"),
            flows="""
            begin > fork
            fork > one
            fork > two
            one > fine_one
            two > fine_two
            caught_one > mend_one
            mend_one > mended_one
            caught_two > mend_two
            mend_two > mended_two
            """,
        ).replace(b"<bpmn:process", b'<bpmn:error id="no_luck" errorCode="1"/><bpmn:process')
    }
    world = World(models, "errors", saves=saves)
    world.complete("try_one", "fail")
    assert world.called() == ["mend_one"]
    assert world.open() == ["try_two"]
    world.complete("try_two", "work")
    assert world.process.ended_through == "fine_two"
    done = [step.element for step in world.history if step.kind in {"end", "subprocess"}]
    assert done == ["failed_one", "mended_one", "worked_two", "two", "fine_two"]


@saved_or_live
def test_an_error_that_nobody_catches_is_an_end_like_another(saves):
    models = {
        "e.bpmn": model(
            "errors", start(), part("one", "no_luck"), end(), flows="begin > one\none > done"
        ).replace(b"<bpmn:process", b'<bpmn:error id="no_luck"/><bpmn:process')
    }
    world = World(models, "errors", saves=saves)
    world.complete("try_one", "fail")
    assert world.process.ended_through == "done"
    assert world.process.variables["one"] == {"outcome": "failed_one"}


@saved_or_live
def test_a_message_beside_a_task_comes_as_often_as_it_is_sent(saves):
    models = {
        "m.bpmn": model(
            "listening",
            start(),
            user("review"),
            boundary("hint", "review", message("hint"), interrupting=False),
            service("note", seen="hint.text"),
            end("noted"),
            end(),
            flows="begin > review\nreview > done\nhint > note\nnote > noted",
            messages=["hint"],
        )
    }
    world = World(models, "listening", saves=saves)
    sizes = []
    for text in "abcdef":
        assert world.message("hint", {"text": text}) == 1
        sizes.append(len(world.process._workflow.tasks))
    assert [params for _, _, params, _ in world.calls] == [{"seen": text} for text in "abcdef"]
    assert len(set(sizes[1:])) == 1
    world.complete("review", "decide")
    assert world.process.ended_through == "done"
    assert world.message("hint") == 0


@saved_or_live
def test_a_receive_task_waits_for_its_message(saves):
    wait = '<bpmn:receiveTask id="wait" messageRef="message_go"/>'
    flows = "begin > wait\nwait > done"
    models = {"r.bpmn": model("receive", start(), wait, end(), flows=flows, messages=["go"])}
    world = World(models, "receive", saves=saves)
    assert [w.message for w in world.process.waiting()] == ["go"]
    assert world.message("go", {"n": 1}) == 1
    assert world.process.variables["wait"] == {"n": 1}


def test_the_same_message_id_in_two_files_names_two_messages():
    def one(process, name):
        drawn = (start(f"b_{process}"), catch(f"wait_{process}", message("m")), end(f"d_{process}"))
        flows = f"b_{process} > wait_{process}\nwait_{process} > d_{process}"
        content = model(process, *drawn, flows=flows, messages=["m"])
        return content.replace(b'name="m"', f'name="{name}"'.encode())

    models = {"a.bpmn": one("first", "withdraw"), "b.bpmn": one("second", "recall")}
    assert World(models, "first").message("withdraw") == 1
    assert World(models, "second").message("recall") == 1


class TestFailures:
    def test_a_failing_service_names_its_element_and_leaves_the_old_state(self):
        answers = {"test.look": lambda *_: 1 / 0}
        world = World(LOOP, "loop", answers=answers)
        before = world.process.state()
        with pytest.raises(ElementFailed) as failed:
            world.complete("ask", "again")
        assert failed.value.element == "look"
        assert isinstance(failed.value.cause, ZeroDivisionError)
        with pytest.raises(ProcessStopped):
            world.process.state()
        with pytest.raises(ProcessStopped):
            world.process.fire_timers()
        again = Definition.parse(LOOP).resume(before, **world.surroundings)
        assert [task.element for task in again.open_tasks()] == ["ask"]

    def test_a_result_that_cannot_be_kept_fails_by_name(self):
        world = World(LOOP, "loop", answers={"test.look": {"when": object()}})
        with pytest.raises(ElementFailed) as failed:
            world.complete("ask", "again")
        assert failed.value.element == "look"

    def test_a_task_is_completed_once(self):
        world = World(LOOP, "loop")
        task = world.task("ask").id
        world.complete("ask", "again")
        with pytest.raises(TaskNotOpen):
            world.process.complete(task, {"outcome": "again"})
        assert world.open() == ["ask"]

    def test_an_endless_circle_of_services_spends_its_budget(self):
        circle = {
            "c.bpmn": model(
                "circle",
                start(),
                xor("again"),
                service("work"),
                xor("enough"),
                end(),
                flows="""
                begin > again
                again > work
                work > enough
                enough > done if work.done = "never"
                enough > again else
                """,
            )
        }
        with pytest.raises(BudgetSpent):
            World(circle, "circle")

    def test_a_choice_without_a_way_fails_by_name(self):
        narrow = {
            "n.bpmn": model(
                "narrow",
                start(),
                user("ask"),
                xor("which"),
                end("left"),
                end("right"),
                flows="""
                begin > ask
                ask > which
                which > left if ask.outcome = "left"
                which > right if ask.outcome = "right"
                """,
            )
        }
        world = World(narrow, "narrow")
        with pytest.raises(ElementFailed) as failed:
            world.complete("ask", "up")
        assert failed.value.element == "which"

    def test_a_join_that_waits_for_ever_is_an_error_at_once(self):
        stuck = {
            "s.bpmn": model(
                "stuck",
                start(),
                user("ask"),
                xor("which"),
                parallel("both"),
                end(),
                flows="""
                begin > ask
                ask > which
                which > both if ask.outcome = "left"
                which > both else
                both > done
                """,
            )
        }
        world = World(stuck, "stuck")
        with pytest.raises(TokenStuck) as failed:
            world.complete("ask", "left")
        assert failed.value.elements == ("both",)


@saved_or_live
def test_a_decision_leaves_its_outputs_by_name(saves, fee_table):
    models = {
        "fee.dmn": fee_table,
        "r.bpmn": model(
            "rules",
            start(),
            user("choose"),
            rule("fee", "delivery_fee"),
            end(),
            flows="begin > choose\nchoose > fee\nfee > done",
        ),
    }
    world = World(models, "rules", saves=saves)
    world.complete("choose", "next", method="post")
    assert world.process.variables["fee"] == {"amount": 2200}
    step = next(step for step in world.history if step.kind == "decision")
    assert step.detail["matched"][0] == "r1"


class TestHistory:
    def test_it_tells_every_element_once_in_order(self):
        world = World(REVIEW_STAGE, "stage")
        world.complete("review_on_site", "pass")
        assert [(step.kind, step.element) for step in world.history] == [
            ("start", "begin"),
            ("start", "stage_begin"),
            ("gateway", "both"),
            ("start", "review_begin"),
            ("gateway", "review_again"),
            ("user", "review_on_site"),
            ("gateway", "verdict"),
            ("end", "review_passed"),
            ("call", "on_site_review"),
            ("end", "reviewed"),
            ("subprocess", "review_stage"),
            ("gateway", "passed"),
            ("end", "completed"),
        ]
        assert world.process.take_history() == []

    def test_a_service_tells_what_it_was_given_and_gave(self):
        world = World(LOOP, "loop", answers={"test.look": {"seen": 3}})
        world.complete("ask", "again")
        step = next(step for step in world.history if step.kind == "service")
        assert step.detail == {
            "service": "test.look",
            "params": {"round": "again"},
            "result": {"seen": 3},
        }


class TestSoundness:
    def test_a_boundary_on_a_call_ends_the_call(self):
        models = {
            "a.bpmn": model(
                "caller",
                start(),
                call("do_it", "called"),
                boundary("too_late", "do_it", timer("timeDuration", "PT1H")),
                end("in_time"),
                end("late"),
                flows="begin > do_it\ndo_it > in_time\ntoo_late > late",
            ),
            "b.bpmn": model(
                "called",
                start("called_begin"),
                user("work"),
                end("worked"),
                flows="called_begin > work\nwork > worked",
            ),
        }
        world = World(models, "caller", saves=True)
        assert world.advance(hours=1) == 1
        assert world.process.ended_through == "late"

    def test_a_reminder_that_is_still_under_way_does_not_name_the_end(self):
        models = {
            "a.bpmn": model(
                "aside",
                start(),
                user("review"),
                boundary("nudge", "review", timer("timeDuration", "PT1H"), interrupting=False),
                service("note"),
                catch("wait_a_bit", timer("timeDuration", "PT5H")),
                end("nudged"),
                end("reviewed"),
                flows="""
                begin > review
                review > reviewed
                nudge > note
                note > wait_a_bit
                wait_a_bit > nudged
                """,
            )
        }
        world = World(models, "aside", saves=True)
        world.advance(hours=1)
        world.complete("review", "decide")
        assert not world.process.is_finished
        world.advance(hours=5)
        assert world.process.ended_through == "reviewed"
        assert world.process.variables["review"] == {"outcome": "decide"}

    def test_a_terminate_end_at_the_top_ends_the_process(self):
        models = {
            "t.bpmn": model(
                "top",
                start(),
                parallel("fork"),
                user("slow"),
                user("quick"),
                end("slowly"),
                terminate("at_once"),
                flows="""
                begin > fork
                fork > slow
                fork > quick
                slow > slowly
                quick > at_once
                """,
            )
        }
        world = World(models, "top", saves=True)
        world.complete("quick", "go")
        assert (world.process.is_finished, world.process.ended_through) == (True, "at_once")
        assert world.process.variables == {"quick": {"outcome": "go"}}
