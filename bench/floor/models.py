"""The one row of the floor."""

from django.db import models


class FloorRow(models.Model):
    """A row about as large as an attendance, with as many indexes."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    name = models.CharField(max_length=40)
    state = models.CharField(max_length=10)

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.name
