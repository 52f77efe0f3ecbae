"""The settings with their defaults, allowed values and descriptions.

On the way to the first paint: pydantic, which goes by the types of the fields, is left to `tui.config.schema`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from budget.i18n.language import N_
from tui.library.loaded import Options

Language = Literal["zh", "en"]
Theme = Literal["terminal", "dark", "light"]
Unit = Literal["printed", "元", "万元", "亿元", "yuan", "wan", "yi"]
Glyphs = Literal["auto", "blocks", "ascii"]
Memory = Literal["1G", "2G", "4G", "8G"]
Encoding = Literal["utf-8", "utf-8-sig", "gb18030"]
THEMES: tuple[str, ...] = get_args(Theme)
ENCODINGS: tuple[str, ...] = get_args(Encoding)
UNITS = {"元": "yuan", "万元": "wan", "亿元": "yi"}
"""The money units with the names that need no Chinese input method: both may be written."""
_UNIT_OF = {"printed": "", **{unit: unit for unit in UNITS}, **{name: unit for unit, name in UNITS.items()}}


def unit_of(written: str) -> str:
    """The money unit that a name means, "" for each view's own."""
    return _UNIT_OF[written]


@dataclass(frozen=True)
class Settings:
    """One value for each setting; the defaults are those of the program."""

    language: Language = "zh"
    theme: Theme = "terminal"
    money_unit: Unit = "printed"
    glyphs: Glyphs = "auto"
    mouse: bool = True
    encoding: Encoding = "utf-8-sig"
    export_folder: str = ""
    reading_memory: Memory = "1G"
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys by the ids of actions of the main screen, as Textual names them."""

    @property
    def unit(self) -> str:
        """The money unit of views; "" for each one's own."""
        return unit_of(self.money_unit)

    @property
    def memory(self) -> int:
        """The bytes that reading one document may take."""
        return int(self.reading_memory.removesuffix("G")) << 30

    def options(self, *, draws_ascii: bool) -> Options:
        """Return what the browser is started with.

        `draws_ascii` tells that bars and marks are drawn with ASCII, not with blocks.
        """
        return Options(
            ascii=draws_ascii,
            mouse=self.mouse,
            theme=self.theme,
            money_unit=self.unit,
            encoding=self.encoding,
            export_folder=Path(self.export_folder) if self.export_folder else None,
            keys=self.keys,
        )


DESCRIPTIONS = {
    "language": N_("界面的语言：zh 中文，en 英文。"),
    "theme": N_("配色：terminal 用终端自己的颜色，dark 深色，light 浅色。"),
    "money_unit": N_("打开视图和导出时的金额单位：printed 按原表，其余为元、万元、亿元（也可写 yuan、wan、yi）。"),
    "glyphs": N_("画线和标记的字符：auto 按终端选择，blocks 方块，ascii 只用 ASCII。"),
    "mouse": N_("接管鼠标；写 false 则把鼠标留给终端选取文字。"),
    "encoding": N_("写入文件的 CSV 的编码：utf-8-sig 带标记，Excel 和 WPS 都认；gb18030 用于旧软件；utf-8 不带标记。"),
    "export_folder": N_(
        "导出和复制的行写到哪个文件夹：完整路径，开头可用 ~；须已存在；"
        "空则导出到启动时的文件夹，复制的行写到资料库所在的文件夹。"
    ),
    "reading_memory": N_("读一份资料至多用多少内存（1G、2G、4G、8G）；很大的扫描件可能需要更多。"),
    "keys": N_("浏览时的按键：[keys] 下写“动作 = 键”或“动作 = [键, 键]”，取代原来的键。"),
}
"""The marked description of each setting."""
NAMES = tuple(DESCRIPTIONS)
IN_ENVIRONMENT = tuple(name for name in NAMES if name != "keys")
"""The settings that an environment variable may give."""
