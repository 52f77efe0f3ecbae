"""Chinese words and sentences of the terminal application; titles of views and statements come from `budget`."""

from __future__ import annotations

from budget.i18n.language import N_

APP = N_("预算")
READING = N_("正在读取…")
NOT_YET = N_("还在读取，请稍候。")
SAMPLE = N_("示例数据，不是原文件")
SAMPLE_MARK = N_("示例")
SAMPLES_STAY = N_("示例资料不能移出或隐藏。")
OWN_IS_EMPTY = N_("自己的资料库还是空的；按 {open} 打开文件。")
IN_LIBRARY_ONLY = N_("先回到资料库，光标放在要移出或隐藏的一份上。")
REMOVE_LABEL, REMOVE_HINT = N_("移出 {}？"), N_("回车移出，Esc 不动；原文件不受影响")
REMOVED = N_("已移出 {}；退出前按 {bring_back} 恢复。")
NOTHING_REMOVED = N_("没有刚移出的资料。")
BROUGHT_BACK = N_("已放回 {}。")
HIDDEN = N_("已隐藏 {}；按 {flatten} 连隐藏的一起列。")
LISTED_AGAIN = N_("不再隐藏 {}。")
NOTHING_HIDDEN = N_("没有隐藏的资料；按 {hide} 隐藏光标所在的一份。")
WITH_HIDDEN = N_("含隐藏的")
UNREAD_MENU = N_("没有读入的文件")
READ_ALL_AGAIN, FORGET_ALL = N_("全部重新读取（{} 个）"), N_("全部不再提起（{} 个）")
READ_AGAIN, FORGET = N_("重新读取 {}"), N_("不再提起 {}")
ALL_READ = N_("没有未读入的文件。")
FORGOTTEN = N_("不再提起 {} 个文件。")
NOTHING_READ = N_("没有可以浏览的资料。按 {open} 打开文件，按 {quit} 退出。")
TOO_SMALL = N_("终端窗口太小，至少需要 {} 列 {} 行。\n放大窗口即可继续，按 {quit} 退出。")
QUIT = N_("退出")
QUIT_HINT = N_("按 {quit} 退出。")

COMPARED = N_("对比{}")
BASELINE = N_("对比 {}")
FILTERED = N_("筛选“{}”")
SORTED = N_("按{}{}")
BY_SIZE = N_("大小")
ORDER = {True: N_("降序"), False: N_("升序")}

PICTURE_COMPOSITION, PICTURE_STEPS, PICTURE_COURSE = N_("构成"), N_("增减"), N_("各年")
NO_PICTURE = N_("这一行没有可画的构成或各年数字。")
SOURCE = N_("原文")
PICTURE = N_("图")
TOO_NARROW = N_("窗口不到 {} 列，没有旁栏；按 {picture} 看图，按 {source} 看原文。")
NO_AREA = N_("另有 {} 项没有金额或是负数，不在图中。")
AXIS_CUT, UPRIGHT_CUT = N_("横轴不从 0 起：{} 处为 {}"), N_("纵轴不从 0 起：最低处为 {}")
NOT_PRINTED = N_("未列")

NEW, GONE, UNDISCLOSED = N_("新增"), N_("取消"), N_("未公开")
OWN_ONLY, OTHER_ONLY = N_("仅本单位"), N_("仅对方")
NOTE_OF = N_("* {}：{}")
COLUMNS_OF = N_("列的安排：{}")
COLUMN_HIDDEN, COLUMN_PINNED = N_("已隐藏"), N_("已固定")
NAME_STAYS = N_("名称不能隐藏，总是固定的；可以前移后移。")
COLUMN_STAYS = N_("这一列在名称的前面或旁边，总是固定的。")
COLUMN_ENDS = N_("不能再移：固定的列、金额、文字各排在一起。")
COLUMNS_LEFT_OUT = N_("隐藏{}列")
NO_COLUMNS = N_("这里没有可以安排的列。")
COLUMNS_NOT_KEPT = N_("列的安排没有存下来，退出前有效。")
COLUMNS_FOOTER = {
    "hide": N_("空格 隐藏"),
    "pin": N_("p 固定"),
    "earlier": N_("[ 前移"),
    "later": N_("] 后移"),
    "restore": N_("r 恢复"),
    "choose": N_("回车 确定"),
    "close": N_("Esc 放弃"),
    "": N_("↑↓ 选择"),
}
"""Action -> its key and word; what a narrow screen has no room for comes last."""
HIDDEN_ROWS = N_("筛选隐藏了 {} 行。")

