"""Every address of the service. A new one needs a row in tests/consult/permission_table.py."""

from datetime import date

from django.urls import include, path, register_converter
from django.views.decorators.http import require_safe as read

from consult.views import (
    about_you,
    batches,
    begin,
    building,
    closing,
    downloads,
    entry,
    flags,
    hub,
    judgements,
    languages,
    library,
    news,
    other_formats,
    other_responses,
    paper,
    phone,
    public,
    publishing,
    publishing_changes,
    receipt,
    receipt_email,
    reports,
    respond,
    results,
    save,
    second_person,
    small_print,
    spreadsheets,
    your_response,
)
from consult.views.staff import staff_urls


class StepConverter:
    """The key of a page of a questionnaire, with `@code` for one round of a repeated page; none that names a page of ours."""

    regex = r"(?!(?:save|done)/)[a-z][a-z0-9_]*(?:@[0-9]+)?"

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
    path("paper/<slug:name>.pdf", read(paper.public_form), name="paper-form"),
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
    path("documents/", building.documents.documents, name="build-documents"),
    path("documents/add/", building.documents.add, name="build-document-add"),
    path("documents/<slug:document>/", building.documents.document, name="build-document"),
    path("documents/<slug:document>/correct/", building.correcting.correct, name="build-document-correct"),
    path("documents/<slug:document>/move/", building.documents.move, name="build-document-move"),
    path("documents/<slug:document>/take-out/", building.documents.take_out, name="build-document-take-out"),
    path("check/", building.checking.check, name="build-check"),
    path("rehearsal/", building.checking.rehearsal, name="build-rehearsal"),
    path("rehearsal/report/", building.checking.mock_page, name="build-mock-report"),
    path("rehearsal/report.<slug:extension>", building.checking.mock_file, name="build-mock-file"),
    path("files/", building.exporting.files, name="build-files"),
    path("files/<slug:name>.<slug:extension>", building.exporting.file, name="build-file"),
    path("changes/", building.changes.changes, name="build-changes"),
    path("preview/", building.preview.preview, name="build-preview"),
    path("preview/walk/", building.preview.walk, name="build-preview-walk"),
    path("preview/phone/", building.preview.phone, name="build-preview-phone"),
    path("preview/links/", building.sharing.share, name="build-preview-share"),
    path("preview/links/<int:link>/end/", building.sharing.end, name="build-preview-end"),
    path("preview/state/<slug:state>/", building.preview.state, name="build-preview-state"),
    path("preview/paper/<slug:name>.pdf", paper.draft, name="build-preview-paper"),
    path("questions/", building.questions.questions, name="build-questions"),
    path("questions/add/", building.questions.add, name="build-add"),
    path("questions/order/", building.questions.order, name="build-order"),
    path("questions/rule/<str:place>/", building.rules.rule, name="build-rule"),
    path("questions/page/<slug:page>/", building.pages.page, name="build-page"),
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
    path("changes/", publishing_changes.decide, name="staff-publish-changes"),
    path("correction/", second_person.correction, name="staff-publish-correction"),
]

batch_urls = [
    path("", batches.listing.batches, name="batches"),
    path("open/", batches.opening.begin, name="batch-open"),
    path("<int:batch>/", batches.batch.batch, name="batch"),
    path("<int:batch>/cover.pdf", batches.cover.cover, name="batch-cover"),
    path("<int:batch>/count/", batches.batch.count, name="batch-count"),
    path("<int:batch>/draw/", batches.batch.draw, name="batch-draw"),
    path("<int:batch>/close/", batches.batch.close, name="batch-close"),
    path("<int:batch>/forms/<int:number>/", batches.form.form, name="batch-form"),
    path("<int:batch>/forms/<int:number>/box/", batches.form.box, name="batch-box"),
    path("<int:batch>/forms/<int:number>/aside/", batches.batch.aside, name="batch-aside"),
    path("<int:batch>/forms/<int:number>/scans/", batches.scans.listing, name="batch-scans"),
    path("<int:batch>/forms/<int:number>/scans/<uuid:scan>/", batches.scans.scan, name="batch-scan"),
    path("<int:batch>/forms/<int:number>/scans/<uuid:scan>/remove/", batches.scans.remove, name="batch-scan-remove"),
    path("<int:batch>/forms/<int:number>/decide/", batches.deciding.decide, name="batch-decide"),
    path("<int:batch>/second/", batches.second.start, name="batch-second"),
    path("<int:batch>/second/<int:number>/", batches.second.second, name="batch-second-form"),
    path("<int:batch>/second/<int:number>/box/", batches.second.box, name="batch-second-box"),
]

phone_urls = [
    path("", phone.phone, name="staff-phone"),
    path("questions/", phone.questions, name="staff-phone-questions"),
    path("done/", phone.done, name="staff-phone-done"),
]

