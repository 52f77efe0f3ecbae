"""The sentences for files that cannot be read, whatever their format."""

from __future__ import annotations

from budget.i18n.language import N_
from budget.model.disclosure import UnreadableDocumentError


class DamagedError(UnreadableDocumentError):
    """A file or a part of it is cut or damaged; where it is a part, the others can still be read."""


def damaged(name: str, part: str = "") -> DamagedError:
    """The sentence for a file that is cut or damaged; `part` names the place, in kept words where they are ours."""
    if not part:
        return DamagedError(N_("{}：文件不完整或已损坏，无法读取，请重新取得原文件后再打开。"), name)
    return DamagedError(N_("{}：文件不完整或已损坏（{}），无法读取，请重新取得原文件后再打开。"), name, part)


def too_large(name: str, what: str) -> UnreadableDocumentError:
    """The sentence for a file beyond a limit; `what` says which, in kept words."""
    return UnreadableDocumentError(N_("{}：{}，不像一份预算公开文件，为安全起见没有打开，请检查文件。"), name, what)


def encrypted(name: str) -> UnreadableDocumentError:
    """The sentence for a file with a password."""
    return UnreadableDocumentError(N_("{}：文件已加密，需要密码；请在原软件中去除密码后再打开。"), name)


def missing(name: str, component: str) -> UnreadableDocumentError:
    """The error for a file whose reader needs a missing component."""
    text = N_("{}：读取这种文件需要组件 {}，请先运行 pip install {}。")
    return UnreadableDocumentError(text, name, component, component)
