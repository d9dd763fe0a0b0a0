"""What the equality engine keeps: one profile for each respondent who answered any equality question.

A profile lies apart from the response it belongs to. Its link is worked out from a key that can be destroyed, and nothing
else leads back: there is no foreign key, no time, and no row number that grows with each answer.
"""

from django.db import models


class Profile(models.Model):
    """One respondent's equality answers, as a row of bytes laid out by the question set's version.

    `link` is HMAC-SHA256(the consultation's key, the submission key), cut to 128 bits. `questionnaire_id` is a plain value:
    profiles may lie in another database than the answers. `self_described` is what the person wrote in their own words,
    encrypted before it comes here; it is never counted and never published.
    """

    link = models.UUIDField(primary_key=True, editable=False)
    questionnaire_id = models.UUIDField(db_index=True)
    set_version = models.CharField(max_length=20)
    codes = models.BinaryField()
    self_described = models.BinaryField(null=True)

    class Meta:
        db_table = "equality_profile"

    def __str__(self):
        return "An equality profile"