other_urls = [
    path("", other_responses.listing.others, name="staff-others"),
    path("add/<slug:what>/", other_responses.recording.add, name="staff-other-add"),
    path("<int:number>/", other_responses.listing.other, name="staff-other"),
    path("<int:number>/correct/", other_responses.recording.correct, name="staff-other-correct"),
    path("<int:number>/withdraw/", other_responses.withdrawing.withdraw, name="staff-other-withdraw"),
]

languages_urls = [
    path("", languages.listing.languages, name="staff-languages"),
    path("add/", languages.listing.add, name="staff-languages-add"),
    path("pictures/", languages.pictures.pictures, name="staff-pictures"),
    path("<slug:rendering>/", languages.whole.rendering, name="staff-rendering"),
    path("<slug:rendering>/around/", languages.around.around, name="staff-rendering-around"),
    path("<slug:rendering>/page/<slug:page>/", languages.writing.page, name="staff-rendering-page"),
    path("<slug:rendering>/offer/", languages.whole.offer, name="staff-rendering-offer"),
    path("<slug:rendering>/checked/", languages.whole.checked, name="staff-rendering-checked"),
    path("<slug:rendering>/still-right/", languages.whole.still_right, name="staff-languages-still-right"),
    path("<slug:rendering>/take-out/", languages.whole.take_out, name="staff-rendering-take-out"),
]

import_urls = [
    path("", spreadsheets.uploading.spreadsheets, name="staff-import"),
    path("<uuid:job>/", spreadsheets.following.job, name="staff-import-job"),
    path("<uuid:job>/columns/", spreadsheets.columns.columns, name="staff-import-columns"),
    path("<uuid:job>/bring-in/", spreadsheets.following.bring_in, name="staff-import-bring-in"),
    path("<uuid:job>/carry-on/", spreadsheets.following.carry_on, name="staff-import-carry-on"),
    path("<uuid:job>/throw-away/", spreadsheets.following.throw_away, name="staff-import-throw-away"),
    path("<uuid:job>/refused.csv", spreadsheets.following.refused_rows, name="staff-import-refused"),
]

staff_consultation_urls = [
    path("batches/", include(batch_urls)),
    path("build/", include(building_urls)),
    path("library/", library.drafts.take, name="staff-take"),
    path("library/<slug:question>/", library.drafts.compare, name="staff-compare"),
    path("publish/", include(publish_urls)),
    path("closing/", closing.closing, name="staff-closing"),
    path("closing/decide/", second_person.closing, name="staff-closing-decide"),
    path("withdraw/", closing.withdrawing, name="staff-withdraw"),
    path("languages/", include(languages_urls)),
    path("formats/", other_formats.requests, name="staff-formats"),
    path("paper/", paper.forms, name="staff-paper"),
    path("paper/codebook.<slug:extension>", paper.codebook, name="staff-paper-codebook"),
    path("paper/<slug:name>.pdf", paper.form, name="staff-paper-form"),
    path("keying/", entry.keying, name="staff-keying"),
    path("other-responses/", include(other_urls)),
    path("phone/", include(phone_urls)),
    path("spreadsheets/", include(import_urls)),
    path("flags/", flags.flags, name="staff-flags"),
    path("participation/", results.participation, name="staff-participation"),
    path("results/", results.results, name="staff-results"),
    path("results/interim/", results.interim, name="staff-interim"),
    path("assessment/", judgements.assessment, name="staff-assessment"),
    path("assessment/<slug:chapter>/", judgements.chapter, name="staff-assessment-chapter"),
    path("downloads/", downloads.downloads, name="staff-download"),
    path("downloads/tables.<slug:extension>", downloads.tables, name="staff-tables"),
    path("downloads/rows/<slug:name>.<slug:extension>", downloads.responses, name="staff-responses"),
    path("downloads/<slug:name>.<slug:extension>", downloads.document, name="staff-document"),
]

urlpatterns = [
    # First and by itself, for nearly every request is for one of these: each address tried before it costs every page.
    path("consultations/<slug:slug>/respond/<step:step>/", respond.respond_page, name="respond-page"),
    path("consultations/<slug:slug>/", include(consultation_urls)),
    path("", read(hub.hub), name="hub"),
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
    path("preview/<str:token>/", building.sharing.shared, name="preview"),
    path("preview/<str:token>/<slug:page>/", building.sharing.shared_page, name="preview-page"),
    path("pictures/<slug:name>.<slug:extension>", read(languages.pictures.picture), name="own-picture"),
    path("resume/", save.resume, name="resume"),
    path("healthz", read(public.healthz), name="healthz"),
]

handler400 = "consult.views.faults.bad_request"
handler404 = "consult.views.faults.not_found"
handler429 = "consult.views.faults.too_many_requests"
handler500 = "consult.views.faults.fault"
