"""What was lost in a document is told with its place, so that two sentences alike are two places."""

from __future__ import annotations

from budget.library.frames import frames
from budget.model.disclosure import Notice, Passage, ReadingReport, Severity
from tests.support.builders import forest
from tui.cli.lost import lost

UNREAD = "有一处占比或增减未能读出，请看原文。"


def test_each_loss_is_told_with_file_page_and_line() -> None:
    document = forest(2025)
    notices = (
        Notice.of(Severity.LOST, UNREAD, line=559),
        Notice.of(Severity.LOST, UNREAD, line=566),
        Notice.of(Severity.LOST, "没有找到 {} 张表：{}。", 1, "项目支出表"),
        Notice.of(Severity.UNCERTAIN, "没有找到预算年度。"),
    )
    spoken = (Passage(559, 24, "", "占5.00%。"), Passage(566, None, "", "占6.00%。"))
    held = frames([document._replace(report=ReadingReport(notices=notices), passages=spoken)])
    name = document.head.source_name
    told = [
        f"{name} 第24页 第559行：{UNREAD}",
        f"{name} 第566行：{UNREAD}",
        f"{name}：没有找到 1 张表：项目支出表。",
    ]
    assert list(lost(held)) == told
