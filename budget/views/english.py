"""English beside the names of a document, where English is spoken: the printed name first and whole, ours behind it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from budget.forms.catalogue import FORMS
from budget.i18n.language import ENGLISH, N_, current, tr
from budget.model.codes import name_en
from budget.model.codes_english import GENERIC
from budget.model.disclosure import RowKind

if TYPE_CHECKING:
    from budget.reading.rows import Row

BEHIND = " · "
"""What stands between the printed name and the English one."""
_CODED = frozenset({RowKind.CLASS.value, RowKind.SECTION.value, RowKind.ITEM.value})
_TOTALS = frozenset({N_("总计"), N_("合计"), N_("收入总计"), N_("支出总计")})


def spoken() -> bool:
    """Whether the language of the interface is English."""
    return current() == ENGLISH


def with_english(name: str, row: Row) -> str:
    """The name of a statement's row, followed by its English. Names that are not the row's own stay alone."""
    if not spoken() or row.project or name not in {row.name, row.label}:
        return name
    return beside(name, english_of(row.kind, row.code, row.name, row.line_key))


def beside(name: str, english: str) -> str:
    """A printed name and, where there is one, the English behind it."""
    return f"{name}{BEHIND}{english}" if english else name


def without_english(name: str) -> str:
    """The printed name alone."""
    return name.partition(BEHIND)[0] if spoken() else name


def english_of(kind: str, code: str, name: str, line_key: str = "") -> str:
    """The English of a line: of its code, else of its label in the form; "" where there is none."""
    if kind in _CODED:
        return code_name(code) or capital(GENERIC.get(name, ""))
    return _term(name if kind == RowKind.GRAND_TOTAL else line_key.rpartition("/")[2])


def subject_english(code: str, name: str) -> str:
    """The English of what a text speaks of: of its code, else of the term of the forms that it is; else ""."""
    return code_name(code) or _term(name)


def subject_named(code: str, name: str) -> str:
    """The printed subject of a text, in English followed by its translation."""
    return beside(name, subject_english(code, name)) if spoken() else name


def code_name(code: str) -> str:
    """The English name of a code as it stands alone: Health; "" where it has none."""
    return capital(name_en(code))


def capital(name: str) -> str:
    """A name with a capital first letter."""
    return name[:1].upper() + name[1:]


def _term(name: str) -> str:
    english = tr(name) if name in _terms() else name
    return english if english != name else ""


@cache
def _terms() -> frozenset[str]:
    """The names of totals and of the labelled lines and measures of all forms: marked messages, in no language."""
    statements = [statement for form in FORMS.values() for statement in form.statements]
    labels = {label.name for statement in statements for label in statement.labels}
    return _TOTALS | labels | {measure.title for statement in statements for measure in statement.measures}
