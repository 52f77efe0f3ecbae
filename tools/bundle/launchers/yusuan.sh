#!/bin/sh
# 双击打开 yusuan：在 100x30 的终端窗口里运行；已经在终端里时直接运行。参数（文件、文件夹）原样交给程序。
# The first line of each sentence below is what the user reads; no bash, no Python, nothing but POSIX is needed.

here=$(dirname -- "$(readlink -f -- "$0")")
program=$here/yusuan
interpreter=$here/@INTERPRETER@
built_for=@MACHINE@
oldest_glibc=@GLIBC@
loader=@LOADER@
columns=100
rows=30

# Say a sentence where the user can read it: on the terminal, or in a window.
complain() {
    printf '%s\n' "yusuan：$1" >&2
    if [ ! -t 2 ]; then
        for dialog in zenity kdialog xmessage; do
            command -v "$dialog" >/dev/null 2>&1 || continue
            case $dialog in
                zenity) zenity --error --text="$1" ;;
                kdialog) kdialog --error "$1" ;;
                xmessage) xmessage "$1" ;;
            esac
            break
        done
    fi
}

# Whether version $1 is older than version $2.
older() {
    [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -t . -k 1,1n -k 2,2n | head -n 1)" = "$1" ]
}

check() {
    if [ ! -f "$interpreter" ]; then
        complain "找不到程序 $interpreter。请把整个文件夹解压或复制出来，再打开其中的 yusuan.sh。"
        return 1
    fi
    if [ "$(uname -m)" != "$built_for" ]; then
        complain "这是给 $built_for 处理器的程序，这台计算机是 $(uname -m)。请换用对应的文件夹。"
        return 1
    fi
    glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null)
    glibc=${glibc#glibc }
    if [ -n "$oldest_glibc" ] && [ -n "$glibc" ] && older "$glibc" "$oldest_glibc"; then
        complain "这台计算机的系统库 glibc 是 $glibc，程序需要 $oldest_glibc 或更新。请换用在旧系统上制作的文件夹，或用离线安装包。"
        return 1
    fi
}

# Whether the system's loader may map the program: not from a stick that is mounted noexec. (2: of another loader.)
mappable() {
    "$loader" --verify "$interpreter" >/dev/null 2>&1
    case $? in 0 | 2) return 0 ;; esac
    return 1
}

# A FAT stick lets no file be executable: the system's loader opens the interpreter then, and that its workers.
run() {
    if [ -x "$interpreter" ]; then
        sh "$program" "$@"
    elif mappable; then
        YUSUAN_LOADER=$loader sh "$program" "$@"
    else
        complain "这个磁盘（U 盘）上不允许运行程序。请把整个文件夹复制到主目录，再打开其中的 yusuan.sh。"
        return 1
    fi
}

# In the window that was opened for it: stay open where something went wrong, so that the sentence can be read.
run_and_wait() {
    run "$@"
    status=$?
    if [ "$status" -ne 0 ]; then
        printf '\n%s' "程序没有正常结束（退出状态 $status）。按回车键关闭窗口。"
        read -r _
    fi
    return "$status"
}

# How each terminal is told its size and what to run; each takes the rest of its arguments as the command.
open_in() {
    terminal=$1
    shift
    case $terminal in
        mate-terminal | xfce4-terminal) set -- "--geometry=${columns}x$rows" -x "$@" ;;
        gnome-terminal) set -- "--geometry=${columns}x$rows" -- "$@" ;;
        konsole) set -- -p "TerminalColumns=$columns" -p "TerminalRows=$rows" -e "$@" ;;
        xterm) set -- -geometry "${columns}x$rows" -e "$@" ;;
        *) set -- -e "$@" ;; # deepin-terminal knows no size in characters; others are asked as Debian's policy says
    esac
    exec "$terminal" "$@"
}

open_window() {
    # What the user or the system has chosen comes first; its wrapper stands for the terminal itself.
    chosen=$(readlink -f -- "$(command -v x-terminal-emulator)" 2>/dev/null)
    chosen=${chosen##*/}
    for terminal in "${chosen%.wrapper}" mate-terminal deepin-terminal gnome-terminal konsole xfce4-terminal xterm; do
        if [ -n "$terminal" ] && command -v "$terminal" >/dev/null 2>&1; then
            open_in "$terminal" /bin/sh "$here/yusuan.sh" --in-window "$@"
        fi
    done
    complain "没有找到终端程序。请打开终端，把 yusuan.sh 拖进去，按回车。"
    return 1
}

if [ "$1" = --in-window ]; then
    shift
    run_and_wait "$@"
elif ! check; then
    exit 1
elif [ -t 0 ] && [ -t 1 ]; then
    run "$@"
elif [ -n "$DISPLAY$WAYLAND_DISPLAY" ]; then
    open_window "$@"
else
    run "$@"
fi
