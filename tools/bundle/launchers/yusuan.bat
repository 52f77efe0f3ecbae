@echo off
rem Opens yusuan in a window of 100 x 30: in Windows Terminal where it is installed, else in the console.
rem Files dropped on it are opened. From a command prompt call yusuan.exe itself.
setlocal DisableDelayedExpansion
set "FOLDER=%~dp0"
if not exist "%FOLDER%yusuan.exe" goto missing
if defined WT_SESSION goto console
where /q wt.exe
if errorlevel 1 goto console
rem Windows Terminal takes a semicolon for the end of a command.
if not "%FOLDER:;=%"=="%FOLDER%" goto console
rem It keeps its window open by itself where a program ends with an error.
start "" wt.exe -d . "%FOLDER%yusuan.exe" %*
if not errorlevel 1 exit /b 0

:console
set "PAGE="
for /f "tokens=2 delims=:." %%P in ('chcp') do set "PAGE=%%P"
chcp 65001 >nul
title yusuan
if not defined WT_SESSION mode con: cols=100 lines=30
"%FOLDER%yusuan.exe" %*
set "STATUS=%ERRORLEVEL%"
if not "%STATUS%"=="0" pause
if defined PAGE chcp %PAGE% >nul
exit /b %STATUS%

:missing
chcp 65001 >nul
echo yusuan.exe 不在这个文件夹里。请先把压缩包全部解压（右键，全部解压缩），再双击其中的 yusuan.bat。
pause
exit /b 1
