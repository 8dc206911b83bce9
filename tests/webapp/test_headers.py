"""The headers that every answer carries, beside the rules that each page is held to anyway."""

import json

import pytest
import structlog

from webapp.assets import MANIFEST


@pytest.mark.parametrize("path", ["/", "/help", "/sign-in", "/staff/sign-in", "/nothing", "/home"])
def test_nobody_can_frame_a_page_or_keep_it(site, path):
    headers = site.visitor().get(path).answer.headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"


def test_scripts_and_styles_come_from_here_only(site):
    policy = site.visitor().get("/help").answer.headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert "unsafe" not in policy
    assert rules["report-uri"] == "/csp-report"


def test_every_built_file_is_served_and_may_be_kept(site):
    visitor = site.visitor()
    for name in json.loads(MANIFEST.read_text()).values():
        page = visitor.get(f"/static/{name}")
        assert page.status == 200
        assert "no-store" not in page.answer.headers.get("Cache-Control", "")
        page.answer.close()


@pytest.mark.parametrize("path", ["../app.py", "%2e%2e/app.py", "..%2fapp.py", "/etc/passwd"])
def test_nothing_but_built_files_is_served(site, path):
    assert site.visitor().open(f"/static/{path}", status=404).title


def test_a_report_of_a_browser_is_counted_and_not_repeated(site):
    with structlog.testing.capture_logs() as lines:
        answer = site.visitor().client.post(
            "/csp-report",
            data=json.dumps({"csp-report": {"script-sample": "secret-sample"}}),
            content_type="application/csp-report",
        )
    assert answer.status_code == 204
    assert [line["event"] for line in lines] == ["content security policy violated"]
    assert "secret-sample" not in str(lines)


def test_asking_what_is_allowed_tells_nothing_else(site):
    answer = site.visitor().client.options("/home")
    assert answer.status_code == 200
    assert answer.data == b""


def test_a_forged_notice_of_a_payment_is_refused_without_a_word(site):
    visitor = site.visitor()
    for body in (b"", b"{}", b'{"number":"1","amount":1}', b"\xff" * 100):
        answer = visitor.client.post(
            "/payments/callback", data=body, headers={"X-Signature": "AAAA"}
        )
        assert (answer.status_code, answer.data) == (400, b"refused")
    answer = visitor.client.post("/payments/callback", data=b"x" * 30_000)
    assert answer.status_code == 413
