"""From printed words to coordinates, whatever the form.

Three small grammars over the vocabulary of `budget.vocabulary`.  `combine` gives the coordinates of an amount.
"""

from __future__ import annotations

from loaders.meaning.codes import StandardCode, standard_code
from loaders.meaning.column import column
from loaders.meaning.combine import Combined, Conflict, combine
from loaders.meaning.row import is_known, row
from loaders.meaning.title import is_split, title
from loaders.meaning.value import NOTHING, Meaning

__all__ = [
    "NOTHING",
    "Combined",
    "Conflict",
    "Meaning",
    "StandardCode",
    "column",
    "combine",
    "is_known",
    "is_split",
    "row",
    "standard_code",
    "title",
]
