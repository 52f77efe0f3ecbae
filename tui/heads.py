"""Heads of columns: the English of a measure is longer than its Chinese, and a column is as wide as its head."""

from __future__ import annotations

from budget.i18n.language import ENGLISH, current

SHORT = {
    "Basic expenditure": "Basic",
    "Project expenditure": "Project",
    "Other expenditure": "Other exp.",
    "General public budget": "General",
    "General public transfers": "General transf.",
    "Government fund budget": "Gov. fund",
    "Fund transfers": "Fund transf.",
    "State capital budget": "State cap.",
    "State capital transfers": "Cap. transf.",
    "Fiscal appropriation": "Approp.",
    "Non-appropriation": "Non-approp.",
    "Appropriation": "Approp.",
    "Goods and services": "Goods/serv.",
    "Social security": "Soc. sec.",
    "Special account": "Spec. account",
    "(construction)": "(constr.)",
    "Enterprises": "Enterp.",
    "Direction": "Dir.",
    "carry-over": "c/o",
    "operating": "oper.",
    "personnel": "pers.",
    " change": " +/-",
}
"""What a head says in place of its words; the detail pane and exports have them whole."""


def head(title: str) -> str:
    """Return the head of a column with this title, in English with its long words shortened."""
    if current() == ENGLISH:
        for words, short in SHORT.items():
            title = title.replace(words, short)
    return title
