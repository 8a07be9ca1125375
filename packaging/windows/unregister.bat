@echo off
rem Takes away what register.bat wrote for this account. The program and the visits stay.
setlocal
set "CLASSES=HKCU\Software\Classes"
reg delete "%CLASSES%\Assessor.Visit" /f >nul 2>nul
reg delete "%CLASSES%\.assessment\OpenWithProgids" /v "Assessor.Visit" /f >nul 2>nul
reg query "%CLASSES%\.assessment" /ve 2>nul | find "Assessor.Visit" >nul && reg delete "%CLASSES%\.assessment" /ve /f >nul 2>nul
ie4uinit.exe -show >nul 2>nul
echo The association has been removed.
exit /b 0
