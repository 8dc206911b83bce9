"""The pictures of the documentation show the pages as they are drawn today."""

import json

from tests.journeys.album import MANIFEST, PICTURES, WIDTHS, sources

PAGES = [
    "notices",
    "register",
    "sign-in",
    "forgotten-password",
    "help",
    "verify-document",
    "not-found",
    "staff-sign-in",
    "consolidation",
    "apply",
    "review",
    "transcript",
    "information",
    "delivery",
    "printing",
    "certificate",
    "waiting",
    "queue",
    "review-desk",
    "exempted",
    "pay",
    "home",
    "on-site",
    "finished",
    "sign-in-verify",
    "password",
    "password-changed",
    "request-code",
    "enter-code",
    "score-selection",
    "corrections",
    "correction-request",
    "registrar-desk",
    "correction-of-fields",
    "refused",
    "stale",
    "operations-overview",
    "operations-cases",
    "operations-case",
    "operations-incidents",
]


def test_the_pictures_were_taken_of_todays_templates():
    """`make pictures` takes them anew."""
    assert json.loads(MANIFEST.read_text()) == sources()


def test_every_page_is_shown_at_both_widths():
    missing = [
        f"{page}-{width}"
        for page in PAGES
        for width in WIDTHS
        if not (PICTURES / f"{page}-{width}.webp").is_file()
    ]
    assert missing == []
