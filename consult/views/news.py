"""Asking to be told by email, and stopping it. What is said is the same whatever we know of an address."""

from django import forms
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from consult.contacts import NEWS, OFFERED, stop, subscribe
from consult.languages import spoken_code
from consult.mail import send_promise
from consult.nhs import field_params
from consult.services import facts_about
from consult.stages import stage_at
from consult.views.public import consultation_context, public_consultation, told_by_newest
from consult.views.spoken import EVERY, as_asked, go_on_to, in_asked_language, in_languages, in_own_language, sent_form


class NewsForm(forms.Form):
    """An email address."""

    use_required_attribute = False
    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        help_text=gettext_lazy("We only use it for this. We delete it when we have written to you."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Enter your email address"),
            "invalid": gettext_lazy("Enter an email address like name@example.com"),
        },
    )


class StopForm(forms.Form):
    """The code of an email."""

    use_required_attribute = False
    token = forms.CharField(
        label=gettext_lazy("Code from the email"),
        help_text=gettext_lazy("It is at the end of the email, like 17-9F3KQ7XW2M8B4C6D"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Enter the code from the email"),
            "max_length": gettext_lazy("Check the code in the email and enter it again"),
        },
    )

    def clean_token(self):
        """Take the address out. A code that we never wrote is a typing mistake."""
        if not stop(self.cleaned_data["token"]):
            raise forms.ValidationError(gettext("Check the code in the email and enter it again"))
        return self.cleaned_data["token"]


@in_own_language
def news(request, slug):
    """Leave an address to be told when it opens or when the report is out, whichever comes next."""
    now = timezone.now()
    consultation = public_consultation(slug, now)
    wanted = OFFERED.get(stage_at(facts_about(consultation), now))
    if wanted is None:
        return go_on_to("consultation", slug=slug)
    form = sent_form(NewsForm, request)
    if form.is_valid():
        address = form.cleaned_data["email"]
        send_promise(subscribe(consultation, address, news=wanted), address, consultation, news=wanted)
        return go_on_to("news-asked", slug=slug)
    context = page_context(request, consultation, now, page_form="page") | {
        "page_title": NEWS[wanted].title,
        "form": form,
        "has_errors": form.is_bound,
    }
    return render(request, "consult/public/news.html", context, status=422 if form.is_bound else 200)


@in_own_language
def asked(request, slug):
    """That we will write."""
    now = timezone.now()
    context = page_context(request, public_consultation(slug, now), now) | {"page_title": gettext("We will email you")}
    return render(request, "consult/public/news_asked.html", context)


def page_context(request, consultation, now, **more):
    """What both pages say, in the language now spoken. `more` is for `spoken.in_languages`."""
    told = {"told": told_by_newest(consultation)}
    return consultation_context(consultation, now) | in_languages(request, EVERY, spoken_code(), **more) | told


def stop_emails(request):
    """Stop the emails that a code is from. Opening the page changes nothing: mail scanners open every link."""
    with in_asked_language(request, page_form="page") as languages:
        form = sent_form(StopForm, request)
        if form.is_valid():
            return go_on_to("stop-done")
        box = field_params(form["token"])[1]
        box |= {"width": 20, "spellcheck": False, "attributes": {"data-from-fragment": ""}}
        context = {"page_title": gettext("Stop emails from us"), "form": form, "box": box, "has_errors": form.is_bound}
        status = 422 if form.is_bound else 200
        return render(request, "consult/public/stop.html", context | languages, status=status)


@as_asked
def stopped(request, *, languages):
    """That we will not write any more."""
    context = {"page_title": gettext("We have stopped these emails")}
    return render(request, "consult/public/stop_done.html", context | languages)
