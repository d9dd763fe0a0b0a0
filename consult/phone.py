"""What is read out on the phone beside the questions, in the words of the pages that residents read themselves.

To be made while the service speaks the language of the call (`languages.speaking_on_paper`).
"""

from django.utils.translation import gettext, ngettext

from consult.wording import last_deletion_on, long_date


def privacy_words(consultation):
    """How answers are used, in paragraphs: the page that residents read before the questions (ux.md R2)."""
    years, team = consultation.kept_years, consultation.team
    kept = ngettext(
        "We keep your answers for %(years)s year. Then we delete them.",
        "We keep your answers for %(years)s years. Then we delete them.",
        years,
    ) % {"years": years}
    taken_back = gettext(
        "With your receipt code you can see your answers, take a copy away, or delete them yourself. You can delete them until "
        "%(delete_until)s. After that your answers are part of the report and we cannot take them out."
    ) % {"delete_until": long_date(last_deletion_on(consultation))}
    in_charge = gettext("%(organisation)s is in charge of this information.") % {"organisation": team.name}
    officer = gettext("You can also contact the data protection officer: {officer}.")
    return [
        gettext(
            "We use your answers to help us decide what to do. We do not ask for your name. Do not write anything that says who "
            "you are, or who anyone else is. If you answer for an organisation, we ask for its name and may publish it."
        ),
        gettext(
            "We will publish a report. It will show how many people gave each answer and some of the words people used. We will "
            "not publish anything that could identify you."
        ),
        f"{kept} {taken_back}",
        f"{in_charge} {officer.format(officer=team.privacy_officer)}" if team.privacy_officer else in_charge,
    ]


def words_about_person():
    """Why the questions about the person are asked, before the first of them (ux.md R8)."""
    return (
        gettext("Before you go, we would like to ask some questions about you."),
        gettext(
            "We want to check we have heard from people of every background. We also want to see if the plan would be worse for "
            "some people than for others. The law says we must think about this."
        ),
        gettext(
            "You do not have to answer. Your answers will not change the care you get. We only publish them as numbers for "
            "groups of people. If a group is very small, we leave the number out."
        ),
        gettext("If you answered for someone else, answer about the person you are helping."),
    )


def receipt_words(consultation):
    """What the receipt code is for, in sentences."""
    return [
        gettext(
            "Keep this code. You need it to see your answers again or to delete them. We cannot find your answers without it."
        ),
        gettext("You can delete your answers until %(delete_until)s.")
        % {"delete_until": long_date(last_deletion_on(consultation))},
    ]
