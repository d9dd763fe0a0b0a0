"""A picture of a team's own."""

from django.db import models


class OwnPicture(models.Model):
    """A picture that a team can put beside easy read words. `file` is what documents call it; it is never replaced.

    `body` is the picture as the service drew it anew, never what was uploaded.
    """

    team = models.ForeignKey("consult.Team", on_delete=models.CASCADE, related_name="own_pictures")
    file = models.CharField(max_length=40, unique=True)
    shows = models.CharField(max_length=400, help_text="What it shows, in words: its name in lists")
    body = models.BinaryField()
    added_by = models.CharField(max_length=200)
    added_at = models.DateTimeField()

    class Meta:
        app_label = "consult"
        ordering = ["shows", "id"]

    def __str__(self):
        return self.shows

    @property
    def name(self):
        """Its file without what says of which sort it is."""
        return self.file.partition(".")[0]

    @property
    def extension(self):
        """ "png" or "jpg"."""
        return self.file.partition(".")[2]
