"""Registry of actions: their keys, titles and steps. Bindings, footer, palette, help and docs are made from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len

from budget.i18n.language import CHINESE, N_, tr, using
from tui.action import (
    Action,
    When,
    Where,
    beside_action,
    columns_action,
    main_action,
    move_action,
    picker_action,
    prompt_action,
    reader_action,
    session_action,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual.binding import Binding

ACTIONS: tuple[Action, ...] = (
    move_action("cursor_down", "down j", N_("下一行"), N_("光标下移一行"), lambda main: main.move(1), When.ALWAYS),
    move_action("cursor_up", "up k", N_("上一行"), N_("光标上移一行"), lambda main: main.move(-1), When.ALWAYS),
    move_action(
        "page_down", "pagedown ctrl+f", N_("下一页"), N_("光标下移一页"), lambda main: main.turn(1), When.ALWAYS
    ),
    move_action("page_up", "pageup", N_("上一页"), N_("光标上移一页"), lambda main: main.turn(-1), When.ALWAYS),
    move_action("first", "home", N_("首行"), N_("光标到第一行"), lambda main: main.first(), When.BROWSING),
    move_action("last", "end", N_("末行"), N_("光标到最后一行"), lambda main: main.last(), When.BROWSING),
    move_action(
        "scroll_right",
        ". shift+right",
        N_("右移列"),
        N_("表比屏幕宽时，看右边的列"),
        lambda main: main.scroll_side(1),
        When.BROWSING,
    ),
    move_action(
        "scroll_left",
        ", shift+left",
        N_("左移列"),
        N_("看左边的列；编码列不动"),
        lambda main: main.scroll_side(-1),
        When.BROWSING,
    ),
    main_action(
        "enter",
        "enter right l",
        N_("进入"),
        N_("进入光标所在行：类 → 款 → 项 → 项目，或打开资料库中的一份"),
        lambda main: main.enter(),
    ),
    session_action(
        "leave",
        "backspace left h escape",
        N_("返回"),
        N_("回到上一层；最上层时回到资料库"),
        lambda session: session.leave(),
    ),
    session_action("jump_basic", "b", N_("基本支出"), N_("同一位置的基本支出"), lambda session: session.jump("basic")),
    session_action(
        "jump_project",
        "p",
        N_("项目支出"),
        N_("同一位置的项目支出"),
        lambda session: session.jump("project"),
    ),
    session_action(
        "jump_all",
        "v",
        N_("全部支出"),
        N_("同一位置的全部支出（基本和项目）"),
        lambda session: session.jump("expenditure"),
    ),
    main_action(
        "views", "m", N_("视图与原表"), N_("选择视图、口径、原表或阅读报告"), lambda main: main.over.choose("views")
    ),
    session_action(
        "compare",
        "c",
        N_("对比"),
        N_("与同一单位上一年对比；再按取消；在资料库中打开光标所在的一份并对比"),
        lambda session: session.compare(),
    ),
    session_action(
        "biggest",
        "d",
        N_("变化最大"),
        N_("对比时按增减大小排列，光标到变化最大的一行；再按恢复原表顺序"),
        lambda session: session.biggest(),
    ),
    main_action(
        "choose_baseline",
        "a",
        N_("选择对比对象"),
        N_("与任何一份已打开的资料对比"),
        lambda main: main.over.choose("baselines"),
    ),
    session_action(
        "year_before", "[", N_("上一年"), N_("同一单位上一年的同一位置"), lambda session: session.neighbour(-1)
    ),
    session_action(
        "year_after", "]", N_("下一年"), N_("同一单位下一年的同一位置"), lambda session: session.neighbour(1)
    ),
    main_action(
        "find",
        "/",
        N_("查找"),
        N_("按编码开头、名称或拼音首字母查找，不用输入法"),
        lambda main: main.ask("find"),
    ),
    session_action(
        "next", "n", N_("下一处"), N_("下一个查找结果；没有查找时，下一处变化"), lambda session: session.next(1)
    ),
    session_action(
        "previous", "N r", N_("上一处"), N_("上一个查找结果；没有查找时，上一处变化"), lambda session: session.next(-1)
    ),
    main_action(
        "hits",
        "f4",
        N_("查找结果"),
        N_("列出查找到的各处，选一处"),
        lambda main: main.over.choose("hits"),
    ),
    main_action(
        "filter", "f", N_("筛选"), N_("只留编码以此开头或名称含此文字的行；清空即取消"), lambda main: main.ask("filter")
    ),
    main_action(
        "sort", "s", N_("排序"), N_("选择排序的列；再选同一列则反向"), lambda main: main.over.choose("columns")
    ),
    main_action(
        "columns",
        "w f2",
        N_("列的安排"),
        N_("这个视图的列：隐藏、固定在名称旁、前移后移；下次打开还是这样"),
        lambda main: main.over.arrange(),
    ),
    session_action(
        "flatten",
        "5",
        N_("全部项"),
        N_("所有的项排成一张表，配合对比可看项一级变化最大的；在资料库里连隐藏的一起列；再按恢复"),
        lambda session: session.flatten(),
    ),
    session_action(
        "open_in_place",
        "6 +",
        N_("就地展开"),
        N_("把下一级列在光标所在行的下面；再按收起"),
        lambda session: session.open_in_place(),
    ),
    session_action(
        "unit", "u", N_("金额单位"), N_("原表单位与元、万元、亿元轮换"), lambda session: session.next_unit()
    ),
    session_action(
        "mark",
        "space",
        N_("标记"),
        N_(
            "标记光标所在行，下面显示标记的合计、行数和占比；在资料库中标记资料，“各单位”只列标记的；再按取消，返回键全部取消"
        ),
        lambda session: session.mark(),
    ),
    session_action(
        "unpair",
        "x",
        N_("拆开近似配对"),
        N_("光标所在行是按近似名称配对（≈）时，拆开；再按恢复"),
        lambda session: session.unpair(),
    ),
    main_action(
        "glossary",
        "g",
        N_("名词解释"),
        N_("资料自己对光标所在名词的解释；没有时列出它的全部名词"),
        lambda main: main.over.explain(),
    ),
    session_action(
        "findings",
        "! 2",
        N_("勾稽"),
        N_("哪些数对不上、哪些没有核对；回车看两处原文，一致的也可以展开"),
        lambda session: session.show_findings(),
    ),
    session_action(
        "years",
        "7",
        N_("各年"),
        N_("这个单位各年的预算和决算并列"),
        lambda session: session.across("years"),
    ),
    session_action(
        "peers",
        "8",
        N_("各单位"),
        N_("同一年度的单位并列，有中位数和名次"),
        lambda session: session.across("peers"),
    ),
    session_action(
        "execution",
        "9",
        N_("执行"),
        N_("同一年度的预算与决算、执行率"),
        lambda session: session.across("execution"),
    ),
    session_action(
        "pivot",
        "0",
        N_("交叉表"),
        N_("任意两种分类交叉；回车看一行的数各印在哪里"),
        lambda session: session.across("pivot"),
    ),
    main_action(
        "whole",
        "1",
        N_("这一行的全部"),
        N_("增减原因全文、项目依据、指标的规则和佐证、所有金额和列"),
        lambda main: main.over.read("whole"),
    ),
    main_action(
        "picture",
        "3",
        N_("图"),
        N_("这一行的构成（对比时：增减从哪里来）和各年走势，占满屏幕"),
        lambda main: main.over.read("picture"),
    ),
    main_action(
        "next_side",
        "tab",
        N_("换栏"),
        N_("宽屏幕上：到表旁边的下一栏，↑↓ 翻看，回车占满屏幕"),
        lambda main: main.turn_to_side(),
        palette=False,
    ),
    main_action("sides", "4", N_("旁栏"), N_("宽屏幕上：收起表旁边的栏，再按恢复"), lambda main: main.toggle_sides()),
    session_action(
        "source",
        "t",
        N_("原文"),
        N_("全文中这一行所在处；在全文中看目录，在目录中回到全文"),
        lambda session: session.read_text(),
    ),
    main_action(
        "export",
        "e",
        N_("导出"),
        N_("按屏幕上的列把所有行写入 CSV、XLSX、JSON、Markdown，画成 SVG 图，或写出 Word 审查意见（DOCX）"),
        lambda main: main.ask("export"),
    ),
    main_action(
        "copy", "y", N_("复制行"), N_("复制光标所在行，同时写入文件（终端没有剪贴板时用）"), lambda main: main.copy()
    ),
    session_action("back", "< -", N_("后退"), N_("回到前一个画面"), lambda session: session.history(-1)),
    session_action("forward", "> =", N_("前进"), N_("到后一个画面"), lambda session: session.history(1)),
    main_action("open", "o", N_("打开"), N_("读取一个文件或文件夹"), lambda main: main.ask("open")),
    main_action(
        "stop",
        "z",
        N_("停止读入"),
        N_("停止读入文件夹；已经读入的留在资料库里"),
        lambda main: main.stop(),
        when=When.BROWSING,
    ),
    main_action(
        "remove",
        "delete",
        N_("移出资料库"),
        N_("把光标所在的一份移出资料库，先问一次；退出之前可以恢复"),
        lambda main: main.ask("remove"),
    ),
    session_action(
        "bring_back",
        "f6 ctrl+z",
        N_("恢复移出的"),
        N_("把刚移出资料库的一份放回去"),
        lambda session: session.bring_back(),
    ),
    session_action(
        "hide",
        "f7",
        N_("隐藏"),
        N_("资料库里不列光标所在的一份，也不拿它对比；再按恢复"),
        lambda session: session.hide(),
    ),
    main_action(
        "unread",
        "f5",
        N_("没有读入的文件"),
        N_("重新读取没有读入的文件，或不再提起"),
        lambda main: main.over.choose("unread"),
    ),
    main_action(
        "samples",
        "'",
        N_("示例资料"),
        N_("看示例资料；再按回到自己的资料库"),
        lambda main: main.over.other_library(),
    ),
    main_action(
        "report",
        "i",
        N_("阅读报告"),
        N_("这份资料读到了什么、什么不确定、什么没读到"),
        lambda main: main.over.read("report"),
    ),
    main_action(
        "note",
        "\\ #",
        N_("记录"),
        N_("给光标所在的行、核对结果或资料记下状态（待核、属实、不成立、已反馈、已整改）、意见和标签；清空即删除"),
        lambda main: main.ask("note"),
    ),
    session_action(
        "notes", "*", N_("审查记录"), N_("全部记录，可以筛选；回车到所记的地方"), lambda session: session.show_notes()
    ),
    session_action(
        "undo_note", "~", N_("撤销记录"), N_("撤销最近一次对记录的改动"), lambda session: session.undo_note()
    ),
    main_action(
        "palette", "ctrl+p ; :", N_("命令"), N_("按名称或拼音首字母选择命令"), lambda main: main.over.choose("commands")
    ),
    main_action(
        "help", "? f1", N_("帮助"), N_("所有按键和标记"), lambda main: main.over.read("help"), when=When.BROWSING
    ),
    main_action("quit", "q ctrl+q", N_("退出"), N_("离开"), lambda main: main.leave(), when=When.BROWSING),
    picker_action("down", "down", N_("下一项"), N_("移到下一项"), lambda picker: picker.move(1)),
    picker_action("up", "up", N_("上一项"), N_("移到上一项"), lambda picker: picker.move(-1)),
    picker_action("page_down", "pagedown", N_("下一页"), N_("下移一页"), lambda picker: picker.turn(1)),
    picker_action("page_up", "pageup", N_("上一页"), N_("上移一页"), lambda picker: picker.turn(-1)),
    picker_action(
        "choose", "enter", N_("选定"), N_("选定光标所在的一项；输入文字可缩小范围"), lambda picker: picker.choose()
    ),
    picker_action(
        "close",
        "escape ctrl+p",
        N_("关闭"),
        N_("关闭，什么也不改；没有文字时退格键也行"),
        lambda picker: picker.close(),
    ),
    reader_action("down", "down j", N_("下一行"), N_("下移一行"), lambda reader: reader.move(1)),
    reader_action("up", "up k", N_("上一行"), N_("上移一行"), lambda reader: reader.move(-1)),
    reader_action("page_down", "pagedown space", N_("下一页"), N_("下移一页"), lambda reader: reader.turn(1)),
    reader_action("page_up", "pageup", N_("上一页"), N_("上移一页"), lambda reader: reader.turn(-1)),
    reader_action("first", "home", N_("开头"), N_("到开头"), lambda reader: reader.first()),
    reader_action("last", "end", N_("末尾"), N_("到末尾"), lambda reader: reader.last()),
    reader_action(
        "close", "q escape backspace left h enter g ?", N_("关闭"), N_("回到表"), lambda reader: reader.close()
    ),
    beside_action("down", "down j", N_("下一行"), N_("下移一行"), lambda both: both.move(1)),
    beside_action("up", "up k", N_("上一行"), N_("上移一行"), lambda both: both.move(-1)),
    beside_action("page_down", "pagedown space", N_("下一页"), N_("下移一页"), lambda both: both.turn(1)),
    beside_action("page_up", "pageup", N_("上一页"), N_("上移一页"), lambda both: both.turn(-1)),
    beside_action("other", "tab right l", N_("换一边"), N_("在另一处原文中翻看"), lambda both: both.other()),
    beside_action("next", "n", N_("下一处"), N_("另一边换成下一个数"), lambda both: both.next()),
    beside_action("show", "enter", N_("到表中"), N_("到这个数所在的行；退格回到勾稽"), lambda both: both.show()),
    beside_action("close", "escape backspace left h q", N_("关闭"), N_("回到勾稽"), lambda both: both.close()),
    columns_action("down", "down j", N_("下一列"), N_("移到下一列"), lambda columns: columns.move(1)),
    columns_action("up", "up k", N_("上一列"), N_("移到上一列"), lambda columns: columns.move(-1)),
    columns_action("page_down", "pagedown", N_("下一页"), N_("下移一页"), lambda columns: columns.turn(1)),
    columns_action("page_up", "pageup", N_("上一页"), N_("上移一页"), lambda columns: columns.turn(-1)),
    columns_action("hide", "space x", N_("隐藏"), N_("不显示光标所在的列；再按恢复"), lambda columns: columns.hide()),
    columns_action(
        "pin", "p", N_("固定"), N_("光标所在的列留在名称旁边，右移时不动；再按恢复"), lambda columns: columns.pin()
    ),
    columns_action("earlier", "[ -", N_("前移"), N_("光标所在的列前移一位"), lambda columns: columns.shift(-1)),
    columns_action("later", "] =", N_("后移"), N_("光标所在的列后移一位"), lambda columns: columns.shift(1)),
    columns_action(
        "restore", "r", N_("恢复原样"), N_("所有的列恢复原来的次序和显示"), lambda columns: columns.restore()
    ),
    columns_action("choose", "enter", N_("确定"), N_("照此显示，并记住"), lambda columns: columns.choose()),
    columns_action(
        "close", "escape backspace q w f2", N_("放弃"), N_("关闭，什么也不改"), lambda columns: columns.close()
    ),
    prompt_action("submit", "enter", N_("确定"), N_("按所输入的执行"), lambda main: main.submit()),
    prompt_action("cancel", "escape", N_("放弃"), N_("放弃输入；没有文字时退格键也行"), lambda main: main.cancel()),
    prompt_action(
        "alternative",
        "tab",
        N_("换格式"),
        N_("导出时在 CSV、XLSX、JSON、Markdown、SVG、DOCX 之间轮换；记录时换状态"),
        lambda main: main.alternative(),
    ),
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
    "ctrl+f": "Ctrl+F",
    "ctrl+z": "Ctrl+Z",
    "delete": "Del",
    "shift+left": "Shift+←",
    "shift+right": "Shift+→",
}
FOOTER = {
    "enter": N_("进入"), "leave": N_("返回"), "jump_basic": N_("基本"),
    "jump_project": N_("项目"), "compare": N_("对比"), "find": N_("查找"),
    "help": N_("帮助"), "views": N_("视图"), "findings": N_("勾稽"),
    "source": N_("原文"), "biggest": N_("变化最大"), "export": N_("导出"),
    "picture": N_("图"), "filter": N_("筛选"), "sort": N_("排序"),
    "open": N_("打开"), "year_before": N_("上年"), "year_after": N_("下年"),
    "next_side": N_("换栏"), "jump_all": N_("全部"), "unit": N_("单位"),
    "columns": N_("列"), "whole": N_("详情"), "flatten": N_("全部项"), "open_in_place": N_("就地展开"),
    "copy": N_("复制"), "quit": N_("退出"),
}  # fmt: skip
"""Actions of the footer with their words, in order of use: as many as there is room for."""
LEAST_KEYS = 7
"""Actions of the footer that are shown however narrow it is."""
FOOTER_KEYS = {"enter": "right", "leave": "left"}
"""Keys that the footer shows instead of the first key of the action, by action id, where the action has them."""


class _Chosen:
    keys: Mapping[str, tuple[str, ...]] = {}


def use_keys(keys: Mapping[str, tuple[str, ...]]) -> None:
    """Choose keys for actions of the main screen by action id. The other actions keep those of the registry."""
    _Chosen.keys = keys


def actions(where: Where) -> tuple[Action, ...]:
    """Return the actions of one place in the order of the help. They have the keys that were chosen for them."""
    own = _Chosen.keys if where is Where.MAIN else {}
    found = (action for action in ACTIONS if action.where is where)
    return tuple(replace(action, keys=own[action.id]) if action.id in own else action for action in found)


def bindings(where: Where) -> list[Binding]:
    """Return the Textual bindings of one place."""
    return [action.binding for action in actions(where) if action.keys]


def by_id(where: Where, id_: str) -> Action:
    """Return the action of one place that has this id."""
    return next(action for action in actions(where) if action.id == id_)


def actions_by_id(*places: Where) -> dict[str, Action]:
    """Return the actions of places that one screen answers, by their ids."""
    return {action.id: action for action in ACTIONS if action.where in places}


def titles_width(listed: Iterable[Action]) -> int:
    """Return the width of a column for the titles of these actions. In cells, the gap behind the column included."""
    return max(cell_len(tr(action.title)) for action in listed) + 2


def key_text(key: str) -> str:
    """Return a key as the help prints it: F2, Ctrl+S."""
    if key in KEY_NAMES or len(key) == 1:
        return tr(KEY_NAMES.get(key, key))
    return "+".join(tr(KEY_NAMES.get(part, part.capitalize())) for part in key.split("+"))


def hint(action: Action) -> str:
    """Return the one key that a sentence names.

    That is the first that needs no Shift; without keys, how the palette calls the action.
    """
    easy = [key for key in action.keys if not (len(key) == 1 and key.isupper())]
    found = next(iter([*easy, *action.keys]), None)
    return tr("命令“{}”").format(tr(action.title)) if found is None else key_text(found)


def hinted(message: str, *values: object) -> str:
    """Return a translated message with its values and the keys it names.

    Its places {action id} are filled with keys of the main screen.
    """
    return tr(message).format(*values, **{action.id: hint(action) for action in actions(Where.MAIN)})


def keys_text(action: Action) -> str:
    """Return the keys of an action as the help prints them."""
    return " ".join(map(key_text, action.keys))


def footer_entries(
    width: int = 0, named: Callable[[str], str] = lambda key: key, gap: int = 2
) -> tuple[tuple[str, str, str], ...]:
    """Return (action id, key, word) of the footer in order of use.

    As many as this width (cells) holds; `named` gives a key as it is drawn.
    """
    known = {action.id: action for action in actions(Where.MAIN)}
    entries: list[tuple[str, str, str]] = []
    left = width
    for number, (id_, short) in enumerate(FOOTER.items()):
        action = known[id_]
        if not action.keys:
            continue
        special = FOOTER_KEYS.get(id_)
        key, word = named(key_text(special if special in action.keys else action.keys[0])), tr(short)
        left -= cell_len(key + word) + (1 if word.isascii() else 0) + (gap if entries else 0)
        if number >= LEAST_KEYS and left < 0:
            break
        entries.append((id_, key, word))
    return tuple(entries)


def keys_markdown() -> str:
    """Return the table of all keys for the docs, as Markdown; the docs are Chinese whatever the interface speaks."""
    lines = []
    with using(CHINESE):
        for where in Where:
            named = where is Where.MAIN  # keys of one's own are given to these alone, by their names
            titles = ["键", "作用", "说明", *(["名称"] if named else [])]
            lines += [f"### {where.value}", "", _row(titles), _row("---" for _ in titles)]
            for action in ACTIONS:
                if action.where is where:
                    row = (_code(action), action.title, action.description)
                    lines.append(_row([*row, *([f"`{action.id}`"] if named else [])]))
            lines.append("")
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _code(action: Action) -> str:
    return " ".join(f"`{key_text(key)}`" for key in action.keys)
