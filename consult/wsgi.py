"""The WSGI entry point."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from consult.environment import wait_as_people_do

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "consult.settings")
wait_as_people_do(settings.DATABASES)
application = get_wsgi_application()
