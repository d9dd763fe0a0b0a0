"""Asking to be told by email, and stopping it. What is said is the same whatever we know of an address."""

from django import forms
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy

from consult.contacts import NEWS, OFFERED, stop, subscribe
from consult.languages import address_part, page_language
from consult.mail import send_promise
from consult.nhs import field_params
from consult.services import facts_about
from consult.stages import stage_at
from consult.views.public import consultation_context, public_consultation
from consult.views.receipt import in_own_language


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
        return redirect("consultation", slug=slug)
    form = NewsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        address = form.cleaned_data["email"]
        send_promise(subscribe(consultation, address, news=wanted), address, consultation, news=wanted)
        return redirect(reverse("news-asked", args=[slug]) + address_part())
    context = page_context(consultation, now) | {
        "page_title": NEWS[wanted].title,
        "form": form,
        "has_errors": form.is_bound,
    }
    return render(request, "consult/public/news.html", context, status=422 if form.is_bound else 200)


@in_own_language
def asked(request, slug):
    """That we will write."""
    now = timezone.now()
    context = page_context(public_consultation(slug, now), now) | {"page_title": gettext("We will email you")}
    return render(request, "consult/public/news_asked.html", context)


def page_context(consultation, now):
    """What both pages say, in the language now spoken."""
    return consultation_context(consultation, now) | page_language(get_language())


def stop_emails(request):
    """Stop the emails that a code is from. Opening the page changes nothing: mail scanners open every link."""
    form = StopForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect("stop-done")
    box = field_params(form["token"])[1] | {"width": 20, "spellcheck": False, "attributes": {"data-from-fragment": ""}}
    context = {"page_title": gettext("Stop emails from us"), "form": form, "box": box, "has_errors": form.is_bound}
    return render(request, "consult/public/stop.html", context, status=422 if form.is_bound else 200)


def stopped(request):
    """That we will not write any more."""
    context = {"page_title": gettext("We have stopped these emails")}
    return render(request, "consult/public/stop_done.html", context)
