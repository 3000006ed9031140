"""Settings; everything that differs between installations comes from the environment (docs/installation.md)."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

BASE = Path(__file__).resolve().parent
PACKAGE = BASE.parent

# The installation: database address, files, keys, log and policy lie in this folder.
IKRAR_HOME = os.environ.get("IKRAR_HOME", str(Path.home() / ".ikrar"))
# Doors for the cast, the strip "Simulasi" and the red line on papers. Never in service.
IKRAR_DEMO = os.environ.get("IKRAR_DEMO") == "1"
# The public address, printed beside every QR, e.g. https://ikrar.example.go.id
IKRAR_URL = os.environ.get("IKRAR_URL", "http://localhost:8000").rstrip("/")
# A folder with further dated law files of this installation.
IKRAR_LAW_DIR = os.environ.get("IKRAR_LAW_DIR", "")
IKRAR_SESSION_RESOLVER = "ikrar.access.sessions.find_actor"

DEBUG = False
SECRET_KEY = "unused: Ikrar signs nothing with Django's key"  # noqa: S105
ALLOWED_HOSTS = [urlsplit(IKRAR_URL).hostname or "localhost", "localhost", "127.0.0.1"]
# Behind a proxy on the same machine (Caddy, nginx) that sets the header itself.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
IKRAR_SECURE_COOKIES = IKRAR_URL.startswith("https://")

ROOT_URLCONF = "ikrar.web.urls"
WSGI_APPLICATION = "ikrar.web.wsgi.application"
ROOMS = [
    "core",
    "ledger",
    "regions",
    "access",
    "documents",
    "notices",
    "registry",
    "norms",
    "texts",
    "pact",
    "oath",
    "oversight",
    "web",
]
INSTALLED_APPS = [
    *(f"ikrar.{room}" for room in ROOMS if (PACKAGE / room / "apps.py").exists()),
    "django.contrib.staticfiles",
    "django_cotton",
    "ninja",
]
MIDDLEWARE = [
    "ikrar.web.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "ikrar.web.middleware.same_origin",
    "ikrar.web.middleware.language",
    "ikrar.web.middleware.no_null_letters",
    "ikrar.web.middleware.AnswerErrors",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "ikrar.web.shell.shell"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.static",
                "django.templatetags.i18n",
                "django_cotton.templatetags.cotton",
                "ikrar.web.templatetags.ikrar",
            ],
            "string_if_invalid": os.environ.get("IKRAR_STRICT_TEMPLATES", ""),
        },
    }
]
COTTON_DIR = "cotton"
FORM_RENDERER = "ikrar.core.forms.Renderer"


def _database() -> dict[str, object]:
    """Django's form of IKRAR_DATABASE_URL; IKRAR_AS_OWNER=1 (migrations) and IKRAR_AS_BACKUP=1 take another role's."""
    as_owner = os.environ.get("IKRAR_AS_OWNER") == "1"
    as_backup = os.environ.get("IKRAR_AS_BACKUP") == "1"
    name = "IKRAR_OWNER_URL" if as_owner else "IKRAR_BACKUP_URL" if as_backup else "IKRAR_DATABASE_URL"
    url = urlsplit(os.environ.get(name, ""))
    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    options: dict[str, object] = {name: value for name, value in query.items() if name != "host"}
    if as_owner:
        options["options"] = "-c app.scope_lo=0 -c app.scope_hi=~"
    elif as_backup:
        options["isolation_level"] = 3  # psycopg's REPEATABLE_READ: every table of one moment
    elif url.path:
        options["pool"] = {"min_size": 1, "max_size": int(os.environ.get("IKRAR_THREADS", "8")) + 2, "timeout": 10}
    return {
        "ENGINE": "ikrar.core.db.backend",
        "NAME": unquote(url.path.lstrip("/")) or "ikrar",
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or query.get("host", ""),
        "PORT": str(url.port or ""),
        "OPTIONS": options,
        "ATOMIC_REQUESTS": False,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Indonesia"), ("en", "English")]
LOCALE_PATHS = sorted((PACKAGE / "locale").glob("*"))
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH: list[str] = []

# `./ikrar` collects the built front end into `collected`, with a hash in each name, so that browsers may keep it for
# ever; IKRAR_STATIC=build (tests) serves the build as it is, IKRAR_STATIC=collect is the collecting itself.
_static = os.environ.get("IKRAR_STATIC") or (
    "hashed" if (BASE / "collected" / "staticfiles.json").exists() else "build"
)
STATIC_URL = "/static/"
STATIC_ROOT = BASE / ("static" if _static == "build" else "collected")
STATICFILES_DIRS = [] if _static == "build" else [BASE / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if _static == "build"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_AUTOREFRESH = False

# A sheet may have 10 MB and a scan 20 MB; core.sandbox looks at them before anything is read.
FILE_UPLOAD_HANDLERS = [
    "ikrar.core.receiving.RefuseOversized",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "quiet": {"()": "ikrar.core.logs.QuietFormatter", "format": "%(asctime)s %(levelname)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("IKRAR_LOG_LEVEL", "WARNING")},
    # Django's own handlers would mail whole reports; a template's missing variable is told with the page's context.
    "loggers": {"django": {"handlers": [], "level": "INFO"}, "django.template": {"level": "INFO"}},
}
DEFAULT_EXCEPTION_REPORTER = "ikrar.core.logs.QuietReporter"
SILENCED_SYSTEM_CHECKS = ["security.W003", "security.W001"]
