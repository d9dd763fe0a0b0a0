"""The table of the cache, so that `migrate` alone makes a database on which signing in works: its limits are counted there."""

from django.core.management import call_command
from django.db import migrations


def make_cache_table(apps, schema_editor):
    database = schema_editor.connection.alias
    if database == "default":
        call_command("createcachetable", database=database, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("consult", "0001_initial")]
    # The table stays when going backwards: it holds nothing that a migration could lose.
    operations = [migrations.RunPython(make_cache_table, migrations.RunPython.noop, elidable=False)]
