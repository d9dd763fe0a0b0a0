"""What every page is given: whose service it is, and how to reach a person."""

from django.conf import settings
from django.utils.translation import gettext


def service(request):
    """The organisation's and the service's names, for titles and headers, and its phone number."""
    return {
        "organisation": settings.ORGANISATION,
        "service_name": gettext(settings.SERVICE_NAME),
        "contact_phone": settings.CONTACT_PHONE,
    }
