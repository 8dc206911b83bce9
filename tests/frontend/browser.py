"""A browser that gets the sample pages without a server, under the policy of the real one."""

from pathlib import Path

from playwright.sync_api import Page, Route

from tests.frontend import gallery

ORIGIN = "http://bishen.test"
AXE = gallery.ROOT / "webapp" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; connect-src 'self'"
)
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="450">'
    '<rect width="600" height="450" fill="#dfe7ef"/>'
    '<circle cx="300" cy="180" r="80" fill="#c9a27d"/>'
    '<path d="M150 450c0-120 70-180 150-180s150 60 150 180z" fill="#35506f"/></svg>'
)


def answer(route: Route) -> None:
    """Answer a request: a sample page, a built file, or a stand-in for what the server has."""
    path = route.request.url.removeprefix(ORIGIN)
    name, _, language = path.lstrip("/").partition("/")
    if path.startswith("/static/"):
        file = gallery.STATIC / Path(path).name
        route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
    elif path == "/sample.svg":
        route.fulfill(body=PICTURE, content_type="image/svg+xml")
    elif name in gallery.NAMES:
        page = gallery.render(name, language or "zh")
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(body=page, headers=headers)
    else:
        route.fulfill(status=204)


def problems_of(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA on the open page."""
    page.evaluate(AXE.read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    return [
        f"{fault['id']}: {node['html'][:160]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