NO_AMOUNTS_HERE = N_("这一行没有与表中相同的金额。")
NO_LEVELS = N_("这个视图没有类、款、项。")
NOTHING_TO_ENTER = N_("这一行没有下一层。")
LAST_LEVEL = N_("已是最末级；按 {jump_project} 看这里的项目。")
FILTER_GONE = N_("已取消筛选。")
MARKED_DOCUMENTS = N_("已标记 {} 份")
MARKS_GONE = N_("已取消标记。")
NOT_ADDED = N_("这里的行不能相加。")
OPENED = N_("已读入 {} 份。")
SOME_UNREAD = N_("{} 个文件没有读入，在资料库按 {report} 看原因。")
STOPPED = N_("已停止，读完 {} 个，还有 {} 个没有读。")
STOPPING = N_("正在停止…")
UNREAD = N_("{} 个文件未读入")
UNREAD_FILES = N_("没有读入的文件（{} 个）")
PROGRESS = N_("读入 {}/{} {} 未读入 {}  {}")
STOP_HINT = N_("{stop} 停止")
BUSY = N_("正在读入；等它完成，或按 {stop} 停止。")
SEARCH_STOPPED = N_("已停止查找文件。")
NOT_READING = N_("没有正在读入的文件。")
AT_THE_TOP = N_("已在最上层。")
NO_ROW = N_("没有选中的行。")
NO_BASELINE = N_("没有同一单位上一年的资料；按 {choose_baseline} 选择其他对比对象。")
NO_OTHER = N_("没有其他资料可以对比；按 {open} 打开一份。")
NO_NEIGHBOUR = {-1: N_("没有同一单位更早年份的资料。"), 1: N_("没有同一单位更晚年份的资料。")}
IN_LIBRARY = N_("先在资料库中打开一份资料。")
NO_HISTORY = {-1: N_("没有更早的画面。"), 1: N_("没有更后的画面。")}
COLUMN = N_("列：{}")
DIGITS = N_("数字：{}")
AT, AT_PAGE = N_("第{}行"), N_("第{}页")
FULL_ROW, ROW_IN_TEXT, ROW_AMOUNTS = N_("这一行"), N_("资料自己的说法"), N_("金额")
NOT_IN_TEXT = N_("正文没有说到这一行。")
POSSIBLE = N_("可能的列：{}")
COPY_FILE = N_("复制的行.txt")
NO_HITS = N_("没有找到“{}”。")
HITS = N_("“{}”：{} {}/{}。{next} 下一处，{previous} 上一处，{hits} 列出。")
HERE, DOCUMENT = N_("本表"), N_("资料")
CHOOSE_HIT = N_("查找结果")
NO_QUERY = N_("没有查找；按 {find} 查找。")
NO_CHANGES = N_("没有其他变化。")
COMPARE_FIRST = N_("没有查找，也没有对比。按 {find} 查找，按 {compare} 对比。")
NOT_NEAR = N_("这一行不是按近似名称配对的。")
NO_SOURCE = N_("这一行没有原文位置。")
NO_TEXT = N_("这份资料没有保存原文。")
COPIED = N_("已写入 {}；也送往终端的剪贴板。")
COPIED_TO_FILE = N_("已写入 {}；这个终端没有剪贴板可用。")
SENT_ONLY = N_("已送往终端的剪贴板；文件 {} 写不了：{}。")
NOT_COPIED = N_("没有复制：文件 {} 写不了：{}。")
NO_FORMAT = N_("不能导出 .{}，可用 {}；按 Tab 换格式。")
EXPORTED = N_("已导出 {} 行：{}")
EXPORTED_WITHOUT = N_("已导出 {} 行，不含隐藏的列（{}）：{}")
EXPORTED_PICTURE = N_("已画出：{}")
EXPORTED_OPINION = N_("已导出审查意见：{}")
EXPORTED_REPORT = N_("已导出核对报告，{} 项：{}")
OVERWRITE = N_("文件已存在，再按回车覆盖：")
OPENING = N_("正在打开 {} …")
FAILED = N_("没有打开：{}")
CRASHED = N_("yusuan 遇到意外错误，已退出；资料库没有改动。错误记录：{}")

FIND_LABEL, FIND_HINT = N_("查找："), N_("编码 名称 拼音首字母 正文")
FILTER_LABEL, FILTER_HINT = N_("筛选："), N_("编码开头或名称")
OPEN_LABEL, OPEN_HINT = N_("打开："), N_("文件或文件夹")
NOTE_LABEL, NOTE_HINT = N_("记录 {}："), N_("1待核 2属实 3不成立 4已反馈 5已整改 意见 #标签")
EXPORT_LABEL, EXPORT_HINT = N_("导出到："), N_("Tab 换格式")

