"""The Chinese words of the source that are not messages: words that documents are read by, and some of our own.

A module that is not here has none; the names are those of its definitions at the top level.
"""

from __future__ import annotations

OF_DOCUMENTS = {
    # what documents print
    "budget/model/disclosure.py": "MoneyUnit",
    # the names of bodies
    "budget/model/bodies.py": """_PROVINCES _PEOPLES _LETTER _LEVELS _SHORT _RENAMED
        _ONLY_A_KIND _region_at _office""",
    "budget/reading/completeness.py": "_TABLE,_STOP _CHANGED",
    "budget/reading/spoken.py": "CONTENTS _FUNDS _ANY_FUND _NONE",
    "budget/reading/units.py": "_OF,_NOT_OF",
    "budget/reading/stated_changes.py": "LESS,EVEN _SIGNS DIRECTIONS",
    # the names of the classification, English beside them
    "budget/model/codes.py": "FUNCTIONAL ECONOMIC",
    "budget/model/codes_english.py": "GENERIC",
    # what the checks look for in a document
    "budget/checks/document.py": "_years",
    "budget/checks/targets.py": "_scale",
    "budget/checks/narrative/reasons.py": "_KINDS _UP _DOWN _LEVEL _as_printed _bare",
    "budget/checks/narrative/subjects.py": "_WORDS _HEADED",
    "budget/checks/narrative/completion.py": "_VERSIONS",
    "budget/checks/tables/conventions.py": "ITEMS",
    "budget/checks/projects.py": "_ITEM_WORDS",
    "budget/checks/tables/trees.py": "_ORDINALS",
    "budget/model/known.py": "ITEM_NAMES _THREE",
    "budget/checks/tables/empty_tables.py": "_NO_DATA",
    "budget/checks/years.py": "_staff",
    # what the views look for in one
    "budget/views/statements/drilled.py": "basic",
    "budget/views/row/mentions.py": "_SAME _CARRIED _RATES _is_about_total _compared",
    "budget/views/facts.py": "_UNIT_OF_MONEY",
    "budget/views/statements/flat.py": "NAMES",
    "budget/views/build.py": "_FOREIGN",
    "budget/views/projects/by_place.py": "project",
    "budget/views/text/repeats.py": "_THREE_PUBLIC",
    # what loaders look for in functions, and what they give back as the document would have printed it
    "loaders/formats/spreadsheet/number_format.py": "date_text _field",
    "loaders/tables/find.py": "_continuing",
    "loaders/lines/coordinates.py": "_paths _head",
    "loaders/titles.py": "meaning_of",
    "loaders/lines/plain.py": "_grid",
    "loaders/meaning/words.py": "stem",
    "loaders/tables/rows.py": "enumerator outline",
    "loaders/tables/statements.py": "_transposed_rows",
    "loaders/words/captions.py": "split_number",
    "loaders/lines/names.py": "_finish_labels _finish_coded",
    "loaders/narrative/changes_subjects.py": "subject",
    "loaders/narrative/changes_tokens.py": "_BASE _AGAINST _money _move _change direction",
    "loaders/headings.py": "_headings",
    "loaders/performance/blocks.py": "_apart",
    "loaders/performance/head.py": "read of_rows",
    "loaders/privacy/personal_data.py": "_SUFFIX _NOT_AMOUNT",
    "loaders/publisher.py": "_edition",
    "loaders/lines/sections.py": "_printed_number _may_be_title",
    "loaders/lines/two_sided.py": "_Reader",
}
"""Words of documents by module."""

OURS = {
    "budget/export/datapackage.py": {
        "FACTS": "Chinese terms beside the English ones, in whatever language",
        "_descriptor": "as above",
    },
    "budget/views/state.py": {"VIEWS": "what views show, for a table of the docs, which are Chinese"},
    "tui/actions.py": {"keys_markdown": "a table of the docs, which are Chinese"},
    "tui/cli/config.py": {"markdown": "a table of the docs, which are Chinese"},
    "tui/config/settings.py": {
        "UNITS": "what the user may type after --unit, beside its Latin name",
        "Unit": "as above",
    },
    "tui/terminal/probe.py": {"WIDE_SAMPLE": "measured in the terminal, seen by nobody"},
}
"""Words of our own that no catalogue needs, by module and definition, each with the reason."""
