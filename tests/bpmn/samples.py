"""Models that several tests drive."""

from tests.bpmn.drawing import (
    boundary,
    call,
    catch,
    end,
    first_of,
    message,
    model,
    parallel,
    service,
    start,
    sub,
    terminate,
    timer,
    user,
    xor,
)

LOOP = {
    "loop.bpmn": model(
        "loop",
        start(),
        xor("again"),
        user("ask"),
        service("look", round="ask.outcome"),
        xor("enough"),
        end("done"),
        flows="""
        begin > again
        again > ask
        ask > look
        look > enough
        enough > done if ask.outcome = "stop"
        enough > again else
        """,
    )
}

REVIEW_STAGE = {
    "stage.bpmn": model(
        "stage",
        start(),
        sub(
            "review_stage",
            start("stage_begin"),
            parallel("both"),
            user("print_documents"),
            end("printed"),
            call("on_site_review", "review"),
            terminate("reviewed"),
            flows="""
            stage_begin > both
            both > print_documents
            print_documents > printed
            both > on_site_review
            on_site_review > reviewed
            """,
        ),
        xor("passed"),
        end("completed"),
        end("not_passed"),
        flows="""
        begin > review_stage
        review_stage > passed
        passed > completed if on_site_review.outcome = "review_passed"
        passed > not_passed else
        """,
        lanes={"candidate": "review_stage"},
    ),
    "review.bpmn": model(
        "review",
        start("review_begin"),
        xor("review_again"),
        user("review_on_site"),
        xor("verdict"),
        user("correct_fields"),
        end("review_passed"),
        end("review_refused"),
        flows="""
        review_begin > review_again
        review_again > review_on_site
        review_on_site > verdict
        verdict > review_passed if review_on_site.outcome = "pass"
        verdict > correct_fields if review_on_site.outcome = "return"
        verdict > review_refused else
        correct_fields > review_again
        """,
        lanes={"onsite_reviewer": "review_on_site", "candidate": "correct_fields"},
    ),
}

NESTED = {
    "outer.bpmn": model(
        "outer",
        start(),
        sub(
            "before_decision",
            start("inner_begin"),
            xor("apply_again"),
            user("apply"),
            service("reserve"),
            sub(
                "handling",
                start("handling_begin"),
                user("fill"),
                call("pay_step", "payment", outputs="create_order.number"),
                end("handled"),
                flows="""
                handling_begin > fill
                fill > pay_step
                pay_step > handled
                """,
            ),
            boundary("hold_expired", "handling", timer("timeDate", "reserve.held_until")),
            service("release"),
            xor("settled"),
            end("inner_done"),
            flows="""
            inner_begin > apply_again
            apply_again > apply
            apply > reserve
            reserve > handling
            handling > settled
            settled > inner_done if pay_step.outcome = "paid"
            settled > apply_again else
            hold_expired > release
            release > apply_again
            """,
        ),
        boundary("withdraw", "before_decision", message("withdraw"), offer="candidate"),
        service("withdraw_case"),
        end("withdrawn"),
        end("completed"),
        flows="""
        begin > before_decision
        before_decision > completed
        withdraw > withdraw_case
        withdraw_case > withdrawn
        """,
        messages=["withdraw"],
    ),
    "payment.bpmn": model(
        "payment",
        start("payment_begin"),
        service("create_order", amount="12.5"),
        xor("pay_again"),
        user("pay"),
        boundary("settled_message", "pay", message("payment_settled")),
        boundary("pay_reminder", "pay", timer("timeDuration", "PT20M"), interrupting=False),
        service("remind"),
        end("reminded"),
        service("read_order"),
        xor("is_paid"),
        end("paid"),
        end("changed"),
        flows="""
        payment_begin > create_order
        create_order > pay_again
        pay_again > pay
        pay > changed
        settled_message > read_order
        read_order > is_paid
        is_paid > paid if read_order.settled
        is_paid > pay_again else
        pay_reminder > remind
        remind > reminded
        """,
        messages=["payment_settled"],
    ),
}

BOTH_LOOK = {
    "both.bpmn": model(
        "both",
        start(),
        xor("round_again"),
        service("prepare"),
        parallel("fork"),
        user("look_left"),
        user("look_right"),
        service("note_right"),
        parallel("join"),
        xor("agreed"),
        end("done"),
        flows="""
        begin > round_again
        round_again > prepare
        prepare > fork
        fork > look_left
        fork > look_right
        look_left > join
        look_right > note_right
        note_right > join
        join > agreed
        agreed > done if look_left.outcome = "stop"
        agreed > round_again else
        """,
    )
}

LONG_BRANCH = {
    "long.bpmn": model(
        "long",
        start(),
        parallel("fork"),
        user("wait_here"),
        xor("once_more"),
        user("ask"),
        boundary("nudge", "ask", timer("timeDuration", "PT1H"), interrupting=False),
        service("send_nudge"),
        end("nudged"),
        xor("enough"),
        parallel("join"),
        end("done"),
        flows="""
        begin > fork
        fork > wait_here
        wait_here > join
        fork > once_more
        once_more > ask
        nudge > send_nudge
        send_nudge > nudged
        ask > enough
        enough > join if ask.outcome = "stop"
        enough > once_more else
        join > done
        """,
    )
}

FIRST_COMES = {
    "first.bpmn": model(
        "first",
        start(),
        service("request_close"),
        xor("wait_again"),
        first_of("either"),
        catch("order_resolved", message("order_resolved")),
        catch("early", timer("timeDuration", "PT30M")),
        catch("late", timer("timeDuration", 'duration("PT2H")')),
        user("ask_again"),
        xor("came"),
        user("see"),
        end("done"),
        flows="""
        begin > request_close
        request_close > wait_again
        wait_again > either
        either > order_resolved
        either > early
        either > late
        order_resolved > came
        early > ask_again
        ask_again > wait_again
        late > came
        came > see
        see > done
        """,
        messages=["order_resolved"],
    )
}

ALL = {
    "loop": LOOP,
    "stage": REVIEW_STAGE,
    "outer": NESTED,
    "both": BOTH_LOOK,
    "long": LONG_BRANCH,
    "first": FIRST_COMES,
}
