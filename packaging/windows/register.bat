@echo off
rem Lets this account open .assessment files with the program in this folder by double click.
rem Writes below HKEY_CURRENT_USER only, so no administrator is needed; run it again after moving
rem the folder. unregister.bat takes everything away.
setlocal
set "CLASSES=HKCU\Software\Classes"
set "PROGRAM=%~dp0assessor-window.exe"
if not exist "%PROGRAM%" (
    echo assessor-window.exe is not in this folder: "%~dp0"
    exit /b 1
)
reg add "%CLASSES%\Assessor.Visit" /ve /t REG_SZ /d "Factory evaluation" /f >nul || goto failed
reg add "%CLASSES%\Assessor.Visit\DefaultIcon" /ve /t REG_SZ /d "\"%~dp0visit.ico\"" /f >nul || goto failed
reg add "%CLASSES%\Assessor.Visit\shell\open\command" /ve /t REG_SZ /d "\"%PROGRAM%\" \"%%1\"" /f >nul || goto failed
reg add "%CLASSES%\.assessment" /ve /t REG_SZ /d "Assessor.Visit" /f >nul || goto failed
reg add "%CLASSES%\.assessment\OpenWithProgids" /v "Assessor.Visit" /t REG_SZ /d "" /f >nul || goto failed
ie4uinit.exe -show >nul 2>nul
echo .assessment files now open by double click.
exit /b 0

:failed
echo The registry could not be written. Ask whoever manages this computer whether its policy forbids it.
exit /b 1
