"""A team's own pictures: the page that lists them and takes new ones, and the address of each."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult.own_pictures.keeping import MOST_PICTURES, EnoughPictures, add_picture
from consult.own_pictures.models import OwnPicture
from consult.own_pictures.redrawing import MOST_BYTES, PictureRefused
from consult.own_pictures.showing import is_in_preview, is_of_own_team, is_shown_to_all
from consult.permissions import Right, staff_page
from consult.views.building.saying import above, bound_problems

CONTENT_TYPES = {"png": "image/png", "jpg": "image/jpeg"}
A_YEAR = 31_536_000


class PictureForm(forms.Form):
    """A picture and what it shows."""

    use_required_attribute = False
    file = forms.FileField(
        label="Choose the picture",
        help_text="A PNG, JPEG or WebP file of less than 5MB. We make it small and take out everything but the picture itself.",
        error_messages={"required": "Choose a picture", "empty": "The file is empty. Choose another one"},
    )
    shows = forms.CharField(
        label="What does it show?",
        help_text="A few words for people who cannot see it. For example: a person who waits at a bus stop",
        max_length=400,
        error_messages={"required": "Write what the picture shows, for people who cannot see it"},
    )


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request, consultation):
    """The pictures of the consultation's team, and a form that adds one."""
    form = PictureForm(request.POST, request.FILES) if request.method == "POST" else PictureForm()
    if form.is_valid() and added(request, consultation, form):
        return redirect("staff-pictures", slug=consultation.slug)
    context = above(consultation, "languages") | bound_problems(form)
    context |= {
        "page_title": "Pictures for easy read",
        "form": form,
        "pictures": consultation.team.own_pictures.defer("body"),
    }
    return render(request, "consult/staff/languages/pictures.html", context, status=422 if form.errors else 200)


def added(request, consultation, form):
    """Whether the picture could be kept; the form says why not."""
    file, shows = form.cleaned_data["file"], form.cleaned_data["shows"]
    try:
        # One byte more than the most is enough to refuse a file for its size.
        add_picture(consultation.team, file.read(MOST_BYTES + 1), shows=shows, by=request.user, now=timezone.now())
    except PictureRefused as refusal:
        form.add_error("file", str(refusal))
    except EnoughPictures:
        form.add_error("file", f"Your team has {MOST_PICTURES} pictures. It can have no more")
    else:
        messages.success(request, "The picture was added. Choose it beside the easy read words.")
        return True
    return False


def picture(request, name, extension):
    """One picture as a file. Raises Http404 for whoever may not see it, as for one that there is not."""
    found, now = get_object_or_404(OwnPicture, file=f"{name}.{extension}"), timezone.now()
    is_for_all = is_shown_to_all(found, now=now)
    if not (is_for_all or is_in_preview(found, now=now) or is_of_own_team(found, request.user)):
        raise Http404
    response = HttpResponse(bytes(found.body), content_type=CONTENT_TYPES[extension])
    response.headers["X-Content-Type-Options"] = "nosniff"
    # What a name stands for never changes. Until everybody may see it, no cache keeps it.
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if is_for_all else "no-store"
    return response
