"""Chinese words and sentences of the terminal application; titles of views and statements come from `budget`."""

from __future__ import annotations

APP = "预算"
READING = "正在读取…"
NOT_YET = "还在读取，请稍候。"
NOTHING_READ = "没有可以浏览的资料。按 o 打开文件，按 q 退出。"
TOO_SMALL = "终端窗口太小，至少需要 {} 列 {} 行。\n放大窗口即可继续，按 q 退出。"
QUIT = "退出"
QUIT_HINT = "按 q 退出。"

COMPARED = "对比{}"
BASELINE = "对比"
FILTERED = "筛选“{}”"
SORTED = "按{}{}"
BY_SIZE = "幅度"
ORDER = {True: "降序", False: "升序"}

NEW, GONE = "新增", "取消"
HIDDEN_ROWS = "筛选隐藏了 {} 行。"

NO_AMOUNTS_HERE = "这一行没有与表中相同的金额。"
NOTHING_TO_ENTER = "这一行没有下一层。"
LAST_LEVEL = "已是最末级；按 p 看这里的项目。"
FILTER_GONE = "已取消筛选。"
OPENED = "已读入 {} 份。"
SOME_UNREAD = "{} 个文件没有读入，在资料库按 i 看原因。"
STOPPED = "已停止，读完 {} 个，还有 {} 个没有读。"
STOPPING = "正在停止…"
UNREAD = "{} 个文件未读入"
UNREAD_FILES = "没有读入的文件（{} 个）"
PROGRESS = "读入 {}/{} {} 未读入 {}  {}"
STOP_HINT = "z 停止"
BUSY = "正在读入；等它完成，或按 z 停止。"
NOT_READING = "没有正在读入的文件。"
AT_THE_TOP = "已在最上层。"
NO_ROW = "没有选中的行。"
NO_BASELINE = "没有同一单位上一年的资料；按 a 选择其他对比对象。"
NO_OTHER = "没有其他资料可以对比；按 o 打开一份。"
NO_NEIGHBOUR = {-1: "没有同一单位更早年份的资料。", 1: "没有同一单位更晚年份的资料。"}
IN_LIBRARY = "先在资料库中打开一份资料。"
NO_HISTORY = {-1: "没有更早的画面。", 1: "没有更后的画面。"}
COLUMN = "列：{}"
DIGITS = "数字：{}"
AT, AT_PAGE = "第{}行", "第{}页"
WHOLE_ROW, WHOLE_SAID, WHOLE_AMOUNTS = "这一行", "资料自己的说法", "金额"
NOTHING_SAID = "正文没有说到这一行。"
POSSIBLE = "可能的列：{}"
COPY_FILE = "复制的行.txt"
NO_HITS = "没有找到“{}”。"
HITS = "“{}”：{} {}/{}。n 下一处，r 上一处。"
HERE = "本表"
NO_CHANGES = "没有其他变化。"
COMPARE_FIRST = "没有查找，也没有对比。按 / 查找，按 c 对比。"
NOT_NEAR = "这一行不是按近似名称配对的。"
NO_SOURCE = "这一行没有原文位置。"
NO_TEXT = "这份资料没有保存原文。"
COPIED = "已复制，并写入 {}"
NOT_COPIED = "已尝试复制到剪贴板；文件 {} 写不了：{}。"
EXPORTED = "已导出 {} 行：{}"
OVERWRITE = "文件已存在，再按回车覆盖："
OPENING = "正在打开 {} …"
FAILED = "没有打开：{}"
CRASHED = "yusuan 遇到意外错误，已退出；资料库没有改动。错误记录：{}"

FIND_LABEL, FIND_HINT = "查找：", "编码 名称 拼音首字母 正文"
FILTER_LABEL, FILTER_HINT = "筛选：", "编码开头或名称"
OPEN_LABEL, OPEN_HINT = "打开：", "文件或文件夹"
EXPORT_LABEL, EXPORT_HINT = "导出到：", "Tab 换格式"

PICKER_PLACEHOLDER = "输入名称或拼音首字母缩小范围"
PICKER_FOOTER = "↑↓ 选择   回车 选定   Esc 取消"
READER_FOOTER = "↑↓ PgUp PgDn 翻看   退格 返回"
NOTHING_MATCHES = "没有符合的项"
CHOOSE_VIEW, CHOOSE_BASELINE, CHOOSE_SORT, CHOOSE_COMMAND = "视图与原表", "对比对象", "按哪一列排序", "命令"
NO_COMPARISON = "不对比"
OWN_ORDER = "原表顺序"
REPORT = "阅读报告"
MISSING = "（没有读到）"

HELP = "帮助"
HELP_MARKS = "标记"
MARKS = (
    ("123.45'", "已解出：原文空栏丢失，由算术确定了所在的列"),
    ("123.45~", "推断：有多种可能，按含义选了一列"),
    ("123.45?", "未定：不能确定在哪一列"),
    ("123.45=", "计算：不是印出的数"),
    ("123.45+", "重建：电子表格存的是浮点数，没有显示格式，小数位是推定的"),
    ("123.45^", "识别：从图像中认出的数字"),
    ("（空）", "没有公开，不是 0；印出的 0 显示为 0"),
    ("新增 取消", "对比年没有这一行；本年没有这一行"),
    ("名称 *", "这一行有说明，见下方"),
)
MARK_TOUCHED = "这一行与别处不能同时成立，见下方；按 ! 看全部"
MARK_NEAR = "与对比年名称相近的项目配成一对，按 x 拆开"
HELP_NOTE = "中文输入法开着时，？、《 》【】，。；等全角键同样有效。"

STATUS = {
    "printed": "原表所印",
    "solved": "已解出",
    "inferred": "推断",
    "ambiguous": "未定",
    "computed": "计算",
}
SEVERITY = {"info": "说明", "uncertain": "不确定", "lost": "未读到"}
PHASES = {"budget": "预算", "final_accounts": "决算"}
EDITIONS = {"department": "部门", "unit": "单位", "": ""}
YEAR_UNKNOWN = "年份不明"
BODY_UNKNOWN = "名称不明"

ALIAS, PHASE, FILE, TEXT = "别名  ", "阶段  ", "文件  ", "正文  "
FOUND, NOT_THERE, NOTICES, COLUMNS = "读到的表", "没有找到  ", "读取中的说明", "金额所在的列"
AMOUNTS = "{} 个金额"
LINES = "{} 行 {}"
PAGES = "{} 页 "
FROM_TO = "第 {} 行到第 {} 行"
PAGE, PAGES_FROM_TO = "第 {} 页", "第 {} 页到第 {} 页"
FORM, NO_FORM = "表式  ", "未识别表式，按标题和表头显示"
ORIGINS = {"reconstructed": "重建", "recognised": "识别"}
DIGITS_HEAD = "数字的来源"
AT_LINE = "第 {} 行："
LINE = "第 {} 行"
PAGE_MARK = "{}页 "
NOT_AUDITED = "勾稽没有完成：{}"
DISCREPANCIES = "不符 {}"
FINDING = "勾稽"
LEFT, RIGHT, DIFFERENCE, TOLERANCE, PLACES, RULE = "左边", "右边", "相差", "容差", "位置", "规则"
SAME_AMOUNT = "见于：{}"
SHARE_STATED, RATE_STATED, AGAINST_STATED = "占 {}%", "幅度 {}%", "比{}{}"
CHOOSE_PLACE = "这一行的数字见于"
NO_TERM = "这份资料没有名词解释。"
GLOSSARY = "名词解释"
