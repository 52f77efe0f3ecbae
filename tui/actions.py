"""The one registry of what a key can do: bindings, footer, palette, help and the table in the docs come from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.binding import Binding

from budget.i18n.language import CHINESE, N_, tr, using

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COMMA = {",": "comma"}
"""Textual separates keys by commas."""


class Where(Enum):
    """The places in which keys mean something; the value is the heading in the help."""

    MAIN = N_("浏览")
    PICKER = N_("选单")
    READER = N_("正文、帮助与报告")
    PROMPT = N_("输入行")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a key can do; `action_<id>` of the screen does it, or the step `id` of the session."""

    id: str
    where: Where
    keys: tuple[str, ...]
    """As Textual names them, or the character itself; the first is shown; those in full width are not among them."""
    title: str
    description: str
    footer: str = ""
    """Short word in the footer; empty: not in the footer."""
    palette: bool = True
    """False for mere movements, which make no sense in a list of commands."""
    step: bool = False
    """True where the session does it: it needs nothing of the screen."""

    @property
    def binding(self) -> Binding:
        """The Textual binding; with priority, so that keys are answered in the order in which they are typed."""
        keys = ",".join(COMMA.get(key, key) for key in self.keys)
        return Binding(keys, f"step('{self.id}')" if self.step else self.id, self.title, show=False, priority=True)


def _main(id_: str, keys: str, title: str, description: str, footer: str = "", *, palette: bool = True) -> Action:
    return Action(id_, Where.MAIN, tuple(keys.split()), title, description, footer, palette)


def _step(id_: str, keys: str, title: str, description: str, footer: str = "") -> Action:
    return Action(id_, Where.MAIN, tuple(keys.split()), title, description, footer, step=True)


def _other(where: Where, id_: str, keys: str, title: str, description: str) -> Action:
    return Action(id_, where, tuple(keys.split()), title, description, palette=False)


