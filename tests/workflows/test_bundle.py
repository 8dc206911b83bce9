"""Diagrams, forms, texts and settings as one release: every name in one is known to the other."""

import re
from collections import Counter

import pytest
from lxml import etree

from engine.bpmn import ServiceSignature
from engine.bpmn.check import check
from engine.forms import Form
from engine.people import Role
from engine.sms.texts import Texts
from tests.workflows.stand_ins import TYPES
from tests.workflows.walking import USUAL, definition, shipped

MODEL = {"bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL"}
NAMED = ("process", "lane", "participant", "subProcess", "callActivity")
TASKS = ("userTask", "serviceTask", "businessRuleTask")
OUTCOME = re.compile(r'(\w+)\.outcome = "(\w+)"')
DIAGRAMS = sorted(path for path in shipped().models if path.endswith(".bpmn"))


@pytest.fixture(scope="module")
def forms() -> dict[str, Form]:
    return {name: Form.parse(content, TYPES) for name, content in shipped().forms.items()}


@pytest.fixture(params=DIAGRAMS)
def diagram(request):
    return etree.fromstring(shipped().models[request.param])


def test_every_user_task_has_the_form_of_its_name(forms):
    tasks = definition().user_tasks()
    assert {task.form for task in tasks} == {task.element for task in tasks} == forms.keys()


def test_the_checks_find_nothing_in_the_diagrams(forms):
    outcomes = {name: frozenset(o.name for o in form.outcomes) for name, form in forms.items()}
    services = dict.fromkeys(USUAL, ServiceSignature(takes_any=True))
    assert check(shipped().models, services=services, forms=outcomes, roles=set(Role)) == []


def test_no_form_has_anything_to_improve(forms):
    warnings = [(name, w.component, w.text) for name, form in forms.items() for w in form.warnings]
    assert warnings == []


def test_every_outcome_a_gateway_asks_for_can_happen(forms):
    can = {name: {o.name for o in form.outcomes} for name, form in forms.items()}
    for process in definition().process_ids:
        nodes = definition().elements(process)
        for scope in {node.scope for node in nodes}:
            ends = {n.id for n in nodes if n.kind == "endEvent" and n.scope == scope}
            can[scope] = ends
    asked = OUTCOME.findall(" ".join(e.text for e in definition().expressions()))
    assert [(element, outcome) for element, outcome in asked if outcome not in can[element]] == []


def test_lanes_are_roles(diagram):
    lanes = {lane.get("id") for lane in diagram.iterfind(".//bpmn:lane", MODEL)}
    assert lanes <= set(Role)


def test_everything_people_read_is_chinese_with_english_beside_it(diagram):
    for element in diagram.iterfind(".//*[@name]", MODEL):
        kind = etree.QName(element).localname
        if kind in {"property", "message", "participant"}:
            continue
        assert re.search("[\u4e00-\u9fff]", element.get("name")), element.get("id")
        english = element.find("./{*}extensionElements/{*}properties/{*}property[@name='name.en']")
        assert english is not None, element.get("id")


def test_what_people_look_for_has_a_name(diagram):
    for kind in (*NAMED, *TASKS, "boundaryEvent", "endEvent"):
        for element in diagram.iterfind(f".//bpmn:{kind}", MODEL):
            assert element.get("name"), element.get("id")


def test_deciding_gateways_are_questions_with_a_default(diagram):
    for gateway in diagram.iterfind(".//bpmn:exclusiveGateway", MODEL):
        if len(gateway.findall("bpmn:outgoing", MODEL)) > 1:
            assert gateway.get("default"), gateway.get("id")
            assert gateway.get("name").endswith("？"), gateway.get("id")


def test_flows_meet_only_in_merging_gateways(diagram):
    for element in diagram.iterfind(".//bpmn:incoming/..", MODEL):
        comes, goes = (
            len(element.findall(f"bpmn:{way}", MODEL)) for way in ("incoming", "outgoing")
        )
        if comes > 1:
            assert etree.QName(element).localname == "exclusiveGateway", element.get("id")
            assert goes == 1, element.get("id")


def test_element_ids_are_unique_across_the_diagrams():
    ids = [n.id for p in definition().process_ids for n in definition().elements(p)]
    assert [name for name, count in Counter(ids).items() if count > 1] == []


def test_every_text_a_diagram_sends_exists_and_gets_its_values():
    texts = Texts.parse(shipped().texts)
    for use in definition().services_named():
        if use.service == "sms.send":
            parameters = dict(use.parameters)
            key = parameters.pop("text").strip('"')
            assert texts.by_key[key].names <= parameters.keys(), use.element


def test_every_text_has_english_with_the_same_values():
    texts = Texts.parse(shipped().texts)
    for key, text in texts.by_key.items():
        assert text.en, key
        assert text.names == frozenset(re.findall(r"\{(\w+)\}", text.zh)), key
        assert text.names == frozenset(re.findall(r"\{(\w+)\}", text.en)), key


def test_the_settings_name_processes_that_exist():
    settings = shipped().settings
    assert {settings["main_process"], settings["correction_process"]} <= set(
        definition().process_ids
    )


def test_the_stages_hold_every_task_of_a_declaration_once():
    candidates = {t.element for t in definition().user_tasks() if t.lane == "candidate"}
    staged = [name for stage in shipped().settings["stages"] for name in stage["elements"]]
    of_staff = {"review_certificates", "review_on_site"}
    assert sorted(staged) == sorted(candidates - {"request_correction"} | of_staff)


def test_the_hold_outlasts_the_waits_inside_it():
    settings = shipped().settings
    assert settings["hold_hours"] > settings["review_hours"] > settings["remind_hours"]


@pytest.mark.parametrize(
    ("form", "quoted"),
    [
        ("request_code", "发送短信验证码"),
        ("consolidate_scores", "成绩归一"),
        ("select_scores", "确认成绩"),
        ("review_scores", "对顶材料提交"),
        ("review_scores", "对顶选择"),
        ("review_scores", "手工对顶"),
        ("review_scores", "请保持申报注册手机畅通"),
        ("choose_delivery", "保存信息并进入支付平台"),
    ],
)
def test_the_manual_is_quoted_word_for_word(form, quoted):
    assert quoted in shipped().forms[form].decode()
