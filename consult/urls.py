"""Every address of the service. A new one needs a row in tests/consult/permission_table.py."""

from datetime import date

from django.urls import include, path, register_converter
from django.views.decorators.http import require_safe as read

from consult.views import (
    about_you,
    begin,
    building,
    closing,
    downloads,
    entry,
    flags,
    hub,
    languages,
    library,
    news,
    other_formats,
    public,
    publishing,
    receipt,
    receipt_email,
    reports,
    respond,
    results,
    save,
    small_print,
    your_response,
)
from consult.views.staff import staff_urls


class StepConverter:
    """The key of a page of a questionnaire, with `@code` for one round of a repeated page."""

    regex = r"[a-z][a-z0-9_]*(?:@[0-9]+)?"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class PartConverter:
    """What the builder moves and takes out."""

    regex = r"page|question"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class DayConverter:
    """A day, like 2027-03-12."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return str(value)


register_converter(StepConverter, "step")
register_converter(DayConverter, "day")
register_converter(PartConverter, "part")

consultation_urls = [
    path("", read(public.consultation_page), name="consultation"),
    path("read/<slug:document_slug>/", read(public.document), name="document"),
    path("report/", read(reports.report), name="report"),
    path("equality/", read(reports.assessment), name="assessment"),
    path("files/<slug:name>.<slug:extension>", read(reports.published_file), name="published-file"),
    path("outcome/", read(public.outcome), name="outcome"),
    path("another-format/", other_formats.ask, name="another-format"),
    path("another-format/asked/<day:day>/", read(other_formats.asked), name="another-format-asked"),
    path("news/", news.news, name="news"),
    path("news/asked/", read(news.asked), name="news-asked"),
    path("respond/", read(public.start), name="respond"),
    path("respond/how-we-use-your-answers/", begin.privacy_of_answers, name="respond-privacy"),
    path("respond/save/", save.save, name="respond-save"),
    path("respond/save/code/", save.saved, name="respond-saved"),
    path("respond/save/emailed/", save.emailed, name="respond-emailed"),
    path("respond/save/clear/", save.clear, name="respond-clear"),
    path("respond/save/cleared/", save.cleared, name="respond-cleared"),
    path("respond/done/", read(receipt.done), name="respond-done"),
    path("respond/done/email/", receipt_email.ask, name="receipt-email"),
    path("respond/done/emailed/", read(receipt_email.emailed), name="receipt-emailed"),
    path("respond/about-you/", about_you.intro, name="about-you"),
    path("respond/about-you/<slug:page>/", about_you.question, name="about-you-page"),
    path("respond/<step:step>/", respond.RespondView.as_view(url_name="respond-page"), name="respond-page"),
]

your_response_urls = [
    path("", your_response.enter_code, name="your-response"),
    path("answers/", read(your_response.answers), name="your-answers"),
    path("answers.csv", read(your_response.answers_file), name="your-answers-file"),
    path("delete/", your_response.delete, name="your-answers-delete"),
    path("deleted/", read(your_response.deleted), name="your-answers-deleted"),
]

building_urls = [
    path("", building.tasks.tasks, name="build-tasks"),
    path("facts/<slug:part>/", building.facts.facts, name="build-facts"),
    path("check/", building.checking.check, name="build-check"),
    path("rehearsal/", building.checking.rehearsal, name="build-rehearsal"),
    path("changes/", building.changes.changes, name="build-changes"),
    path("preview/", building.preview.preview, name="build-preview"),
    path("preview/walk/", building.preview.walk, name="build-preview-walk"),
    path("preview/phone/", building.preview.phone, name="build-preview-phone"),
    path("preview/share/", building.preview.share, name="build-preview-share"),
    path("preview/state/<slug:state>/", building.preview.state, name="build-preview-state"),
    path("questions/", building.questions.questions, name="build-questions"),
    path("questions/add/", building.questions.add, name="build-add"),
    path("questions/order/", building.questions.order, name="build-order"),
    path("questions/rule/<str:place>/", building.rules.rule, name="build-rule"),
    path("questions/page/<slug:page>/", building.editing.page, name="build-page"),
    path("questions/<part:what>/<slug:key>/move/", building.questions.move, name="build-move"),
    path("questions/<part:what>/<slug:key>/take-out/", building.questions.remove, name="build-remove"),
    path("questions/question/<slug:key>/copy/", building.questions.copy, name="build-copy"),
    path("questions/question/<slug:question>/", building.editing.question, name="build-question"),
]

library_urls = [
    path("", library.shared.shared_questions, name="staff-library"),
    path("<uuid:question_id>/", library.shared.shared_question, name="staff-library-question"),
]

publish_urls = [
    path("", publishing.preflight, name="staff-publish"),
    path("tasks/<slug:task>/", publishing.task, name="staff-publish-task"),
    path("ask/", publishing.ask, name="staff-publish-ask"),
    path("decide/", publishing.decide, name="staff-publish-decide"),
    path("confirm/", publishing.confirm, name="staff-publish-confirm"),
]

staff_consultation_urls = [
    path("build/", include(building_urls)),
    path("library/", library.drafts.take, name="staff-take"),
    path("library/<slug:question>/", library.drafts.compare, name="staff-compare"),
    path("publish/", include(publish_urls)),
    path("closing/", closing.closing, name="staff-closing"),
    path("withdraw/", closing.withdrawing, name="staff-withdraw"),
    path("languages/", languages.languages, name="staff-languages"),
    path("languages/<slug:rendering>/still-right/", languages.still_right, name="staff-languages-still-right"),
    path("formats/", other_formats.requests, name="staff-formats"),
    path("keying/", entry.keying, name="staff-keying"),
    path("flags/", flags.flags, name="staff-flags"),
    path("participation/", results.participation, name="staff-participation"),
    path("results/", results.results, name="staff-results"),
    path("results/interim/", results.interim, name="staff-interim"),
    path("downloads/", downloads.downloads, name="staff-download"),
    path("downloads/tables.<slug:extension>", downloads.tables, name="staff-tables"),
    path("downloads/rows/<slug:name>.<slug:extension>", downloads.responses, name="staff-responses"),
    path("downloads/<slug:name>.<slug:extension>", downloads.document, name="staff-document"),
]

urlpatterns = [
    path("", read(hub.hub), name="hub"),
    path("consultations/<slug:slug>/", include(consultation_urls)),
    path("your-response/", include(your_response_urls)),
    path("stop/", news.stop_emails, name="stop"),
    path("stop/done/", read(news.stopped), name="stop-done"),
    path("staff/upload/", building.uploading.upload, name="build-upload"),
    path("staff/new/", building.starting.start, name="build-start"),
    path("staff/library/", include(library_urls)),
    path("staff/", include(staff_urls)),
    path("staff/<slug:slug>/", include(staff_consultation_urls)),
    path("accounts/", include("consult.account_urls")),
    *(path(f"{page}/", read(small_print.small_print), {"page": page}, name=page) for page in small_print.TITLES),
    path("preview/<str:token>/", building.preview.shared, name="preview"),
    path("resume/", save.resume, name="resume"),
    path("healthz", read(public.healthz), name="healthz"),
]

handler400 = "consult.views.faults.bad_request"
handler429 = "consult.views.faults.too_many_requests"
handler500 = "consult.views.faults.fault"
