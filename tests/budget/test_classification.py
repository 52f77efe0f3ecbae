from __future__ import annotations

from budget import classification
from budget.classification import Kind


def test_level_parent_and_ancestors_follow_the_digits() -> None:
    assert [classification.level(code) for code in ("", "210", "21015", "2101502", "21", "总计")] == [0, 1, 2, 3, 0, 0]
    assert classification.parent("2101502") == "21015"
    assert classification.parent("210") == ""
    assert classification.ancestors("2101502") == ("210", "21015")
    assert classification.ancestors("") == ()


def test_names_come_from_the_classification_of_the_code() -> None:
    assert classification.kind_of("2101502") is Kind.FUNCTIONAL
    assert classification.kind_of("30201") is Kind.ECONOMIC
    assert classification.kind_of("50101") is None
    assert classification.name_zh("30201") == "办公费"
    assert classification.name_en("210") == "health"
    assert classification.name_zh("2999999") == ""


def test_every_section_and_item_stands_below_a_known_class() -> None:
    for table in (classification.FUNCTIONAL, classification.ECONOMIC):
        for code, (chinese, english) in table.items():
            assert classification.level(code)
            assert chinese
            assert english
            assert code[:3] in table


def test_all_thirty_classes_of_both_kinds_are_named() -> None:
    assert sum(len(code) == 3 for code in classification.FUNCTIONAL) == 30
    assert sum(len(code) == 3 for code in classification.ECONOMIC) == 10
