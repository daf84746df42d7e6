@echo off
rem Drag budget files, or a folder of them, onto this file: the report opens in the browser.
rem Only ASCII in here: cmd.exe reads batch files in the code page of the machine, whatever that is.
setlocal DisableDelayedExpansion

if "%~1"=="" goto usage
gouji --version >nul 2>nul
if errorlevel 1 goto missing

rem Reports go to one folder, away from the filings, so that no later run takes a report for a filing.
set "OUT=%USERPROFILE%\gouji"
if not exist "%OUT%" mkdir "%OUT%"
set "REPORT=%OUT%\%~n1.html"
set "LIST=%OUT%\%~n1.csv"

set ARGS=
:next
if "%~1"=="" goto run
set ARGS=%ARGS% "%~f1"
shift
goto next

:run
gouji audit%ARGS% -o console -o "html=%REPORT%" -o "csv=%LIST%"
set "CODE=%ERRORLEVEL%"
if exist "%REPORT%" start "" "%REPORT%"
echo.
if exist "%REPORT%" echo Report: "%REPORT%"
if exist "%LIST%" echo List:   "%LIST%"
if not defined GOUJI_NO_PAUSE pause
exit /b %CODE%

:usage
echo Drag one or more budget files, or a folder, onto this file.
if not defined GOUJI_NO_PAUSE pause
exit /b 2

:missing
echo gouji was not found. Install Python 3.11 or later from python.org, with "Add python.exe to PATH"
echo ticked, and then run:  py -m pip install gouji
if not defined GOUJI_NO_PAUSE pause
exit /b 2
