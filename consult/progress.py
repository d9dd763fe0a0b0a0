"""Somebody's way through a questionnaire: their draft, the route that its answers give, and how far they have come.

Nothing here knows HTTP. What is kept of a page is of two sorts: answers, which fit their questions, and what was typed on a page
that was left before it fitted, which is shown again as it was typed and never sent.
"""

from functools import lru_cache

from django.http import QueryDict

from consult import areas
from surveys.checking import questions_in_words
from surveys.drafts import save_draft, save_page
from surveys.forms import PageForm, fields_of
from surveys.journey import journey, walked_on
from surveys.kinds import KINDS
from surveys.publishing import asked_definition, published

CHECK = "check"
"""The page after the last: checking the answers."""
MOST_TYPED = 200_000
"""Characters kept of what was typed on one page: more than any page's boxes hold, and no draft grows without bound."""


class Progress:
    """A draft with its version and route. `order` are the keys of the route's pages, and `CHECK` last.

    `definition` is the version's, in the words of the variant that this respondent chose.
    """

    def __init__(self, draft):
        self.draft = draft
        self.version = published(draft.version_id)
        self.definition = asked_definition(draft.version_id, draft.variant)
        self.follow_route()

    def follow_route(self, *, after=None):
        """Walk the route for the answers so far; `after` is the one step that was answered since it was walked last."""
        if after is None:
            self.route = journey(self.definition, self.draft.answers, are_clean=True)
        else:
            self.route = walked_on(self.route, self.definition, after, self.draft.answers)
        self.order = [*(step.key for step in self.route.steps), CHECK]

    # How far ----------------------------------------------------------------------------------------------------------
    def first_gap(self):
        """The first page of the route that was not passed yet; the check page when all were."""
        return next((step.key for step in self.route.steps if not self.was_passed(step)), CHECK)

    def was_passed(self, step):
        """Whether a page was answered or left blank, and what was answered there is still among the answers offered."""
        if step.key not in self.draft.pages:
            return False
        lost = self.draft.answers.keys() - self.route.answers.keys()
        return not any(question.key in lost for question in step.questions) if lost else True

    def is_too_far(self, key):
        """Whether a page is not on the route, or lies behind one that was not passed yet."""
        return key not in self.order or self.order.index(key) > self.order.index(self.first_gap())

    def after(self, key):
        """The next page; after the answers were checked once, the next page not passed, or the check page."""
        return self.first_gap() if CHECK in self.draft.pages else self.order[self.order.index(key) + 1]

    def before(self, key):
        """The page before, or None."""
        place = self.order.index(key)
        return self.order[place - 1] if place else None

    # A page -----------------------------------------------------------------------------------------------------------
    def questions(self, key):
        """The questions of a page in the words that this respondent is asked them."""
        step = self.route.step(key)
        return questions_in_words(step, self.definition, self.route, language=self.draft.language)

    def form(self, key, posted):
        """The form of a page with what was posted to it (a QueryDict)."""
        return PageForm(posted, fields=self.fields(key))

    def fields(self, key):
        """The fields of a page's form."""
        draft = self.draft
        if self.route.step(key).page.is_alike:
            return fields_alike(draft.version_id, draft.variant, draft.language, key)
        return self.made_fields(key)

    def made_fields(self, key):
        """The same, made anew in the words that this respondent is asked in."""
        return fields_of(self.questions(key), language=self.draft.language, find_area=areas.find_area)

    def typed_form(self, key):
        """The form of a page that was left before it fitted, as it was typed; None for any other page."""
        typed = self.draft.typed.get(key)
        return None if typed is None else self.form(key, QueryDict(typed))

    # Keeping ----------------------------------------------------------------------------------------------------------
    def pass_page(self, key, answers, *, now):
        """Keep a page's answers (`{question_key: value or None}`), and that it was passed. Raises StaleDraft."""
        before = self.draft.kept()
        self.put(answers)
        self.draft.typed.pop(key, None)
        self.follow_route(after=self.route.step(key))
        self.add_page(key)
        if self.first_gap() == CHECK:
            self.add_page(CHECK)
        if before != self.draft.kept():
            self.save(now=now, is_on_the_way=True)

    def pass_rest(self, *, now):
        """Pass the pages that are left, as far as none must be answered, so that what is there can be sent. Raises StaleDraft."""
        before = len(self.draft.pages)
        while (key := self.first_gap()) != CHECK and not any(q.required for q in self.route.step(key).questions):
            self.add_page(key)
        if len(self.draft.pages) > before:
            self.save(now=now)

    def leave_page(self, key, posted, *, language, now, is_told=False):
        """Keep what a page holds when it is left by another way than "Continue". Raises StaleDraft.

        What fits is kept as answers; where anything does not, the page is kept as it was typed as well. `language` is the one
        to go on in. Where somebody `is_told` that their answers are kept, the disk has them then, those of earlier pages too.
        """
        before = self.draft.kept()
        form = self.form(key, posted)
        fits = form.is_valid()
        self.put(form.cleaned_data)
        self.draft.typed.pop(key, None)
        if not fits:
            self.keep_typed(key, posted)
        self.draft.language = language
        self.follow_route()
        if is_told or before != self.draft.kept():
            self.save(now=now)

    def save(self, *, now, is_on_the_way=False):
        """Keep the draft; see `save_page` for pages on the way. Raises StaleDraft."""
        if is_on_the_way:
            save_page(self.draft, now=now)
        else:
            save_draft(self.draft, now=now)

    def put(self, answers):
        """Put answers over those given before; None takes one back."""
        for question, value in answers.items():
            self.draft.answers.pop(question, None)
            if value is not None:
                self.draft.answers[question] = value

    def keep_typed(self, key, posted):
        """Keep the page's own controls as they were posted, where anything was typed or chosen."""
        names = {
            name
            for question in self.questions(key)
            for control in KINDS[question.kind].controls(question)
            for name in control.posted_names(question.key)
        }
        kept = QueryDict(mutable=True)
        for name in names & posted.keys():
            kept.setlist(name, posted.getlist(name))
        typed = kept.urlencode()
        if any(any(values) for _, values in kept.lists()) and len(typed) <= MOST_TYPED:
            self.draft.typed[key] = typed

    def add_page(self, key):
        if key not in self.draft.pages:
            self.draft.pages.append(key)


@lru_cache(maxsize=4_096)
def fields_alike(version_id, variant, language, key):
    """The fields of a page that is the same to everybody, kept: making them costs as much as reading an answer with them."""
    page = asked_definition(version_id, variant).page(key)
    return fields_of(page.questions, language=language, find_area=areas.find_area)
