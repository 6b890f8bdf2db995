"""When each stage is due, and which are done."""

from wtforms import BooleanField, DateField
from wtforms.validators import Optional

from workshop.platform.conflicts import SharedForm
from workshop.secretariat.series.models import Stage


class StagesForm(SharedForm):
    """Two fields per stage, named after it: `report_due` and `report_done`."""


for _stage in Stage:
    setattr(StagesForm, f"{_stage.value}_due", DateField(_stage.label, [Optional()]))
    setattr(StagesForm, f"{_stage.value}_done", BooleanField(_stage.label))