ACTIONS: tuple[Action, ...] = (
    _main("cursor_down", "down j", N_("下一行"), N_("光标下移一行"), palette=False),
    _main("cursor_up", "up k", N_("上一行"), N_("光标上移一行"), palette=False),
    _main("page_down", "pagedown space", N_("下一页"), N_("光标下移一页"), palette=False),
    _main("page_up", "pageup", N_("上一页"), N_("光标上移一页"), palette=False),
    _main("first", "home", N_("首行"), N_("光标到第一行"), palette=False),
    _main("last", "end", N_("末行"), N_("光标到最后一行"), palette=False),
    _main("scroll_right", ". shift+right", N_("右移列"), N_("表比屏幕宽时，看右边的列"), palette=False),
    _main("scroll_left", ", shift+left", N_("左移列"), N_("看左边的列；编码列不动"), palette=False),
    _step(
        "enter",
        "enter right l",
        N_("展开"),
        N_("进入光标所在行：类 → 款 → 项 → 项目，或打开资料库中的一份"),
        N_("展开"),
    ),
    _step("leave", "backspace left h escape", N_("返回"), N_("回到上一层；最上层时回到资料库"), N_("返回")),
    _step("jump_basic", "b", N_("基本支出"), N_("同一位置的基本支出"), N_("基本")),
    _step("jump_project", "p", N_("项目支出"), N_("同一位置的项目支出"), N_("项目")),
    _step("jump_all", "v", N_("全部支出"), N_("同一位置的全部支出（基本和项目）")),
    _main("views", "m", N_("视图与原表"), N_("选择视图、口径、原表或阅读报告")),
    _step(
        "compare", "c", N_("对比"), N_("与同一单位上一年对比；再按取消；在资料库中打开光标所在的一份并对比"), N_("对比")
    ),
    _step("biggest", "d", N_("变化最大"), N_("对比时按增减大小排列，光标到变化最大的一行；再按恢复原表顺序")),
    _main("choose_baseline", "a", N_("选择对比对象"), N_("与任何一份已打开的资料对比")),
    _step("year_before", "[", N_("上一年"), N_("同一单位上一年的同一位置")),
    _step("year_after", "]", N_("下一年"), N_("同一单位下一年的同一位置")),
    _main("find", "/", N_("查找"), N_("按编码开头、名称或拼音首字母查找，不用输入法"), N_("查找")),
    _step("next", "n", N_("下一处"), N_("下一个查找结果；没有查找时，下一处变化")),
    _step("previous", "N r", N_("上一处"), N_("上一个查找结果；没有查找时，上一处变化")),
    _main("filter", "f", N_("筛选"), N_("只留编码以此开头或名称含此文字的行；清空即取消")),
    _main("sort", "s", N_("排序"), N_("选择排序的列；再选同一列则反向")),
    _step("unit", "u", N_("金额单位"), N_("原表单位与元、万元、亿元轮换")),
    _step("unpair", "x", N_("拆开近名对"), N_("光标所在行是按近似名称配对（≈）时，拆开；再按恢复")),
    _step("text", "w", N_("文本"), N_("全文中这一行所在处；在全文中看目录，在目录中回到全文")),
    _main("glossary", "g", N_("名词解释"), N_("资料自己对光标所在名词的解释；没有时列出它的全部名词")),
    _step("findings", "! 2", N_("勾稽"), N_("哪些数对不上、哪些没有核对；回车到数字所在处，退格回来")),
    _main("whole", "1", N_("这一行的全部"), N_("增减原因全文、项目依据、指标的规则和佐证、所有金额和列")),
    _main("source", "t", N_("正文"), N_("看这一行的数字在原文中的位置")),
    _main("export", "e", N_("导出"), N_("把当前视图的所有行写入 CSV、XLSX、JSON 或 Markdown 文件")),
    _main("copy", "y", N_("复制行"), N_("复制光标所在行，同时写入文件（终端没有剪贴板时用）")),
    _step("back", "< -", N_("后退"), N_("回到前一个画面")),
    _step("forward", "> =", N_("前进"), N_("到后一个画面")),
    _main("open", "o", N_("打开"), N_("读取一个文件或文件夹")),
    _main("stop", "z", N_("停止读入"), N_("停止读入文件夹；已经读入的留在资料库里")),
    _main("report", "i", N_("阅读报告"), N_("这份资料读到了什么、什么不确定、什么没读到")),
    _main("palette", "ctrl+p ; :", N_("命令"), N_("按名称或拼音首字母选择命令")),
    _main("help", "? f1", N_("帮助"), N_("所有按键和标记"), N_("帮助")),
    _main("quit", "q ctrl+q", N_("退出"), N_("离开")),
    _other(Where.PICKER, "down", "down", N_("下一项"), N_("移到下一项")),
    _other(Where.PICKER, "up", "up", N_("上一项"), N_("移到上一项")),
    _other(Where.PICKER, "page_down", "pagedown", N_("下一页"), N_("下移一页")),
    _other(Where.PICKER, "page_up", "pageup", N_("上一页"), N_("上移一页")),
    _other(Where.PICKER, "choose", "enter", N_("选定"), N_("选定光标所在的一项；输入文字可缩小范围")),
    _other(Where.PICKER, "close", "escape ctrl+p", N_("关闭"), N_("关闭，什么也不改；没有文字时退格键也行")),
    _other(Where.READER, "down", "down j", N_("下一行"), N_("下移一行")),
    _other(Where.READER, "up", "up k", N_("上一行"), N_("上移一行")),
    _other(Where.READER, "page_down", "pagedown space", N_("下一页"), N_("下移一页")),
    _other(Where.READER, "page_up", "pageup", N_("上一页"), N_("上移一页")),
    _other(Where.READER, "first", "home", N_("开头"), N_("到开头")),
    _other(Where.READER, "last", "end", N_("末尾"), N_("到末尾")),
    _other(Where.READER, "close", "q escape backspace left h enter t g ?", N_("关闭"), N_("回到表")),
    _other(Where.PROMPT, "submit", "enter", N_("确定"), N_("按所输入的执行")),
    _other(Where.PROMPT, "cancel", "escape", N_("放弃"), N_("放弃输入；没有文字时退格键也行")),
    _other(Where.PROMPT, "alternative", "tab", N_("换格式"), N_("导出时在 CSV、XLSX、JSON、Markdown 之间轮换")),
)

