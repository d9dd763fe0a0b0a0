"""`manage.py makemessages`: Django's, which also finds what the kinds of questions say. For developers; needs GNU gettext."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """A pure module cannot call gettext: there `Message` and `AnswerError` mark what is to be translated."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=Message", "--keyword=AnswerError"]
