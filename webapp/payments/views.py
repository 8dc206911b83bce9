"""The payment platform's callback: believed for its signature alone, answered once it is kept."""

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from engine import payments
from engine.payments import NoProvider, NoticeRefused, ProviderUnsure
from webapp.access import public
from webapp.database import carry_out
from webapp.engine import engine
from webapp.security import csrf

blueprint = Blueprint("payments", __name__, url_prefix="/payments")

LONGEST_NOTICE = 20_000


@blueprint.post("/callback")
@csrf.exempt
@public
def callback() -> ResponseReturnValue:
    if (request.content_length or 0) > LONGEST_NOTICE:
        abort(413)
    body = request.get_data(cache=False)
    signature, now = request.headers.get("X-Signature", ""), engine().clock.now()
    try:
        carry_out(lambda s: payments.receive(s, body, signature, now))
    except (NoticeRefused, NoProvider):
        return Response("refused", status=400, mimetype="text/plain")
    except ProviderUnsure:
        # Its key could not be had: the notice is neither believed nor refused, it will come again.
        return Response("later", status=503, mimetype="text/plain")
    return Response("success", mimetype="text/plain")
