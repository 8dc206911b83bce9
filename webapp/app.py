"""Makes the web application for one engine."""

from flask import Flask, request, session

from engine.bootstrap import Engine
from engine.i18n import LANGUAGES, set_language
from webapp import database, errors, identity, presentation, security
from webapp.account.views import blueprint as account
from webapp.assets import Assets
from webapp.candidate.views import blueprint as candidate
from webapp.documents.views import blueprint as documents
from webapp.operations.views import blueprint as operations
from webapp.payments.views import blueprint as payments
from webapp.review.views import blueprint as review
from webapp.tasks.views import blueprint as tasks


def create_app(engine: Engine) -> Flask:
    """Return the application; everything it needs to know comes with the engine."""
    app = Flask(__name__, static_folder="static", static_url_path="/static")
    app.extensions["bishen"] = engine
    app.before_request(speak)
    security.init_app(app, engine.settings, engine.keyring.web_secret)
    database.init_app(app)
    identity.init_app(app)
    presentation.init_app(app, Assets.read(), engine)
    errors.init_app(app)
    for blueprint in (account, candidate, tasks, review, documents, payments, operations):
        app.register_blueprint(blueprint)
    app.register_blueprint(tasks, name="staff_tasks", url_prefix="/staff")
    return app


def speak() -> None:
    """Answer in the language this browser chose: by a link (`?lang=en`), then by its cookie."""
    wanted = request.args.get("lang")
    if wanted in LANGUAGES:
        session["language"] = wanted
    set_language(str(session.get("language", "zh")))
