"""Write the generated parts of README and docs anew: `python3 tasks.py docs`; the pictures: `... screenshots`."""

from __future__ import annotations

import sys

from tools.docs import pages


def main(arguments: list[str]) -> int:
    """Write pages or pictures as asked, and name the changed files."""
    if arguments == ["screenshots"]:
        from tools.docs import pictures

        changed = pictures.write()
    elif not arguments:
        changed = pages.write()
    else:
        print("用法: python3 -m tools.docs [screenshots]")
        return 2
    print("\n".join([f"已更新 {path.relative_to(pages.ROOT).as_posix()}" for path in changed] or ["没有变化。"]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
