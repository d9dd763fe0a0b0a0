"""One row into its table by a statement that is built once, for what each resident waits for.

Building an INSERT anew takes the ORM several times as long as the database takes to run it. The fields still say how their
values are stored.
"""

from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections


def insert(row, *, unless_there=False):
    """Keep a new model instance, which is then told its key. One statement; raises IntegrityError as `save` does.

    With `unless_there` a row that a constraint says is there already is left as it is, and the instance is told nothing.
    """
    database = connections[DEFAULT_DB_ALIAS]
    fields, sql = statement(type(row), unless_there)
    with database.cursor() as cursor:
        cursor.execute(sql, [field.get_db_prep_save(field.pre_save(row, add=True), database) for field in fields])
        kept = cursor.fetchone()
    if kept:
        row.pk = kept[0] if row.pk is None else row.pk
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@cache
def statement(model, unless_there):
    """The fields of a model that are written to a new row, and the statement that takes their values in this order."""
    quoted = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields = [field for field in model._meta.concrete_fields if field is not model._meta.auto_field]
    columns = ", ".join(quoted(field.column) for field in fields)
    values = ", ".join(["%s"] * len(fields))
    parts = ["INSERT INTO", quoted(model._meta.db_table), f"({columns}) VALUES ({values})"]
    parts += ["ON CONFLICT DO NOTHING"] if unless_there else []
    return fields, " ".join([*parts, "RETURNING", quoted(model._meta.pk.column)])