KEY_NAMES = {
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "enter": N_("回车"),
    "backspace": N_("退格"),
    "escape": "Esc",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "space": N_("空格"),
    "tab": "Tab",
    "f1": "F1",
    "ctrl+p": "Ctrl+P",
    "ctrl+q": "Ctrl+Q",
    "shift+left": "Shift+←",
    "shift+right": "Shift+→",
}
FOOTER_KEYS = {"enter": "right", "leave": "left"}
"""Keys that the footer shows instead of the first key of the action, by action id, where the action has them."""


class _Chosen:
    keys: Mapping[str, tuple[str, ...]] = {}


def use_keys(keys: Mapping[str, tuple[str, ...]]) -> None:
    """Choose keys for actions of the main screen by their ids; the other actions have those of the registry."""
    _Chosen.keys = keys


def actions(where: Where) -> tuple[Action, ...]:
    """Return the actions of one place with the keys that they have, in the order of the help."""
    own = _Chosen.keys if where is Where.MAIN else {}
    found = (action for action in ACTIONS if action.where is where)
    return tuple(replace(action, keys=own[action.id]) if action.id in own else action for action in found)


def bindings(where: Where) -> list[Binding]:
    """Return the Textual bindings of one place."""
    return [action.binding for action in actions(where) if action.keys]


def by_id(where: Where, id_: str) -> Action:
    """Return the action of one place that has this id."""
    return next(action for action in actions(where) if action.id == id_)


def titles_width(shown: Iterable[Action]) -> int:
    """Return the cells of a column that holds the titles of these actions, the gap behind it included."""
    return max(cell_len(tr(action.title)) for action in shown) + 2


def key_text(key: str) -> str:
    """Return a key as the help prints it: F2, Ctrl+S."""
    if key in KEY_NAMES or len(key) == 1:
        return tr(KEY_NAMES.get(key, key))
    return "+".join(tr(KEY_NAMES.get(part, part.capitalize())) for part in key.split("+"))


def hint(action: Action) -> str:
    """Return the one key that a sentence names: the first that needs no Shift, else how the action is to be had."""
    easy = [key for key in action.keys if not (len(key) == 1 and key.isupper())]
    found = next(iter([*easy, *action.keys]), None)
    return tr("命令“{}”").format(tr(action.title)) if found is None else key_text(found)


def hinted(message: str, *values: object) -> str:
    """Return a marked message with its values; its places {action id} are filled with keys of the main screen."""
    return tr(message).format(*values, **{action.id: hint(action) for action in actions(Where.MAIN)})


def keys_text(action: Action) -> str:
    """Return the keys of an action as the help prints them."""
    return " ".join(map(key_text, action.keys))


def footer_entries() -> tuple[tuple[str, str, str], ...]:
    """Return (action id, key, word) of the footer, in its order."""
    entries = []
    for action in actions(Where.MAIN):
        if action.footer and action.keys:
            special = FOOTER_KEYS.get(action.id)
            key = special if special in action.keys else action.keys[0]
            entries.append((action.id, key_text(key), tr(action.footer)))
    return tuple(entries)


def keys_markdown() -> str:
    """Return the table of all keys for the docs, as Markdown; the docs are Chinese whatever the interface speaks."""
    parts = []
    with using(CHINESE):
        for where in Where:
            named = where is Where.MAIN  # keys of one's own are given to these alone, by their names
            heads = ["键", "作用", "说明", *(["名称"] if named else [])]
            parts += [f"### {where.value}", "", _row(heads), _row("---" for _ in heads)]
            for action in ACTIONS:
                if action.where is where:
                    row = (_code(action), action.title, action.description)
                    parts.append(_row([*row, *([f"`{action.id}`"] if named else [])]))
            parts.append("")
    return "\n".join(parts)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _code(action: Action) -> str:
    return " ".join(f"`{key_text(key)}`" for key in action.keys)
