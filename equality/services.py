"""Writing equality profiles: saving, deleting, and breaking the order in which they came.

The caller works out the link and records who did what; nothing here knows a response, a user or a time.
"""

from django.db import IntegrityError, connections, router, transaction

from equality.categories import CategoryError, encode
from equality.models import Profile

ATTEMPTS = 3
"""The second finds what another request just created; the third, that it was deleted again in between."""


def save_profile(*, link, questionnaire_id, set_version, answers, self_described=None):
    """Create the profile at `link`, or put these answers over the ones it has: a person's pages come one at a time.

    `answers` are `{key: value}` as `categories.encode` takes them. `self_described` (bytes, already encrypted) takes the place
    of what was kept; None leaves it. Two pages sent at once both count. Raises CategoryError for answers the question
    set does not know, or when the profile was begun with another question set.
    """
    using = router.db_for_write(Profile)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic(using=using):
                return create_or_merge(link, questionnaire_id, set_version, answers, self_described)
        except IntegrityError:
            # Another request created it after we looked: look again, and merge.
            if attempt == ATTEMPTS:
                raise


def delete_profile(link):
    """Remove the profile at `link`. True when there was one."""
    deleted, _ = Profile.objects.filter(link=link).delete()
    return deleted > 0


def reorder_profiles():
    """Rewrite the table in link order, so that where a row lies on the disk says nothing of when it came.

    Links are keyed digests, so their order is as good as random. Run it on a schedule and when a consultation closes; it
    takes a few seconds per million profiles, during which nobody can write one.
    """
    connection = connections[router.db_for_write(Profile)]
    with transaction.atomic(using=connection.alias):
        REORDERING[connection.vendor](connection)


def create_or_merge(link, questionnaire_id, set_version, answers, self_described):
    """One attempt at saving. Raises IntegrityError when the profile appears between looking and creating."""
    profile = Profile.objects.select_for_update().filter(link=link).first()
    if profile is None:
        return Profile.objects.create(
            link=link,
            questionnaire_id=questionnaire_id,
            set_version=set_version,
            codes=encode(answers, set_version),
            self_described=self_described,
        )
    if profile.set_version != set_version:
        raise CategoryError(f"This profile was begun with question set {profile.set_version}, not {set_version}")
    profile.codes = encode(answers, set_version, previous=bytes(profile.codes))
    if self_described is not None:
        profile.self_described = self_described
    profile.save(update_fields=["codes", "self_described"])
    return profile


def reorder_in_sqlite(connection):
    """Number the rows anew in link order. SQLite keeps a table in the order of its hidden row numbers."""
    table = connection.ops.quote_name(Profile._meta.db_table)
    with connection.cursor() as cursor:
        # Overwrite what is moved with zeros: pages that are freed would keep the old order until they are used again.
        cursor.execute("PRAGMA secure_delete = ON")
        # By way of negative numbers: a row must not be given a number that another still has.
        cursor.execute(
            f"UPDATE {table} SET rowid = -ordered.place FROM "  # noqa: S608 -- the table's own name
            f"(SELECT link, row_number() OVER (ORDER BY link) AS place FROM {table}) AS ordered "
            f"WHERE ordered.link = {table}.link"
        )
        cursor.execute(f"UPDATE {table} SET rowid = -rowid")  # noqa: S608 -- the table's own name


def reorder_in_postgresql(connection):
    """Let PostgreSQL write the table anew along its primary key; the old file is deleted."""
    table = Profile._meta.db_table
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table)
        index = next(name for name, constraint in constraints.items() if constraint["primary_key"])
        cursor.execute(f"CLUSTER {connection.ops.quote_name(table)} USING {connection.ops.quote_name(index)}")


REORDERING = {"sqlite": reorder_in_sqlite, "postgresql": reorder_in_postgresql}
"""How each database is made to lay a table out anew."""