PICKER_PLACEHOLDER = N_("输入名称或拼音首字母缩小范围")
PICKER_FOOTER = {"": N_("↑↓ 选择"), "choose": N_("回车 选定"), "close": N_("Esc 取消")}
"""Action -> its key and word."""
READER_FOOTER = {"": N_("↑↓ PgUp PgDn 翻看"), "close": N_("退格 返回")}
NOTHING_MATCHES = N_("没有符合的项")
CHOOSE_VIEW, CHOOSE_BASELINE, CHOOSE_SORT, CHOOSE_COMMAND = (
    N_("视图与原表"),
    N_("对比对象"),
    N_("按哪一列排序"),
    N_("命令"),
)
NO_COMPARISON = N_("不对比")
OWN_ORDER = N_("原表顺序")
REPORT = N_("阅读报告")
MISSING = N_("（没有读到）")

HELP = N_("帮助")
HELP_MARKS = N_("标记")
MARKS = (
    ("123.45'", N_("已解出：原文空栏丢失，由算术确定了所在的列")),
    ("123.45~", N_("推断：有多种可能，按含义选了一列")),
    ("123.45?", N_("未定：不能确定在哪一列")),
    ("123.45=", N_("计算：不是印出的数")),
    ("123.45+", N_("重建：电子表格没有记下小数位数，位数是推定的")),
    ("123.45^", N_("识别：从图像中认出的数字")),
    (N_("（空）"), N_("没有公开，不是 0；印出的 0 显示为 0")),
    (N_("新增 取消"), N_("对比年没有这一行；本年没有这一行")),
    (N_("仅本单位 仅对方"), N_("与另一单位对比：只有一方有这一行")),
    (N_("未公开"), N_("两份资料中只有一份印了这一项，不能算增减")),
    (N_("名称 *"), N_("这一行有说明，见下方")),
)
MARK_TOUCHED = N_("这一行与别处不能同时成立，见下方；按 {findings} 看全部")
MARK_NEAR = N_("与对比年名称相近的项目配成一对，按 {unpair} 拆开")
HELP_NOTE = N_("中文输入法开着时，？、《 》【】，。；等全角键同样有效。")

STATUS = {
    "printed": N_("原表所印"),
    "solved": N_("已解出"),
    "inferred": N_("推断"),
    "ambiguous": N_("未定"),
    "computed": N_("计算"),
}
SEVERITY = {"info": N_("说明"), "uncertain": N_("不确定"), "lost": N_("未读到")}
YEAR_UNKNOWN = N_("年份不明")

ALIAS, PHASE, FILE, TEXT = N_("别名  "), N_("阶段  "), N_("文件  "), N_("正文  ")
FOUND, NOT_THERE, NOTICES, COLUMNS = N_("读到的表"), N_("没有找到  "), N_("读取中的说明"), N_("金额所在的列")
AMOUNTS = N_("{} 个金额")
LINES = N_("{} 行 {}")
PAGES = N_("{} 页 ")
FROM_TO = N_("第 {} 行到第 {} 行")
PAGE, PAGES_FROM_TO = N_("第 {} 页"), N_("第 {} 页到第 {} 页")
ORIGINS = {"reconstructed": N_("重建"), "recognised": N_("识别")}
DIGITS_HEAD = N_("数字的来源")
AT_LINE = N_("第 {} 行：")
LINE = N_("第 {} 行")
PAGE_MARK = N_("{}页 ")
NOT_AUDITED = N_("勾稽没有完成：{}")
DISCREPANCIES = N_("不符{}项")
FINDING = N_("勾稽")
TOPIC_COUNT = N_("{0} {1} 项")
RULE = N_("规则")
TOLERATED = N_("允许相差 {}")
MORE_FIGURES = N_("另有 {} 处")
FIGURE_OF = N_("（{}/{}）")
BESIDE_FOOTER = {
    "": N_("↑↓ 翻看"),
    "other": N_("Tab 换一边"),
    "next": N_("n 下一处"),
    "show": N_("回车 到表中"),
    "close": N_("退格 返回"),
}
"""Action -> its key and word."""
SAME_AMOUNT = N_("见于：{}")
SHARE_STATED, RATE_STATED, AGAINST_STATED = N_("占 {}%"), N_("幅度 {}%"), N_("比{}{}")
CHOOSE_PLACE = N_("这一行的数字见于")
NO_TERM = N_("这份资料没有名词解释。")
GLOSSARY = N_("名词解释")
