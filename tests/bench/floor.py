"""The floor: the least that a Django site must do to take the reference questionnaire page by page, as a WSGI application.

Each page is drawn once per process but for the token against forgery. Each page that is sent is checked by Django's CSRF
middleware, held against the questions, and kept at once in a row of its own, so that nothing is lost by leaving halfway; the last
one gathers them into the response's document in one transaction. No route, no encryption, no second check, no page to look
the answers over, no receipt. Addresses: `/direct/<page>` answers with the next page, `/redirect/<page>` sends the browser there.

    FLOOR_SECRET=... FLOOR_DATABASE=floor.sqlite3 FLOOR_SYNCHRONOUS=NORMAL gunicorn -w 2 tests.bench.floor:application
"""

import json
import os
import secrets

from django.conf import settings
from django.core.signing import Signer
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import path
from django.utils.html import escape

from surveys.definition import Question, words
from tests.bench.reference import reference_questionnaire

CLOSING_WORDS = "Thank you for your answers"
LONGEST = 5_000
TOKEN = "@@token@@"

settings.configure(
    SECRET_KEY=os.environ["FLOOR_SECRET"],
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["FLOOR_DATABASE"],
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={os.environ['FLOOR_SYNCHRONOUS']}",
            },
        }
    },
)


def drawn(questions, *, number, last):
    """A page as the two strings around its token."""
    parts = [
        f"<!doctype html><html lang=en><title>Page {number} of {last}</title><main><h1>Reference consultation</h1>"
        f'<form method="post" action="@@action@@"><input type="hidden" name="csrfmiddlewaretoken" value="{TOKEN}">'
    ]
    parts += [drawn_question(question) for question in questions]
    parts.append('<button name="continue" value="1">Continue</button></form></main></html>')
    return tuple("".join(parts).split(TOKEN))


def drawn_question(question: Question) -> str:
    """One question as plain HTML."""
    title = escape(words(question.text))
    if question.statements:
        lines = (
            f"<fieldset><legend>{escape(words(line.label))}</legend>"
            f"{drawn_options(question, f'{question.key}.{line.key}', 'radio')}</fieldset>"
            for line in question.statements
        )
        return f"<fieldset><legend>{title}</legend>{''.join(lines)}</fieldset>"
    if question.options:
        shape = "checkbox" if question.kind == "several_choices" else "radio"
        return f"<fieldset><legend>{title}</legend>{drawn_options(question, question.key, shape)}</fieldset>"
    return f'<label for="{question.key}">{title}</label><textarea id="{question.key}" name="{question.key}"></textarea>'


def drawn_options(question: Question, name: str, shape: str) -> str:
    """The options of a question as radios or tick boxes."""
    return "".join(
        f'<div><input type="{shape}" id="{name}-{option.code}" name="{name}" value="{option.code}">'
        f'<label for="{name}-{option.code}">{escape(words(option.label))}</label></div>'
        for option in question.options
    )


def code_of(question: Question, typed: str | None):
    """The code that was chosen, or None."""
    return int(typed) if typed and typed.isdigit() and question.option(int(typed)) else None


def answer_to(question: Question, posted):
    """What was answered to one question, held against its options."""
    if question.statements:
        return {line.key: code_of(question, posted.get(f"{question.key}.{line.key}")) for line in question.statements}
    if question.kind == "several_choices":
        return sorted({code for typed in posted.getlist(question.key) if (code := code_of(question, typed))})
    if question.options:
        return code_of(question, posted.get(question.key))
    return posted.get(question.key, "")[:LONGEST]


PAGES = {number: page.questions for number, page in enumerate(reference_questionnaire().pages, start=1)}
DRAWN = {number: drawn(questions, number=number, last=len(PAGES)) for number, questions in PAGES.items()}
signer = Signer()


def page(request, way, number):
    """Show a page, or keep its answers and go on."""
    if request.method == "GET":
        response = show(request, way, number)
        if "draft" not in request.COOKIES:
            response.set_cookie("draft", signer.sign(secrets.token_hex(16)), httponly=True, samesite="Lax")
        return response
    draft = signer.unsign(request.COOKIES["draft"])
    answers = {question.key: answer_to(question, request.POST) for question in PAGES[number]}
    if number == len(PAGES):
        return finish(draft, answers)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO draft (draft, page, answers) VALUES (%s, %s, %s) "
            "ON CONFLICT (draft, page) DO UPDATE SET answers = excluded.answers",
            [draft, number, json.dumps(answers)],
        )
    return show(request, way, number + 1) if way == "direct" else HttpResponseRedirect(f"/redirect/{number + 1}")


def show(request, way, number):
    """The page with this browser's token in it."""
    before, after = DRAWN[number]
    return HttpResponse(before.replace("@@action@@", f"/{way}/{number}") + get_token(request) + after)


def finish(draft, answers):
    """Gather the pages into one document, and forget them."""
    document = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM draft WHERE draft = %s ORDER BY page", [draft])
        for (kept,) in cursor.fetchall():
            document |= json.loads(kept)
        cursor.execute("INSERT INTO response (answers) VALUES (%s)", [json.dumps(document | answers)])
        cursor.execute("DELETE FROM draft WHERE draft = %s", [draft])
    return HttpResponse(f"<!doctype html><html lang=en><title>Thank you</title><h1>{CLOSING_WORDS}</h1></html>")


def make_tables():
    """The two tables, unless another worker has made them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS draft (draft TEXT, page INTEGER, answers TEXT, PRIMARY KEY (draft, page))"
        )
        cursor.execute("CREATE TABLE IF NOT EXISTS response (id INTEGER PRIMARY KEY, answers TEXT NOT NULL)")


urlpatterns = [path("<slug:way>/<int:number>", page)]
application = get_wsgi_application()
make_tables()
connection.close()
