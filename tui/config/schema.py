"""The settings of config.toml as a model: each with its description, strict types, nothing that is not known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from budget.i18n.language import N_
from tui.config.settings import ALLOWED, Settings

DEFAULTS = Settings()
NOT_ALLOWED, NOT_ABSOLUTE = "not_allowed", "not_absolute"
"""Types of errors of our own."""


def _listed(value: Any) -> Any:  # noqa: ANN401 - whatever the file has
    """One key is a list of one."""
    return [value] if isinstance(value, str) else value


class Config(BaseModel):
    """What config.toml may say; a setting that it does not name is a default."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    language: str = Field(DEFAULTS.language, description=N_("界面的语言：zh 中文，en 英文。"))
    theme: str = Field(DEFAULTS.theme, description=N_("配色：terminal 用终端自己的颜色，dark 深色，light 浅色。"))
    money_unit: str = Field(
        DEFAULTS.money_unit,
        description=N_("打开视图和导出时的金额单位：printed 按原表，其余为元、万元、亿元（也可写 yuan、wan、yi）。"),
    )
    glyphs: str = Field(
        DEFAULTS.glyphs, description=N_("画线和标记的字符：auto 按终端选择，blocks 方块，ascii 只用 ASCII。")
    )
    mouse: bool = Field(DEFAULTS.mouse, description=N_("接管鼠标；写 false 则把鼠标留给终端选取文字。"))
    encoding: str = Field(
        DEFAULTS.encoding,
        description=N_(
            "写入文件的 CSV 的编码：utf-8-sig 带标记，Excel 和 WPS 都认；gb18030 用于旧软件；utf-8 不带标记。"
        ),
    )
    export_folder: str = Field(
        DEFAULTS.export_folder,
        description=N_(
            "导出和复制的行写到哪个文件夹：完整路径，开头可用 ~；须已存在；"
            "空则导出到启动时的文件夹，复制的行写到资料库所在的文件夹。"
        ),
    )
    keys: dict[str, Annotated[list[str], BeforeValidator(_listed)]] = Field(
        default_factory=dict, description=N_("浏览时的按键：[keys] 下写“动作 = 键”或“动作 = [键, 键]”，取代原来的键。")
    )

    @field_validator(*ALLOWED)
    @classmethod
    def _known(cls, value: str, info: ValidationInfo) -> str:
        if value not in ALLOWED[info.field_name or ""]:
            raise PydanticCustomError(NOT_ALLOWED, "one of a few words")
        return value

    @field_validator("export_folder")
    @classmethod
    def _absolute(cls, value: str) -> str:
        if not value:
            return value
        try:
            path = Path(value).expanduser()
        except RuntimeError:  # ~ of nobody
            path = Path(value)
        if not path.is_absolute() or "\0" in value:
            raise PydanticCustomError(NOT_ABSOLUTE, "a whole path")
        return str(path)


def allowed_text(name: str) -> str:
    """The values that a setting may have, as they are written in the file: words, true and false, or none to name."""
    if name in ALLOWED:
        return " ".join(ALLOWED[name])
    return "true false" if isinstance(getattr(DEFAULTS, name), bool) else ""


def descriptions() -> dict[str, str]:
    """The marked description of each setting."""
    return {name: field.description or "" for name, field in Config.model_fields.items()}
