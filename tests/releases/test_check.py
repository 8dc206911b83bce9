"""What is wrong between the files of a bundle is named with its file, element and a sentence."""

import pytest

from engine.releases import Bundle
from engine.releases.check import BundleRefused, check, require_sound
from tests.releases.editing import (
    edited,
    errors_of,
    faults_of,
    house,
    path_of,
    shipped,
    with_file,
    without,
)

MAIN = "graduation_declaration.bpmn"
BROKEN = {
    "a condition asks for a button that is not there": (
        edited("confirm_transcript.form", '"outcome": "back"', '"outcome": "return"'),
        (MAIN, "transcript_outcome_to_merge_score_review", "confirm_transcript 没有结果 back"),
    ),
    "a form asks for an outcome that never comes": (
        edited("review_scores.form", r'outcome != \\"decided\\"', r'outcome != \\"done\\"'),
        ("review_scores.form", "text_decided", "certificate_review 没有结果 done"),
    ),
    "a field is read that is not routed": (
        edited("apply.form", '"route": "true"', '"route": "false"'),
        (MAIN, "reserve_seat", "apply 没有 batch"),
    ),
    "a decision table reads a field that is not routed": (
        edited("choose_delivery.form", '"route": "true"', '"hint": "x"'),
        ("delivery_fee.dmn", "delivery_fee_input_method", "choose_delivery 没有 method"),
    ),
    "an output of a table was renamed": (
        edited("delivery_fee.dmn", 'name="fee"', 'name="postage"'),
        ("delivery_payment.bpmn", "create_order", "delivery_fee 没有 fee"),
    ),
    "an output of a call is not declared": (
        edited("score_review.bpmn", "apply_decisions.refused", "apply_decisions.counted"),
        ("review_scores.form", "text_decided", "certificate_review 没有 refused"),
    ),
    "a form reads what nobody writes": (
        edited("request_code.form", "=send_code = null", "=sent_code = null"),
        ("request_code.form", "text_not_sent", "没有字段，也没有任何元素叫 sent_code"),
    ),
    "a text of a form reads another process": (
        edited("request_code.form", r"\{\{ send_code.reason", "{{ reserve_seats.reason"),
        ("request_code.form", "text_not_sent", "reserve_seats"),
    ),
    "a form shows a setting that is not there": (
        edited("release.toml", "payment_minutes = 30 ", "pay_minutes = 30 "),
        ("pay.form", "text_help", "release.toml 里没有 payment_minutes"),
    ),
    "a text to a phone is missing": (
        edited("sms.toml", r"\[correction_approved\]", "[correction_agreed]"),
        ("identity_correction.bpmn", "notify_corrected", "没有短信 correction_approved"),
    ),
    "a text asks for a value that the task does not give": (
        edited("sms.toml", r"\{approved\}", "{passed}"),
        ("certificate_review.bpmn", "send_result", "短信 certificate_result 需要 passed"),
    ),
    "a text that the product sends is missing": (
        edited("sms.toml", r"\[code\]", "[codes]"),
        ("sms.toml", "code", "缺少短信 code"),
    ),
    "a text that the product sends asks for another value": (
        edited("sms.toml", r"验证码 \{code\}", "验证码 {number}"),
        ("sms.toml", "code", "没有谁给出 number"),
    ),
    "a text holds a brace that means nothing": (
        edited("sms.toml", r"验证码 \{code\}", "验证码 {Code"),
        ("sms.toml", "code", "花括号"),
    ),
    "there are no texts": (without("sms.toml"), ("sms.toml", "", "没有短信内容")),
    "a table that the product asks is missing": (
        without("exemption.dmn"),
        ("release.toml", "exemption", "缺少决策表 exemption"),
    ),
    "a table reads what the product does not give": (
        edited("exemption.dmn", "<text>level</text>", "<text>grade</text>"),
        ("exemption.dmn", "exemption", "决策表读取 grade"),
    ),
    "a table lacks a column that the product reads": (
        edited("exemption.dmn", 'name="how"', 'name="manner"'),
        ("exemption.dmn", "exemption", "缺少输出 how"),
    ),
    "a table that a diagram asks is missing": (
        without("delivery_fee.dmn"),
        ("delivery_payment.bpmn", "delivery_fee", "没有决策表 delivery_fee"),
    ),
    "the main process is not there": (
        edited("release.toml", '"graduation_declaration"', '"graduation"'),
        ("release.toml", "main_process", "没有流程 graduation"),
    ),
    "the main process is not named": (
        edited("release.toml", "main_process = [^\n]*", ""),
        ("release.toml", "main_process", "没有写明主流程"),
    ),
    "the correction process is not there": (
        edited("release.toml", '"identity_correction"', "7"),
        ("release.toml", "correction_process", "没有流程 7"),
    ),
    "a stage has a task that is not there": (
        edited("release.toml", '"choose_delivery", "pay"', '"choose_delivery", "pays"'),
        ("release.toml", "stages", "没有用户任务 pays"),
    ),
    "a task belongs to two stages": (
        edited("release.toml", '"choose_delivery", "pay"', '"choose_delivery", "apply"'),
        ("release.toml", "stages", "任务 apply 属于两步"),
    ),
    "a stage has no name": (
        edited("release.toml", 'name = "短信验证"', 'name = ""'),
        ("release.toml", "stages", "第 1 步没有名称"),
    ),
    "stages are no tables": (
        edited("release.toml", r"\[\[stages\]\].*", "[stages]\na = 1"),
        ("release.toml", "stages", "步骤条"),
    ),
    "a page before the verification is not there": (
        edited("release.toml", r'\["request_code",', '["ask_code",'),
        ("release.toml", "before_verification", "没有用户任务 ask_code"),
    ),
    "an hour is no number": (
        edited("release.toml", "hold_hours = 72", 'hold_hours = "three days"'),
        ("release.toml", "hold_hours", "大于零的数"),
    ),
    "the settings are no TOML": (
        edited("release.toml", "=", ":"),
        ("release.toml", "", "不是可用的 TOML"),
    ),
    "a form is missing": (without("pay.form"), ("delivery_payment.bpmn", "pay", "没有表单 pay")),
    "a form has an unknown component": (
        edited("apply.form", '"batch_picker"', '"batch_chooser"'),
        ("apply.form", "batch", "没有组件类型“batch_chooser”"),
    ),
    "a form has a formula that cannot be read": (
        edited("pay.form", r"settings\.payment_minutes", "settings. +"),
        ("pay.form", "text_help", "表达式"),
    ),
    "a form is no JSON": (with_file("pay.form", b"{"), ("pay.form", "", "JSON")),
    "a condition cannot be read": (
        edited(MAIN, r'apply\.outcome = "back"', "apply.outcome = = 1"),
        (MAIN, "apply_outcome_to_merge_consolidation", "读不懂"),
    ),
    "a service is not there": (
        edited(MAIN, '"declaration.reserve_seat"', '"declaration.reserve"'),
        (MAIN, "reserve_seat", "没有服务 declaration.reserve"),
    ),
    "a service gets a parameter that it does not know": (
        edited(MAIN, 'Parameter id="batch"|parameter id="batch"', 'parameter id="batches"'),
        (MAIN, "reserve_seat", "服务没有参数 batches"),
    ),
    "a lane is no role": (
        edited("on_site_review.bpmn", 'lane id="onsite_reviewer"', 'lane id="reviewer"'),
        ("on_site_review.bpmn", "reviewer", "泳道 reviewer 不是系统里的角色"),
    ),
    "a message leads nowhere": (
        edited("certificate_review.bpmn", 'messageRef="message_recall"', 'messageRef="recall"'),
        ("certificate_review.bpmn", "recall", "没有写明等哪个消息"),
    ),
    "a sentence about a message that is offered to nobody": (
        edited("release.toml", r"\[offered\.recall\]", "[offered.recalled]"),
        ("release.toml", "offered", "没有向人提供操作的消息事件 recalled"),
    ),
    "a sentence about waiting for a step that is none": (
        edited("release.toml", r"\[waiting\.review_on_site\]", "[waiting.review_somewhere]"),
        ("release.toml", "waiting", "没有用户任务 review_somewhere"),
    ),
    "a sentence about an offered message without Chinese": (
        edited("release.toml", r"(\[offered\.recall\]\n)zh", r"\1said"),
        ("release.toml", "offered", "recall 没有中文说明"),
    ),
    "a gateway has no default": (
        edited("on_site_review.bpmn", ' default="review_outcome_to_notify_returned"', ""),
        ("on_site_review.bpmn", "review_outcome", ""),
    ),
    "a task is called like the engine's own": (
        edited("sms_verification.bpmn", 'id="verified"', 'id="End"'),
        ("sms_verification.bpmn", "End", "保留"),
    ),
    "a called process is missing": (
        without("sms_verification.bpmn"),
        (MAIN, "sms_verification", "没有流程 sms_verification"),
    ),
}
DOUBTFUL = {
    "a form that no task opens": (
        with_file("spare.form", shipped().files["forms/pay.form"]),
        ("spare.form", "spare", "没有任务使用这张表单"),
    ),
    "a text that nobody sends": (
        edited("sms.toml", r"\[code\]", '[hello]\nzh = "您好"\nen = "Hello"\n[code]'),
        ("sms.toml", "hello", "没有谁发送这条短信"),
    ),
    "a text without English": (
        edited("sms.toml", r'\nen = "\[Graduation\] Your code[^\n]*', ""),
        ("sms.toml", "code", "没有英文"),
    ),
    "a table that nobody asks": (
        with_file(
            "spare.dmn",
            shipped().files["workflows/review_due.dmn"].replace(b'"review_due', b'"spare'),
        ),
        ("spare.dmn", "spare", "没有谁使用这张决策表"),
    ),
    "a setting that nobody reads": (
        edited("release.toml", "hold_hours = 72", "hold_hours = 72\nholding_hours = 72"),
        ("release.toml", "holding_hours", "没有谁读取设置"),
    ),
    "a message that nobody sends": (
        edited("delivery_payment.bpmn", 'name="payment_settled"', 'name="paid"'),
        ("delivery_payment.bpmn", "payment_settled", "没有谁会发出消息 paid"),
    ),
    "two buttons that lead the same way": (
        edited("on_site_review.bpmn", r'review_on_site\.outcome = "pass"', "false"),
        ("on_site_review.bpmn", "review_on_site", "走同一条路"),
    ),
    "a stage without English": (
        edited("release.toml", 'name_en = "SMS verification"', ""),
        ("release.toml", "stages", "没有英文名称"),
    ),
}


