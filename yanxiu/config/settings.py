"""The settings of the house; docs/settings.md explains each for administrators."""

from pathlib import Path
from urllib.parse import urlsplit

from yanxiu.config import environment

PACKAGE = Path(__file__).resolve().parent.parent

DATA = Path(environment.text("YANXIU_DATA", "data/school")).resolve()
DEMO = environment.flag("YANXIU_DEMO")
DEBUG = environment.flag("YANXIU_DEBUG")
PUBLIC_URL = environment.text("YANXIU_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
SECRET_KEY = environment.secret(DATA / "keys", "secret")
LEDGER_KEY = environment.secret(DATA / "keys", "ledger")
MEDIA_ROOT = DATA / "files"

_public = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = [
    _public.hostname or "127.0.0.1",
    "127.0.0.1",
    "localhost",
    "[::1]",
    *environment.words("YANXIU_HOSTS"),
]
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]
SECURE = _public.scheme == "https"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "yanxiu.ui",
    "yanxiu.places",
    "yanxiu.figures",
    "yanxiu.audit",
    "yanxiu.people",
    "yanxiu.terms",
    "yanxiu.attachments",
    "yanxiu.notices",
    "yanxiu.jobs",
    "yanxiu.originality",
    "yanxiu.search",
    "yanxiu.agenda",
    "yanxiu.ledger",
    "yanxiu.planning",
    "yanxiu.activities",
    "yanxiu.regulations",
    "yanxiu.lessons",
    "yanxiu.preparation",
    "yanxiu.observation",
    "yanxiu.works",
    "yanxiu.books",
    "yanxiu.question_setting",
    "yanxiu.training",
    "yanxiu.portfolio",
    "yanxiu.recognition",
    "yanxiu.verification",
    "yanxiu.certificates",
    "yanxiu.reports",
    "yanxiu.dashboard",
    "yanxiu.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "yanxiu.people.middleware.TeacherMiddleware",
    "yanxiu.people.language.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "yanxiu.ui.incoming.IncomingTextMiddleware",
    "yanxiu.ui.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "yanxiu.config.urls"
WSGI_APPLICATION = "yanxiu.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "yanxiu.config.navigation.navigation",
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    }
]

DATABASES = {"default": environment.database(environment.text("YANXIU_DATABASE"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Teacher"
AUTHENTICATION_BACKENDS = ["yanxiu.people.backends.PhoneOrJobNumber"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["phone", "name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "yanxiu.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
# allauth's form wants one of its own kinds; ours puts "phone or job number" in its place.
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "yanxiu.people.forms.log_in.LogInForm"}
# A whole school may come from one address on the first morning, so an address gets more room.
ACCOUNT_RATE_LIMITS = {
    "login": "240/m/ip",
    "login_failed": "5/5m/key,60/5m/ip",
    "log_in_code": "10/15m/key,60/15m/ip",
}
ACCOUNT_SESSION_REMEMBER = None

# Counts failed log-ins for all workers; files, so that neither start nor sign-in pays for it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}

# One entry for each time a job is run; it commits with the data (docs/decisions/0012).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SESSION_ENGINE = "yanxiu.people.login_sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "yanxiu.ui.pages.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if environment.flag("YANXIU_HASHED_STATIC")
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365 if environment.flag("YANXIU_HASHED_STATIC") else 0
WHITENOISE_USE_FINDERS = not environment.flag("YANXIU_HASHED_STATIC")

DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_LIMIT = environment.number("YANXIU_UPLOAD_LIMIT_MB", 20) * 1024 * 1024

EMAIL_BACKEND = "yanxiu.notices.channels.mail.Backend"
globals().update(
    environment.mail(environment.text("YANXIU_MAIL_URL"), environment.text("YANXIU_MAIL_FROM"))
)
ROBOT_HOSTS = environment.words("YANXIU_ROBOT_HOSTS")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
