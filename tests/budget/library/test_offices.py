from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.library.frames import SCHEMAS
from budget.library.offices import may_be_of
from budget.model.bodies import office, same_body

NAMES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "江苏省", "江苏", "昌吉州", "昌吉回族自治州", "上海市普陀区", "普陀区", "某县人民政府"]),
    st.sampled_from(["人民检察院", "检察院", "卫计委", "卫生健康委员会", "农业局", "农业农村局", "委组织部", ""]),
    st.sampled_from(["", "（本级）", " 机关", "１"]),
)


@given(NAMES, NAMES)
def test_names_that_mean_one_body_have_one_office(name: str, other: str) -> None:
    if same_body(name, other):
        assert office(name) == office(other)


@pytest.mark.parametrize("missing", [None, ""])
@given(st.data())
def test_those_of_one_body_are_among_those_that_may_be(missing: str | None, data: st.DataObject) -> None:
    body = st.one_of(st.just(missing), NAMES)
    rows = data.draw(
        st.lists(st.tuples(body, st.one_of(st.none(), st.lists(NAMES, max_size=2))), min_size=1, max_size=8)
    )
    frame = pl.DataFrame(
        {"body": [name for name, _ in rows], "aliases": [others for _, others in rows]},
        schema={name: SCHEMAS["disclosures"][name] for name in ("body", "aliases")},
    ).with_row_index("row")
    own, aliases = data.draw(st.sampled_from(rows))
    names = [own or "", *(aliases or ())]
    expected = [
        number
        for number, (other, others) in enumerate(rows)
        if (other or "") == (own or "") or any(same_body(a, b) for a in names for b in (other or "", *(others or ())))
    ]
    found = may_be_of(frame, own or "", names)["row"].to_list()
    assert found == sorted(found)
    assert set(expected) <= set(found)