def _named(faults, expected) -> bool:
    file, element, part = expected
    return any(
        fault.file == path_of(file) and fault.element == element and part in fault.text
        for fault in faults
    )


def test_the_project_has_no_error():
    assert errors_of(shipped()) == []


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_reference_is_an_error_with_its_place(what):
    bundle, expected = BROKEN[what]
    found = errors_of(bundle)
    assert _named(found, expected), found
    assert all(fault.text for fault in found)


@pytest.mark.parametrize("what", BROKEN)
def test_no_case_can_run_on_it(what):
    bundle, _expected = BROKEN[what]
    with pytest.raises(BundleRefused) as refused:
        require_sound(bundle, house())
    assert refused.value.faults


@pytest.mark.parametrize("what", [*BROKEN, *DOUBTFUL])
def test_every_fault_says_what_to_do(what):
    bundle, _expected = (BROKEN | DOUBTFUL)[what]
    assert all(fault.mend for fault in faults_of(bundle))


@pytest.mark.parametrize("what", DOUBTFUL)
def test_what_is_doubtful_is_a_warning(what):
    bundle, expected = DOUBTFUL[what]
    found = [fault for fault in faults_of(bundle) if fault.severity == "warning"]
    assert _named(found, expected), found
    assert errors_of(bundle) == []


def test_a_form_that_cannot_be_read_is_the_only_one_named():
    found = errors_of(with_file("apply.form", b"[]"))
    assert {fault.file for fault in found} == {"forms/apply.form"}


def test_a_sound_bundle_may_be_published():
    require_sound(shipped(), house())


def test_part_of_a_bundle_has_no_orphans_and_misses_no_settings():
    files = {path: shipped().files[path] for path in ("forms/pay.form", "workflows/exemption.dmn")}
    assert check(Bundle(files), house()) == []
