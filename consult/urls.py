"""Every address of the service. A new one needs a row in tests/consult/permission_table.py."""

from django.urls import include, path, register_converter

from consult.views import public, respond


class StepConverter:
    """The key of a page of a questionnaire, with `@code` for one round of a repeated page."""

    regex = r"[a-z][a-z0-9_]*(?:@[0-9]+)?"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(StepConverter, "step")

consultation_urls = [
    path("", public.consultation_page, name="consultation"),
    path("read/<slug:document_slug>/", public.document, name="document"),
    path("outcome/", public.outcome, name="outcome"),
    path("respond/", public.start, name="respond"),
    path("respond/how-we-use-your-answers/", public.privacy_of_answers, name="respond-privacy"),
    path("respond/done/", respond.done, name="respond-done"),
    path("respond/<step:step>/", respond.RespondView.as_view(url_name="respond-page"), name="respond-page"),
]

urlpatterns = [
    path("", public.hub, name="hub"),
    path("consultations/<slug:slug>/", include(consultation_urls)),
    *(path(f"{page}/", public.small_print, {"page": page}, name=page) for page in public.SMALL_PRINT),
    path("healthz", public.healthz, name="healthz"),
]
