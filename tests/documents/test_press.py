"""The press: what it refuses, what it never fetches, and that it can be stopped."""

import http.server
import os
import threading

import pytest
from jinja2 import DictLoader

from engine.documents import NotPrinted, Press, Unprintable, environment, press, qr_image, render
from tests.documents.printed import Printed
from tests.files.pictures import jpeg, portrait

SECRET = "SECRET-NOT-FOR-PAPER"


@pytest.fixture
def secret(tmp_path):
    file = tmp_path / "secret.txt"
    file.write_text(SECRET)
    (tmp_path / "secret.css").write_text(f"body::before {{ content: '{SECRET}' }}")
    (tmp_path / "secret.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg'><text>S</text></svg>"
    )
    return file


@pytest.fixture
def listener():
    """A web server on this machine that remembers every question."""
    asked = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(302 if self.path == "/redirect" else 200)
            self.send_header("Location", "/secret")
            self.send_header("Content-Type", "text/css")
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def body(content, head=""):
    return f"<html><head>{head}</head><body>{content}<p>正文</p></body></html>"


HOSTILE = {
    "attachment": '<link rel="attachment" href="file://{file}">',
    "attachment of a link": '<a rel="attachment" href="file://{file}">a</a>',
    "stylesheet": '<link rel="stylesheet" href="file://{folder}/secret.css">',
    "import": "<style>@import url(file://{folder}/secret.css);</style>",
    "import from the web": "<style>@import url({web}/import.css);</style>",
    "font": "<style>@font-face {{ font-family: x; src: url({web}/font) }}</style>",
    "font file": "<style>@font-face {{ font-family: x; src: url(file://{file}) }}</style>",
    "image": '<img src="file://{folder}/secret.svg">',
    "image from the web": '<img src="{web}/image.png">',
    "redirect": '<img src="{web}/redirect">',
    "object": '<object data="file://{folder}/secret.svg"></object>',
    "embed": '<embed src="{web}/embed">',
    "frame": '<iframe src="file://{file}"></iframe>',
    "background": '<p style="background: url({web}/background)">x</p>',
    "list": '<ul style="list-style-image: url(file://{folder}/secret.svg)"><li>x</li></ul>',
    "content": '<p style="content: url({web}/content)">x</p>',
    "vector with a file": (
        '<img src="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22>'
        '<image href=%22file://{folder}/secret.svg%22/></svg>">'
    ),
    "inline vector with a file": '<svg><image href="file://{folder}/secret.svg" /></svg>',
    "vector using a file": '<svg><use href="file://{folder}/secret.svg#x" /></svg>',
    "base": '<base href="file://{folder}/"><img src="secret.svg">',
    "metadata address": '<img src="http://169.254.169.254/latest/meta-data/">',
    "relative": '<img src="../../secret.svg">',
    "font of our own folder": '<img src="app://fonts/NotoSansSC-Regular.ttf">',
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_nothing_is_fetched_and_nothing_leaks(press, secret, listener, kind):
    web, asked = listener
    html = body(HOSTILE[kind].format(file=secret, folder=secret.parent, web=web))
    try:
        pdf = press.render(html)
    except Unprintable:
        pdf = b""
    assert asked == []
    found = Printed(pdf).everything if pdf else b""
    assert SECRET.encode() not in found
    assert b"EmbeddedFile" not in found


def test_the_hostile_pages_are_refused_and_the_page_beside_them_is_printed(press):
    with pytest.raises(Unprintable, match="did not come with the page"):
        press.render(body('<img src="file:///etc/hostname">'))
    assert press.render(body("")).startswith(b"%PDF")


def test_what_came_with_the_page_is_shown(press):
    assets = {"app://photo": jpeg(portrait()), "app://qr": qr_image("https://example.org/7KQM")}
    pdf = press.render(body('<img src="app://photo"><img src="app://qr">'), assets=assets)
    without = press.render(body(""))
    assert assets["app://photo"][:2] == b"\xff\xd8"
    assert b"/DCTDecode" in Printed(pdf).everything
    assert len(pdf) > len(without) + 5000


def test_what_people_typed_is_text():
    typed = '<img src="file:///etc/passwd">'
    page = environment(DictLoader({"a.html": "<p>{{ name }}</p>"})).get_template("a.html")
    html = page.render(name=typed)
    assert "<img" not in html
    assert render(html).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<div>" * 150 + "x", "nested"),
        ("<b>" * 5000 + "x", "nested"),
        ("<i></i>" * 25_000, "elements"),
        ("x" * 2_000_001, "too large"),
    ],
)
def test_pages_out_of_all_measure_are_refused(press, html, why):
    with pytest.raises(Unprintable, match=why):
        press.render(f"<html><body>{html}</body></html>")


def test_a_page_that_takes_too_long_is_stopped_and_the_next_is_printed():
    own = Press()
    try:
        assert own.render(body(""))
        own._patience = 0.5
        with pytest.raises(NotPrinted):
            own.render(body("<table><tr>" + "<td colspan=1000>x" * 18_000 + "</table>"))
        own._patience = press.PATIENCE
        assert own.render(body("")).startswith(b"%PDF")
    finally:
        own.close()


def test_a_press_that_was_killed_is_replaced(press):
    press.render(body(""))
    os.kill(press._child._process.pid, 9)
    press._child._process.wait()
    assert press.render(body("")).startswith(b"%PDF")


def test_a_press_is_replaced_after_so_many_pages(monkeypatch):
    monkeypatch.setattr(press, "RECYCLE", 2)
    own = Press()
    try:
        workers = []
        for _ in range(3):
            own.render(body(""))
            workers.append(own._child._process.pid)
    finally:
        own.close()
    assert workers[0] == workers[1] != workers[2]


def test_an_idle_press_goes_home_and_comes_back(monkeypatch):
    monkeypatch.setattr(
        press,
        "CHILD",
        press.CHILD.replace("main; main()", "main; main.__globals__['IDLE'] = 0.2; main()"),
    )
    own = Press()
    try:
        assert own.render(body(""))
        assert own._child._process.wait(5) == 0
        assert own.render(body(""))
    finally:
        own.close()


def test_the_press_has_no_network_and_no_surroundings(press):
    press.render(body(""))
    child = press._child._process.pid
    with open(f"/proc/{child}/environ", "rb") as file:  # noqa: PTH123
        names = {pair.partition(b"=")[0] for pair in file.read().split(b"\0") if pair}
    assert names == {b"FONTCONFIG_FILE", b"TMPDIR", b"LANG"}


def test_nothing_is_left_on_disk_when_the_press_closes(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    own = Press()
    own.render(body(""))
    assert list(tmp_path.iterdir())
    own.close()
    assert list(tmp_path.iterdir()) == []


def test_two_callers_take_turns(press):
    pages = {}

    def print_page(n):
        pages[n] = press.render(body(f"<p>{n}</p>" * (n + 1)))

    threads = [threading.Thread(target=print_page, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(Printed(pages[n]).shapes()) for n in range(4)] == [3, 4, 5, 6]
