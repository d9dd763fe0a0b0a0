"""Having the receipt code sent by email (ux.md R10). The address is kept nowhere, unless news is asked for with it."""

from django import forms
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy

from consult import browser, keys
from consult.contacts import NEWS, OFFERED, subscribe
from consult.languages import spoken_code
from consult.mail import send_promise, send_receipt
from consult.recent import recent_consultation
from consult.services import facts_about
from consult.stages import stage_at
from consult.submission import receipt_of
from consult.views.news import NewsForm
from consult.views.public import consultation_context, told_of
from consult.views.spoken import go_on_to, in_languages, in_own_language, sent_form

GOES_ON_TO = {"about-you", "respond-done"}
"""The pages with the receipt: where somebody came from and goes on to, named in the address."""


class ReceiptEmailForm(NewsForm):
    """An email address, and whether it wants the news too: then nobody types it twice (WCAG 3.3.7)."""

    news = forms.BooleanField(
        required=False,
        help_text=gettext_lazy(
            "If you tick this, we keep the address, apart from your answers, until we have written."
        ),
    )

    def __init__(self, *args, news, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = gettext("We only use it to send the code. We do not keep it.")
        if news is None:
            del self.fields["news"]
        else:
            self.fields["news"].label = news.title


@in_own_language
def ask(request, slug):
    """Where to send the code. Only the browser that sent the answers, in the last day, may have it sent."""
    now = timezone.now()
    recent, key = recent_consultation(slug, now), browser.sent_key(request, slug)
    if key is None or receipt_of(key) is None:
        # Nothing was sent from here, or it was deleted since: there is no code.
        return go_on_to("respond", slug=slug)
    consultation = recent.consultation
    news = OFFERED.get(stage_at(facts_about(consultation), now))
    form = sent_form(ReceiptEmailForm, request, news=NEWS.get(news))
    if form.is_valid():
        send(form.cleaned_data, consultation, key, news=news)
        return redirect(f"{reverse('receipt-emailed', args=[slug])}?then={going_on_to(request)}")
    context = page_context(request, recent, gettext("Email me my receipt code"), now=now, page_form="page") | {
        "form": form,
        "has_errors": form.is_bound,
    }
    return render(request, "consult/respond/receipt_email.html", context, status=422 if form.is_bound else 200)


def send(asked, consultation, key, *, news):
    """Send the code, and note who wants the news. Neither knows of the other, and nothing of either is kept with answers."""
    send_receipt(asked["email"], consultation, keys.receipt_for(key), get_language())
    if asked.get("news"):
        contact = subscribe(consultation, asked["email"], news=news)
        send_promise(contact, asked["email"], consultation, news=news)


@in_own_language
def emailed(request, slug):
    """That the code is on its way. The address is not shown: it is kept nowhere."""
    now = timezone.now()
    recent = recent_consultation(slug, now)
    if browser.sent_key(request, slug) is None:
        return go_on_to("respond", slug=slug)
    context = page_context(request, recent, gettext("We have sent you your receipt code"), now=now)
    return render(request, "consult/respond/receipt_emailed.html", context)


def page_context(request, recent, title, *, now, **more):
    """What both pages say, in the language now spoken. `more` is for `spoken.in_languages`."""
    then = going_on_to(request)
    return (
        consultation_context(recent.consultation, now)
        | in_languages(request, browser.languages(request, recent.consultation.slug), spoken_code(), **more)
        | {
            "told": told_of(recent.definition),
            "page_title": title,
            "then": then,
            "going_on_to": reverse(then, args=[recent.consultation.slug]),
        }
    )


def going_on_to(request):
    """The page with the receipt that somebody came from; the last one where neither the form nor the address names one."""
    asked = request.POST.get("then") or request.GET.get("then")
    return asked if asked in GOES_ON_TO else "respond-done"
