"""The rules that every page is held to do bite."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import Headers

from tests.webapp.page_rules import POLICY, faults_of
from webapp.security import HEADERS

GOOD = """<html lang="en"><head><title>Home – x</title><meta name="viewport" content="x"></head>
<body><main id="main-content"><h1>Home</h1>
<form method="post"><input type="hidden" name="csrf_token" value="x">
<label for="a">A</label><input id="a" name="a" aria-describedby="h"><p id="h">hint</p>
<button>Go</button></form><img src="/x.png" alt=""></main></body></html>"""
SAFE = {
    **HEADERS,
    "Content-Security-Policy": "; ".join(POLICY),
    "Cache-Control": "no-store",
}


def page(text=GOOD, headers=SAFE):
    answer = SimpleNamespace(headers=Headers(list(headers.items())))
    return SimpleNamespace(
        answer=answer,
        soup=BeautifulSoup(text, "lxml"),
        status=200,
        path="/x",
        is_html=True,
    )


def test_a_good_page_has_no_fault():
    assert faults_of(page()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h1>Home</h1>", ""),
        ("<h1>Home</h1>", "<h1>Home</h1><h1>Twice</h1>"),
        ("Home – x", " – "),
        ('lang="en"', ""),
        ('id="main-content"', ""),
        ('id="h"', 'id="a"'),
        ('id="h"', 'id="lost"'),
        ('for="a"', 'for="lost"'),
        ('<label for="a">A</label>', ""),
        ('alt=""', ""),
        ("<button>Go", "<button>"),
        ('name="csrf_token" value="x"', 'name="csrf_token" value=""'),
        ('name="csrf_token"', 'name="token"'),
        ("<button>", '<button onclick="x()">'),
        ("<button>", '<button style="color:red">'),
        ("<button>", '<button formaction="javascript:x()">'),
        ("<h1>", "<style>p{}</style><h1>"),
        ("<h1>", "<script>x()</script><h1>"),
    ],
)
def test_every_fault_of_a_document_is_named(old, new):
    assert old in GOOD
    assert len(faults_of(page(GOOD.replace(old, new)))) >= 1


@pytest.mark.parametrize("name", SAFE)
def test_every_header_that_is_missing_is_named(name):
    assert len(faults_of(page(headers={k: v for k, v in SAFE.items() if k != name}))) == 1


def test_a_weaker_policy_is_named():
    weaker = {**SAFE, "Content-Security-Policy": "; ".join((*POLICY[1:], "default-src *"))}
    assert len(faults_of(page(headers=weaker))) == 1


def test_a_talkative_server_is_named():
    assert len(faults_of(page(headers={**SAFE, "Server": "Werkzeug/3"}))) == 1
