"""What every page is given: whose service it is, how to reach a person, and the language that the page is in."""

from django.conf import settings
from django.utils.translation import get_language, gettext

from consult.languages import page_language


def service(request):
    """The organisation's and the service's names, for titles and headers, its phone number, and the language now spoken."""
    return page_language(get_language()) | {
        "organisation": settings.ORGANISATION,
        "service_name": gettext(settings.SERVICE_NAME),
        "contact_phone": settings.CONTACT_PHONE,
    }
