"""Files that mean harm: refused by name, quickly, whatever they hold."""

import random
from copy import deepcopy
from itertools import pairwise
from time import thread_time

import pytest
from lxml import etree

from engine.bpmn import Definition, ModelFaults
from engine.bpmn.check import check
from tests.bpmn.drawing import HEAD, element, end, model, parallel, service, start, sub, user, xor
from tests.bpmn.samples import ALL
from tests.bpmn.world import World

FINE = ALL["loop"]["loop.bpmn"]


def found(content, file="x.bpmn"):
    began = thread_time()
    faults = check({file: content}, services={}, forms={}, roles=())
    assert thread_time() - began < 2
    return faults


def chain(length):
    names = [f"step_{number}" for number in range(length)]
    steps = ["begin", *names, "done"]
    flows = "\n".join(f"{a} > {b}" for a, b in pairwise(steps))
    return model("chain", start(), *(service(name) for name in names), end(), flows=flows)


DOCUMENTS = {
    "doctype": b"<!DOCTYPE x>" + FINE,
    "external entity": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + FINE.replace(b'value="ask.outcome"', b'value="&a;"'),
    "billion laughs": b"<!DOCTYPE x ["
    b'<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(20))
    + b"]>"
    + FINE.replace(b'value="ask.outcome"', b'value="&u;"'),
    "other encoding": FINE.decode().encode("utf-16"),
    "nothing": b"",
    "no xml": b"\x00\xff" * 100,
    "too large": FINE.replace(b"<bpmn:process", b" " * 2_000_000 + b"<bpmn:process"),
    "another language": b"<html/>",
    "not well-formed": FINE[:-20],
    "301 nodes": chain(299),
    "deeply nested": f"{HEAD}<bpmn:process id='p'>".encode()
    + b"".join(b"<bpmn:subProcess id='s%d'>" % n for n in range(200))
    + b"</bpmn:subProcess>" * 200
    + b"</bpmn:process></bpmn:definitions>",
    "thousands of elements": f"{HEAD}<bpmn:process id='p'>".encode()
    + b"<bpmn:task/>" * 100_000
    + b"</bpmn:process></bpmn:definitions>",
    "thousands of flows": f"{HEAD}<bpmn:process id='p'><bpmn:task id='a'/>".encode()
    + b"<bpmn:sequenceFlow sourceRef='a' targetRef='a'/>" * 30_000
    + b"</bpmn:process></bpmn:definitions>",
}


@pytest.mark.parametrize("case", DOCUMENTS)
def test_a_hostile_document_is_refused_in_no_time(case):
    assert found(DOCUMENTS[case])
    with pytest.raises(ModelFaults):
        Definition.parse({"x.bpmn": DOCUMENTS[case]})


@pytest.mark.parametrize("content", [b"", b"<x/>", b"<!DOCTYPE x><x/>", b"\xff"])
def test_a_hostile_table_is_refused(content):
    assert found(content, "x.dmn")
    with pytest.raises(ModelFaults):
        Definition.parse({"x.dmn": content})


def test_a_data_reference_that_leads_nowhere_does_not_hang():
    """The library follows it in a circle."""
    task = user(
        "fill",
        "<bpmn:dataInputAssociation><bpmn:sourceRef>paper</bpmn:sourceRef></bpmn:dataInputAssociation>",
    )
    paper = element("dataObjectReference", "paper", dataObjectRef="nowhere")
    inner = sub("inner", start("b"), task, end("d"), paper, flows="b > fill\nfill > d")
    content = model("p", start(), inner, end(), flows="begin > inner\ninner > done")
    assert any(fault.element == "fill" for fault in found(content))


def test_the_longest_chain_that_is_allowed_runs():
    world = World({"c.bpmn": chain(298)}, "chain")
    assert world.process.is_finished
    assert len(world.calls) == 298


def test_a_wide_net_of_forks_is_judged_in_time():
    forks = [parallel(f"fork_{n}") for n in range(10)]
    tasks = [user(f"task_{n}") for n in range(100)]
    flows = [f"begin > fork_0", *(f"fork_{n} > fork_{n + 1}" for n in range(9))]  # noqa: F541
    flows += [f"fork_{n % 10} > task_{n}" for n in range(100)]
    flows += [f"task_{n} > join" for n in range(100)] + ["join > done"]
    found(model("net", start(), *forks, *tasks, parallel("join"), end(), flows="\n".join(flows)))


def test_a_chain_of_choices_is_judged_in_time():
    gates = [xor(f"gate_{n}") for n in range(150)]
    flows = ["begin > gate_0", "gate_149 > done"]
    for n in range(149):
        flows += [f"gate_{n} > gate_{n + 1} else", f"gate_{n} > gate_{(n * 7) % 150} if a = {n}"]
    found(model("choices", start(), *gates, end(), flows="\n".join(flows)))


@pytest.mark.parametrize("seed", range(60))
def test_no_spoiled_file_makes_check_raise(seed):
    spoil = random.Random(seed)  # noqa: S311 -- repeatable damage, not a secret
    models = dict(spoil.choice(list(ALL.values())))
    name = spoil.choice(sorted(models))
    models[name] = damaged(models[name], spoil)
    check(models, services={}, forms={}, roles=())


def damaged(content, spoil):
    """Remove, double, rename and rewire elements: still XML, rarely still sense."""
    root = etree.fromstring(content)
    for _ in range(spoil.randrange(1, 4)):
        everything = list(root.iter())[1:] or [etree.SubElement(root, "x")]
        victim, other = spoil.choice(everything), spoil.choice(everything)
        kind = spoil.randrange(8)
        if kind == 0:
            victim.getparent().remove(victim)
        elif kind == 1:
            other.append(deepcopy(victim))
        elif kind == 2:
            victim.tag = other.tag
        elif victim.attrib and other.attrib:
            name = spoil.choice(list(victim.attrib))
            victim.attrib[name] = spoil.choice([*other.attrib.values(), "", "%s", "𠮷"])
    return etree.tostring(root)
