"""The application, put together on one screen."""

from flask import Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from whitenoise import WhiteNoise

import config
from app import permissions
from app.accounts import sessions
from app.accounts import views as accounts
from app.agreements import views as agreements
from app.awards import views as awards
from app.bids import views as bids
from app.budgets import views as budgets
from app.catalogue import views as catalogue
from app.complaints import views as complaints
from app.core import access, clock, door
from app.core import db as database
from app.core.chrome import init_chrome
from app.core.errors import Refused
from app.core.languages import init_languages
from app.core.law import Unlawful
from app.credit import views as credit
from app.delivery import views as delivery
from app.desk import views as desk
from app.evaluations import views as evaluations
from app.grading import views as grading
from app.payments import views as payments
from app.places import views as places
from app.plans import views as plans
from app.registration import views as registration
from app.registry import views as registry
from app.reports import views as reports
from app.surroundings import init_surroundings
from app.tenders import views as tenders
from app.transparency import views as transparency

DOMAINS = (
    accounts, places, registry, catalogue, registration, reports, credit, grading, complaints, budgets, plans,
    tenders, bids, awards, agreements, delivery, payments, evaluations, transparency, desk,
)  # fmt: skip


def create_app(settings: config.Settings | None = None) -> Flask:
    """Make the portal from its settings (from the environment unless given)."""
    settings = settings or config.load()
    app = Flask(__name__, template_folder="../templates", static_folder="static")
    app.config.update(
        HOME=str(settings.home),
        PRODUCTION=settings.production,
        SECRET_KEY=settings.secret(),
        SQLALCHEMY_DATABASE_URI=settings.engine_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(settings.engine_url),
        FILES_URL=settings.files_url or (settings.home / "files").as_uri(),
        LOG_ORIGIN=settings.site.get("log_origin", "gongyue.example/log"),
        SITE=dict(settings.site),
        BASE_URL=settings.site.get("base_url", f"http://127.0.0.1:{settings.port}"),
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.production,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # the sealing pages send no referrer; token and SameSite cookie guard the post
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    access.use_matrix(permissions.GRANTS)
    _clock(settings)
    database.db.init_app(app)
    with app.app_context():
        database.prepare(database.db.engine)
    CSRFProtect(app)
    init_languages(app)
    init_chrome(app)
    _people(app)
    for domain in DOMAINS:
        app.register_blueprint(domain.door)
    _refusals(app)
    init_surroundings(app)
    app.wsgi_app = WhiteNoise(app.wsgi_app, root=app.static_folder, prefix="/static/", autorefresh=False)  # type: ignore[method-assign]
    return app


def _clock(settings: config.Settings) -> None:
    """A demonstration home that has a clock of its own is run by it; everything else by the machine's."""
    path = settings.home / "demonstration-clock.json"
    if path.exists() and not settings.production:
        clock.use(clock.DemonstrationClock(path))


def _people(app: Flask) -> None:
    manager = LoginManager(app)
    manager.request_loader(sessions.load_person)
    manager.session_protection = None
    app.url_value_preprocessor(door.let_large_in)
    app.before_request(door.forget_last_request)


def _refusals(app: Flask) -> None:
    app.register_error_handler(Refused, door.read_refused)
    app.register_error_handler(Unlawful, door.read_refused)
    for status in (400, 404, 405, 413, 500):
        app.register_error_handler(status, door.plain_error)
