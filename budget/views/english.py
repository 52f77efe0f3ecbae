"""English beside the names of a document, where English is spoken: the printed name first and whole, ours behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import ENGLISH, N_, current, tr
from budget.model.codes import codes_in_english, name_en
from budget.model.codes_english import GENERIC
from budget.model.disclosure import RowKind
from budget.model.matching import normalise

if TYPE_CHECKING:
    from budget.reading.rows import Row

BEHIND = " · "
"""What stands between the printed name and the English one."""
_CODED = frozenset({RowKind.CLASS.value, RowKind.SECTION.value, RowKind.ITEM.value})
_TERMS = frozenset(
    {
        N_("总计"),
        N_("合计"),
        N_("收入总计"),
        N_("支出总计"),
        N_("本年收入"),
        N_("一般公共预算拨款"),
        N_("一般财力"),
        N_("上级一般公共预算安排转移支付"),
        N_("政府性基金预算拨款"),
        N_("政府性基金收入"),
        N_("上级政府性基金安排转移支付"),
        N_("国有资本经营预算拨款"),
        N_("国有资本经营收入"),
        N_("上级国有资本经营预算安排转移支付"),
        N_("财政专户核拨"),
        N_("单位资金"),
        N_("事业收入"),
        N_("上级补助收入"),
        N_("附属单位上缴收入"),
        N_("事业单位经营收入"),
        N_("其他收入"),
        N_("上年结转结余"),
        N_("财政拨款结转"),
        N_("非财政拨款结转结余"),
        N_("财政拨款小计"),
        N_("一般公共预算"),
        N_("上级一般公共预算转移支付"),
        N_("政府性基金预算"),
        N_("上级政府性基金转移支付"),
        N_("国有资本经营预算"),
        N_("上级国有资本转移支付"),
        N_("财政专户"),
        N_("基本支出"),
        N_("项目支出"),
        N_("财政拨款（补助）"),
        N_("上年结转"),
        N_("人员经费"),
        N_("公用经费"),
        N_("项目支出合计"),
        N_("工资福利支出"),
        N_("商品和服务支出"),
        N_("对个人和家庭的补助"),
        N_("债务利息及费用支出"),
        N_("资本性支出(基本建设)"),
        N_("资本性支出"),
        N_("对企业补助(基本建设)"),
        N_("对企业补助"),
        N_("对社会保障基金补助"),
        N_("其他支出"),
        N_("因公出国（境）费"),
        N_("公务接待费"),
        N_("公务用车购置及运行费"),
        N_("公务用车购置费"),
        N_("公务用车运行费"),
        N_("财政拨款合计"),
        N_("财政拨款·人员经费"),
        N_("财政拨款·公用经费"),
        N_("财政拨款·项目支出"),
        N_("非财政拨款合计"),
        N_("非财政拨款·人员经费"),
        N_("非财政拨款·公用经费"),
        N_("非财政拨款·项目支出"),
        N_("财政拨款收入"),
        N_("一般公共预算资金"),
        N_("政府性基金"),
        N_("财政专户管理资金"),
        N_("机关运行经费"),
        N_("一般公共预算财政拨款收入"),
        N_("政府性基金预算财政拨款收入"),
        N_("国有资本经营预算财政拨款收入"),
        N_("经营收入"),
        N_("使用非财政拨款结余"),
        N_("年初结转和结余"),
        N_("上缴上级支出"),
        N_("经营支出"),
        N_("对附属单位补助支出"),
        N_("一般公共预算财政拨款"),
        N_("政府性基金预算财政拨款"),
        N_("国有资本经营预算财政拨款"),
        N_("年初财政拨款结转和结余"),
        N_("预算数"),
        N_("决算数"),
        N_("本年支出"),
        N_("年末结转和结余"),
    }
)
"""Names of totals, sources, items and kinds that have an English name: marked messages."""


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
    """The English of a line: of its code, else of its label; "" where there is none."""
    if kind in _CODED:
        return code_name(code) or capital(GENERIC.get(name, ""))
    return _term(name if kind == RowKind.GRAND_TOTAL else line_key.rpartition("/")[2])


def texts_in_english(wanted: str) -> frozenset[str]:
    """The codes, and the normalised names, whose English holds a normalised text."""
    terms = {**{name: capital(name_) for name, name_ in GENERIC.items()}, **{term: tr(term) for term in _TERMS}}
    named = {normalise(name) for name, said in terms.items() if wanted in normalise(said)}
    return frozenset(named | {code for code in codes_in_english() if wanted in normalise(code_name(code))})


def subject_english(code: str, name: str) -> str:
    """The English of what a text speaks of: of its code, else of the term that it is; else ""."""
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
    english = tr(name) if name in _TERMS else name
    return english if english != name else ""
