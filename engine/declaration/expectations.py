"""What the declaration asks of every release by name, and what it brings along for its forms."""

from engine.releases.check import AskedTable, Expectations

EXPECTATIONS = Expectations(
    tables={
        "delivery_fee": AskedTable(("choose_delivery",), ("fee",)),
        "exemption": AskedTable(("certificate_type", "level", "score"), ("courses", "how")),
        "review_due": AskedTable(("certificate_type",), ("hours",)),
    },
    texts={
        "account_registered": (),
        "code": ("code", "minutes"),
        "declaration_expired": (),
        "declaration_submitted": (),
        "password_changed": (),
        "registration_refused": (),
        "review_escalated": (),
        "review_reminder": ("due",),
        "withdrawn": (),
    },
    messages=("order_resolved", "payment_settled"),
    facts=("account", "declaration"),
    settings=(
        "before_verification",
        "correction_process",
        "hold_hours",
        "main_process",
        "offered",
        "office",
        "payment_minutes",
        "print_advice",
        "remind_hours",
        "review_hours",
        "stages",
        "waiting",
    ),
)
