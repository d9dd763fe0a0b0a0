"""The peer, django-survey-and-report, in the smallest project that runs it, holding the reference questionnaire.

Runs in the peer's own Python environment: `python -m tests.bench.peer_project` makes its database, and
`gunicorn tests.bench.peer_project:application` serves it. Its own templates; its sessions in the database; SQLite as its authors
would run it (WAL, synchronous NORMAL). It has no group of statements: each statement is a question there, on the same six pages.
"""

import os

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

from surveys.definition import Question as Asked
from surveys.definition import words
from tests.bench.reference import reference_questionnaire

settings.configure(
    SECRET_KEY=os.environ["PEER_SECRET"],
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        "survey",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["PEER_DATABASE"],
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
            },
        }
    },
    STATIC_URL="/static/",
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    CHOICES_SEPARATOR=",",
    USER_DID_NOT_ANSWER="Left blank",
    EXCEL_COMPATIBLE_CSV=False,
    DEFAULT_SURVEY_PUBLISHING_DURATION=365,
    LOGGING_CONFIG=None,
)
django.setup()

from survey.models import Category, Question, Survey  # noqa: E402 -- models can be imported only from here on

urlpatterns = [path("", include("survey.urls"))]
application = get_wsgi_application()

CLOSING_WORDS = "Your answers have been saved"
TYPES = {"one_choice": "radio", "several_choices": "select-multiple", "statements": "radio"}
TYPES |= {"short_text": "short-text", "long_text": "text"}


def make_survey():
    """Put the reference questionnaire into the peer's tables, a category for each page."""
    definition = reference_questionnaire()
    survey = Survey.objects.create(
        name=definition.title, description="", need_logged_user=False, display_method=Survey.BY_CATEGORY
    )
    for place, page in enumerate(definition.pages):
        category = Category.objects.create(name=words(page.heading), survey=survey, order=place)
        for number, (question, text) in enumerate(single_questions(page.questions)):
            Question.objects.create(
                text=text,
                order=number,
                required=False,
                category=category,
                survey=survey,
                type=TYPES[question.kind],
                choices=",".join(words(option.label) for option in question.options) or None,
            )


def single_questions(questions: tuple[Asked, ...]):
    """Each question with its text, a group of statements as one for each."""
    for question in questions:
        if question.statements:
            yield from ((question, words(line.label)) for line in question.statements)
        else:
            yield question, words(question.text)


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    make_survey()
