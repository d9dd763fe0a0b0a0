"""What a consultation's paper forms say around their questions: who asks, by when to post, how answers are used.

To be made while the service speaks the language of the form (`languages.speaking_on_paper`).
"""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from consult.paper.equality_questions import paper_equality
from consult.uk_calendar import bank_holiday
from consult.wording import long_date, moment
from equality.categories import QUESTION_SETS
from exports.paper.facts import DRAFT, PaperFacts
from surveys.definition import Borrowed

WORKING_DAYS_IN_THE_POST = 4
"""Closing on a Friday, a form must be posted by the Monday before (ux.md §3.10)."""
SATURDAY = 5

OTHER_LANGUAGES = (
    ("ar", "هذا النموذج بالعربية: اتصل على {phone}"),
    ("fa", "این فرم به فارسی: تماس با {phone}"),
    ("ckb", "ئەم فۆرمە بە کوردی: پەیوەندی بکە بە {phone}"),
    ("lt", "Ši forma lietuviškai: skambinkite {phone}"),
    ("pl", "Ten formularz po polsku: telefon {phone}"),
    ("pt", "Este formulário em português: ligue {phone}"),
    ("ro", "Acest formular în română: sunați {phone}"),
    ("sk", "Tento formulár po slovensky: volajte {phone}"),
    ("uk", "Ця анкета українською: телефон {phone}"),
    ("ur", "یہ فارم اردو میں: فون کریں {phone}"),
)
"""A line for the cover in each of ten languages often spoken at home in English towns, in its own script (ux.md §3.10), by code.

Languages of other scripts need another font first. To be read by somebody who knows each, like every translation.
"""


def paper_facts(consultation, *, version, language, told=None):
    """The PaperFacts of a consultation for a version of its questionnaire (its number, DRAFT for none).

    `told` is what it says of itself in this language, by its words (`renderings.told_in`); the rest is marked as English.
    """
    team, told = consultation.team, told or {}

    def in_english(text):
        return text if language == "en" else told.get(text) or Borrowed(text, "en")

    return PaperFacts(
        slug=consultation.slug,
        version=version,
        title=in_english(consultation.title),
        organisation=in_english(team.name),
        summary=in_english(consultation.summary),
        still_open=in_english(consultation.still_open),
        post_by=long_date(post_by(consultation.closes_at)),
        closes=moment(consultation.closes_at),
        phone=team.phone,
        start_address=address("respond", consultation, language=language),
        short_address=address("consultation", consultation),
        privacy=privacy(consultation),
        next_steps=next_steps(consultation, told),
        return_address=tuple(line for line in team.postal_address.splitlines() if line.strip()),
        languages=tuple((code, line.format(phone=team.phone)) for code, line in OTHER_LANGUAGES if code != language),
        mark=mark(consultation, version),
        equality=paper_equality(consultation.question_set) if consultation.question_set in QUESTION_SETS else None,
    )


def address(name, consultation, *, language="en"):
    """The whole web address of a consultation's page, in a language."""
    query = "" if language == "en" else f"?{urlencode({'language': language})}"
    return settings.BASE_URL.rstrip("/") + reverse(name, args=[consultation.slug]) + query


def post_by(closes_at):
    """The last day on which a form posted second class comes in time: so many working days before it closes."""
    day, left = timezone.localdate(closes_at), WORKING_DAYS_IN_THE_POST
    while left:
        day -= timedelta(days=1)
        if day.weekday() < SATURDAY and not bank_holiday(day):
            left -= 1
    return day


def privacy(consultation):
    """How answers are used, in paragraphs: what the page before the questions says, as far as it is so of paper."""
    years, team = consultation.kept_years, consultation.team
    kept = ngettext(
        "We keep your answers for %(years)s year. Then we delete them.",
        "We keep your answers for %(years)s years. Then we delete them.",
        years,
    )
    in_charge = gettext("%(organisation)s is in charge of this information.") % {"organisation": team.name}
    notice = gettext("The full privacy notice is at {address}.").format(address=short(reverse("privacy")))
    officer = gettext("You can also contact the data protection officer: {officer}.").format(
        officer=team.privacy_officer
    )
    return (
        gettext(
            "We use your answers to help us decide what to do. We do not ask for your name. Do not write anything that says who "
            "you are, or who anyone else is. If you answer for an organisation, we ask for its name and may publish it."
        ),
        gettext(
            "We will publish a report. It will show how many people gave each answer and some of the words people used. We will "
            "not publish anything that could identify you."
        ),
        kept % {"years": years},
        f"{in_charge} {notice} {officer}" if team.privacy_officer else f"{in_charge} {notice}",
    )


def next_steps(consultation, told):
    """What happens after closing, as sentences. `told` as in `paper_facts`."""
    steps = [gettext("We will read every answer.")]
    if consultation.report_by:
        steps.append(
            gettext("We will publish a report by %(report_by)s.") % {"report_by": long_date(consultation.report_by)}
        )
    if consultation.decision_on:
        decided = gettext("The decision will be made on %(decision_on)s by %(decided_by)s.")
        day = long_date(consultation.decision_on)
        decided_by = told.get(consultation.decided_by, consultation.decided_by)
        steps.append(decided % {"decision_on": day, "decided_by": decided_by})
    page = short(reverse("consultation", args=[consultation.slug]))
    steps.append(gettext("We will say what was decided, and why, at {address}.").format(address=page))
    return tuple(steps)


def short(path):
    """An address of the service as it is typed."""
    return (settings.BASE_URL.rstrip("/") + path).partition("//")[2].rstrip("/")


def mark(consultation, version):
    """What is said at the top of every page: that the form is a draft, or of the demonstration."""
    if version == DRAFT:
        return gettext("Draft: do not post")
    return gettext("Demonstration: do not post") if consultation.is_illustrative else ""
