"""The catalogue of forms, and what a form calls its statements and measures.

A form is data (`form_*.py`): a new one needs a value of `Form` and its place in FORMS, nothing else.  The identities
between figures stand in `budget/forms/identities.py`.
"""

from __future__ import annotations

from budget.forms.final_accounts import FINAL_ACCOUNTS
from budget.forms.form import Form, Label, Measure, Shape, StatementForm
from budget.forms.shanghai import SHANGHAI
from budget.forms.xinjiang import XINJIANG
from budget.i18n.language import tr

__all__ = ["FORMS", "UNKNOWN", "XINJIANG", "Form", "Label", "Measure", "Shape", "StatementForm"]

FORMS: dict[str, Form] = {form.id: form for form in (XINJIANG, SHANGHAI, FINAL_ACCOUNTS)}
"""The known forms by their ids."""

UNKNOWN = "unknown"
"""Id of the form of a document whose tables are those of none: shown by what its titles and headers say."""

OTHER = "other_"
"""What the id of a statement begins with that no form knows; a number follows."""


def statement_form(form: str, statement: str) -> StatementForm | None:
    """The statement in this form; where the form is unknown or lacks it, in the first form that has it."""
    own = FORMS.get(form)
    found = own.statement(statement) if own else None
    return found or next((known for each in FORMS.values() if (known := each.statement(statement))), None)


def measure_words(statement: str, measure: str, form: str = "") -> str:
    """What the screen calls a measure: `measure_title` in the language of the interface, a printed header as it is."""
    title = measure_title(statement, measure, form)
    return tr(title) if title != measure else measure


def measure_title(statement: str, measure: str, form: str = "") -> str:
    """Chinese column title of a measure, the short one where there is one.

    A column that no form knows has its printed header as its id, which is then the title.
    """
    for each in (FORMS.get(form), *FORMS.values()):
        known = each.statement(statement) if each else None
        for column in known.measures if known else ():
            if column.id == measure:
                return column.short or column.title
    return measure
