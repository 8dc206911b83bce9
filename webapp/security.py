"""Headers on every answer, limits on every request, cookies that no other site can use."""

from datetime import timedelta

from flask import Flask, Response, abort, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from engine.settings import LOOPBACK, Settings

FORM_LIMIT = 300_000
"""Bytes of a url-encoded body; Werkzeug's own limits cover multipart only."""
MOST_FIELDS = 1000

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "report-uri": "/csp-report",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}

csrf = CSRFProtect()


def init_app(app: Flask, settings: Settings, secret: bytes) -> None:
    secure = not (settings.demo and settings.host in LOOPBACK)
    app.config.update(
        SECRET_KEY=secret,
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        MAX_CONTENT_LENGTH=11 * 2**20,
        MAX_FORM_MEMORY_SIZE=FORM_LIMIT,
        MAX_FORM_PARTS=MOST_FIELDS,
        TRUSTED_HOSTS=settings.trusted_hosts,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    if settings.trusted_proxies:
        trusted = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # how Werkzeug means it
            app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted
        )
    # What is too much is refused before the search for a token reads all of it.
    app.before_request(refuse_what_is_too_much)
    csrf.init_app(app)
    app.after_request(lambda answer: protect(answer, secure=secure))


def refuse_what_is_too_much() -> None:
    """Refuse bodies without a length, long url-encoded ones, and posts from another origin."""
    if request.headers.get("Transfer-Encoding") and request.content_length is None:
        abort(411)
    is_plain_form = request.mimetype == "application/x-www-form-urlencoded"
    if is_plain_form and (request.content_length or 0) > FORM_LIMIT:
        abort(413)
    if request.method != "POST" or request.path in OPEN_POSTS:
        return
    origin = request.headers.get("Origin")
    if origin is not None and origin != request.host_url.rstrip("/"):
        abort(403)
    if is_plain_form and sum(len(texts) for texts in request.form.listvalues()) > MOST_FIELDS:
        abort(413)


OPEN_POSTS = frozenset({"/payments/callback", "/csp-report"})
"""The only posts without a token: the first is signed, the second changes nothing."""


def protect(answer: Response, *, secure: bool) -> Response:
    """Add the headers; personal pages are never stored by a browser or a proxy."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    policy = "; ".join(f"{name} {value}" for name, value in POLICY.items())
    answer.headers.setdefault("Content-Security-Policy", policy)
    if not request.path.startswith("/static/"):
        answer.headers.setdefault("Cache-Control", "no-store")
    if secure:
        answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return answer
