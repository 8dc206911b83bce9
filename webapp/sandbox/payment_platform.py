"""The demonstration's payment platform: shops open orders, people pay or fail to, no money moves.

Shops speak JSON under `/api`; people pay at `/pay/<token>`; the shop then hears a signed notice.
"""

from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import click
from flask import Blueprint, Flask, abort, current_app, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.clock import Clock, SystemClock
from engine.payments.money import yuan
from webapp.sandbox.books import Books, Order, RefundImpossible
from webapp.sandbox.local import is_local_address, local_app, serve
from webapp.sandbox.notices import Notices, Signer

PLATFORM = "payment platform"

api = Blueprint("api", __name__, url_prefix="/api")
pages = Blueprint("pages", __name__)


class Platform:
    """The parts of one running platform."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.clock = clock
        self.signer = Signer(folder)
        self.books = Books(folder / "payments.db", clock)
        self.notices = Notices(folder / "payments.db", self.signer, clock)


def create_app(folder: Path, *, clock: Clock | None = None, background: bool = True) -> Flask:
    """Return the application; books and keys are kept in the folder. Without `background` its
    notices wait for `app.extensions[PLATFORM].notices.deliver_due()`."""
    app = local_app("payment_platform")
    platform = Platform(folder, clock or SystemClock())
    app.extensions[PLATFORM] = platform
    app.jinja_env.filters["yuan"] = yuan
    app.register_blueprint(api)
    app.register_blueprint(pages)
    if background:
        platform.notices.start()
    return app


@api.get("/public-key")
def public_key() -> ResponseReturnValue:
    return jsonify(public_key=_platform().signer.public_pem.decode())


@api.post("/orders")
def open_order() -> ResponseReturnValue:
    wanted = _wanted_order()
    order = _platform().books.open(wanted)
    if (order.amount, order.merchant) != (wanted["amount"], wanted["merchant"]):
        abort(409)
    return jsonify(_as_json(order)), 201


@api.get("/orders/<number>")
def read_order(number: str) -> ResponseReturnValue:
    return jsonify(_as_json(_order_of_shop(number)))


@api.post("/orders/<number>/close")
def close_order(number: str) -> ResponseReturnValue:
    _platform().books.close(_order_of_shop(number).number)
    return jsonify(_as_json(_order_of_shop(number)))


@api.post("/orders/<number>/refund")
def refund_order(number: str) -> ResponseReturnValue:
    order, wanted = _order_of_shop(number), _content()
    key, transaction, amount = (wanted.get(k) for k in ("refund", "transaction", "amount"))
    if not isinstance(key, str) or not isinstance(transaction, str) or type(amount) is not int:
        abort(400)
    try:
        _platform().books.refund(order, key=key, transaction=transaction, amount=amount)
    except RefundImpossible:
        abort(409)
    return jsonify(_as_json(_order_of_shop(number)))


@api.get("/payments")
def list_payments() -> ResponseReturnValue:
    shop = request.headers.get("X-Merchant")
    window = [_instant(request.args.get(name)) for name in ("since", "until")]
    paid = _platform().books.paid_between(*window)
    return jsonify(payments=[_as_json(order) for order in paid if order.merchant == shop])


@pages.get("/")
def list_orders() -> ResponseReturnValue:
    return render_template("orders.html", orders=_platform().books.newest())


@pages.get("/pay/<token>")
def show_order(token: str) -> ResponseReturnValue:
    order = _order_by_token(token)
    return _page(order, failed=request.args.get("failed") == "1")


@pages.post("/pay/<token>")
def pay_order(token: str) -> ResponseReturnValue:
    order, outcome = _order_by_token(token), request.form.get("outcome")
    if outcome not in {"paid", "failed"}:
        abort(400)
    if outcome == "failed":
        return redirect(f"{request.path}?{urlencode({'failed': 1})}", 303)
    return _take_payment(order)


@pages.get("/healthz")
def health() -> ResponseReturnValue:
    return "ok\n"


def _take_payment(order: Order) -> ResponseReturnValue:
    platform = _platform()
    if platform.books.pay(order.number):
        order = _order_by_token(order.token)
        if order.notify_url:
            platform.notices.write(order)
    if order.state == "paid" and order.return_url:
        return redirect(_return_address(order), 303)
    return redirect(request.path, 303)


def _page(order: Order, *, failed: bool) -> str:
    now = _platform().clock.now()
    return render_template(
        "pay.html",
        order=order,
        can_pay=order.state == "open" and now < order.expires_at,
        minutes_left=max(0, -(-int((order.expires_at - now).total_seconds()) // 60)),
        failed=failed,
        return_address=_return_address(order) if order.return_url else "",
    )


def _return_address(order: Order) -> str:
    joint = "&" if "?" in order.return_url else "?"
    return f"{order.return_url}{joint}{urlencode({'number': order.number})}"


def _wanted_order() -> dict[str, Any]:
    wanted = _content()
    texts = {
        name: str(wanted.get(name, "")).strip()[:limit]
        for name, limit in (("merchant", 64), ("number", 64), ("subject", 120))
    }
    amount = wanted.get("amount")
    if not all(texts.values()) or type(amount) is not int or not 0 < amount <= 10**9:
        abort(400)
    addresses = {name: str(wanted.get(name, "")) for name in ("notify_url", "return_url")}
    if not all(is_local_address(address) for address in addresses.values() if address):
        abort(400)
    expires_at = _instant(wanted.get("expires_at")).isoformat()
    return {**texts, **addresses, "amount": amount, "expires_at": expires_at}


def _instant(text: object) -> datetime:
    try:
        instant = datetime.fromisoformat(str(text))
    except ValueError:
        abort(400)
    if instant.tzinfo is None:
        abort(400)
    return instant.astimezone(_platform().clock.now().tzinfo)


def _content() -> dict[str, Any]:
    content = request.get_json(silent=True)
    if not isinstance(content, dict):
        abort(400)
    return content


def _order_of_shop(number: str) -> Order:
    order = _platform().books.by_number(number)
    if order is None or order.merchant != request.headers.get("X-Merchant"):
        abort(404)
    return order


def _order_by_token(token: str) -> Order:
    return _platform().books.by_token(token) or abort(404)


def _as_json(order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "state": order.state,
        "amount": order.amount,
        "transaction": order.transaction,
        "paid_at": order.paid_at.isoformat() if order.paid_at else None,
        "pay_url": f"{request.host_url}pay/{order.token}",
    }


def _platform() -> Platform:
    found: Platform = current_app.extensions[PLATFORM]
    return found


@click.command()
@click.option("--port", default=8002, show_default=True)
@click.option("--folder", default=".instance/payments", type=click.Path(path_type=Path))
def main(port: int, folder: Path) -> None:
    """Take the payments of the demonstration."""
    serve(create_app(folder), port)


if __name__ == "__main__":
    main()
