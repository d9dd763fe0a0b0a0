"""A pile of paper forms on the clerk's desk: a batch of the demonstration with some forms keyed, one begun, one set aside.

Loaded through the same commands as a clerk's page uses. What is typed here nobody ever wrote.
"""

from datetime import timedelta

from consult.models import Role, User
from consult.paper import keying
from consult.paper.batches import open_batch, set_aside
from consult.paper.equality_questions import equality_answers, paper_equality
from consult.paper.form_codes import Pile
from consult.paper.models import Batch, FormState
from consult.uk_time import uk_day
from surveys.keying import read_form
from surveys.paper_order import paper_form
from surveys.publishing import latest_version_id, published

SLUG = "apms"
COUNTED = 8
KEYED = (
    {
        "a1": "1", "a2": "2", "a3": "03", "a4": "3", "a5": "2", "a6": "2", "a7": "2",
        "a8": "The nurse knows me and I do not have to explain everything twice.",
        "a9.keep": "1", "a9.change": "3", "a9.close": "5", "a10.1": "3", "a10.2": "1", "a10.3": "6",
        "a11": "My sister does not drive. If it closes she has two buses.", "a13": "4", "a14": "27", "a15": "4",
        "a17": "1", "a18": "0104", "a19": "2", "a20": "02", "equality-sex": "1", "equality-age": "7",
    },
    {
        "a1": "2", "a2": "2", "a3": "01", "a4": "2", "a5": "1", "a6": "1", "a7": "*23", "a8": ".",
        "a9.keep": "2", "a9.change": "2", "a9.close": "4", "a10.1": "2", "a10.2": "3", "a10.3": ".",
        "a11": "Keep the [illegible] in the morning, please.", "a12": ".", "a13": "3", "a14": "2", "a15": "3", "a16": ".",
        "a17": "3", "a19": "4", "a20": "05", "equality-sex": "2",
    },
    {
        "a1": "1", "a2": "5", "a3": "02", "a4": "1", "a5": "4", "a6": "/", "a7": "4",
        "a9.keep": "4", "a9.change": "1", "a9.close": "3", "a10.1": "1", "a10.2": "4", "a10.3": "2",
        "a11": "I could never get through by telephone.", "a13": "1", "a15": "2", "a17": "2", "a19": "3", "a20": "01",
    },
)  # fmt: skip
"""What was typed of the first forms, `{box name: typed}`, with the marks that a keyer makes."""
BEGUN = {"a1": "1", "a2": "3", "a3": "02"}
TORN = "The last four pages are torn off"


def load_pile(consultation, *, now):
    """An open batch of the consultation: three forms keyed, one begun, one spoilt and three to key. Returns it."""
    clerk = User.objects.filter(memberships__team=consultation.team, memberships__role=Role.CLERK).first()
    began = max(consultation.opens_at, now - timedelta(hours=3))
    batch = open_batch(
        consultation,
        pile=Pile(latest_version_id(consultation.questionnaire_id), "en"),
        received_on=uk_day(began),
        source=Batch.Source.POST,
        counted=COUNTED,
        by=clerk,
        now=began,
    )
    batch.consultation = consultation
    forms = list(batch.forms.order_by("number"))
    for place, typed in enumerate(KEYED):
        key_form(
            forms[place], typed, consultation=consultation, by=clerk, now=began + timedelta(minutes=6 * (place + 1))
        )
    ended = began + timedelta(minutes=40)
    keying.keep_typed(forms[3], BEGUN, consultation=consultation, by=clerk, now=ended)
    set_aside(forms[4], state=FormState.SPOILT, words=TORN, by=clerk, now=ended)
    return batch


def key_form(form, typed, *, consultation, by, now):
    """Send one form in, read as the key entry page reads it."""
    definition, about_person = published(form.batch.version_id).definition, paper_equality(consultation.question_set)
    keyed = read_form(definition, paper_form(definition), typed)
    about = read_form(about_person, paper_form(about_person), typed)
    keying.save_form(
        form,
        typed=typed,
        answers=keyed.answers,
        equality=equality_answers(about.answers, consultation.question_set) or None,
        as_written={},
        consultation=consultation,
        by=by,
        now=now,
    )
