"""Making the tables of an app in one go.

Django renders every model that is related to a changed one after each operation. With a hundred
models that all point to the teacher, a new installation would spend half a minute on drawing models
that nobody looks at. Here they are rendered once for all operations of an app.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class MakeTables(Operation):
    """New tables with all that belongs to them, from operations that say it step by step.

    Only for tables that do not exist: `operations` are `CreateModel`, and `AddField`,
    `AddConstraint` or `AddIndex` on these same models.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        """Keep the steps, after making sure that they only speak of new tables."""
        self.operations = list(operations)
        made = {one.name_lower for one in operations if isinstance(one, CreateModel)}
        for one in operations:
            if isinstance(one, CreateModel):
                continue
            if not isinstance(one, AddField | AddConstraint | AddIndex):
                raise TypeError(f"{one!r} does not make a table")
            if one.model_name.lower() not in made:
                raise ValueError(f"{one!r} speaks of a table that is not made here")

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return how a file of migrations writes this."""
        return (type(self).__name__, [self.operations], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Tell all steps, and let the models be rendered when somebody asks."""
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)
        for one in self.operations:
            one.state_forwards(app_label, state)

    def _models(self, app_label: str, state: ProjectState) -> list[Any]:
        names = [one.name for one in self.operations if isinstance(one, CreateModel)]
        return [state.apps.get_model(app_label, name) for name in names]

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,
    ) -> None:
        """Make each table as it is after the last step."""
        for model in self._models(app_label, to_state):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        """Drop the tables, the last one first."""
        for model in reversed(self._models(app_label, from_state)):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self) -> str:
        """Return one line for whoever runs the migrations."""
        count = sum(isinstance(one, CreateModel) for one in self.operations)
        return f"Make {count} tables"
