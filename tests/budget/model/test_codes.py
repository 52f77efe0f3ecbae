from __future__ import annotations

from budget.model import codes
from budget.model.codes import Kind


def test_level_parent_and_ancestors_follow_the_digits() -> None:
    assert [codes.level(code) for code in ("", "210", "21015", "2101502", "21", "总计")] == [0, 1, 2, 3, 0, 0]
    assert codes.parent("2101502") == "21015"
    assert codes.parent("210") == ""
    assert codes.ancestors("2101502") == ("210", "21015")
    assert codes.ancestors("") == ()


def test_names_come_from_the_classification_of_the_code() -> None:
    assert codes.kind_of("2101502") is Kind.FUNCTIONAL
    assert codes.kind_of("30201") is Kind.ECONOMIC
    assert codes.kind_of("50101") is None
    assert codes.name_zh("30201") == "办公费"
    assert codes.name_en("210") == "health"
    assert codes.name_zh("2999999") == ""


def test_every_section_and_item_stands_below_a_known_class() -> None:
    for table in (codes.FUNCTIONAL, codes.ECONOMIC):
        for code, (chinese, english) in table.items():
            assert codes.level(code)
            assert chinese
            assert english
            assert code[:3] in table


def test_all_thirty_classes_of_both_kinds_are_named() -> None:
    assert sum(len(code) == 3 for code in codes.FUNCTIONAL) == 30
    assert sum(len(code) == 3 for code in codes.ECONOMIC) == 10
