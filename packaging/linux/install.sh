#!/bin/sh
# Lets this person's desktop open .assessment files with the program in this folder.
#   ./install.sh             menu entry, file type and icons, for this account alone
#   ./install.sh --remove    takes them away again
# Needs no administrator and no network. Run it again after moving the folder.
set -eu

folder=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
kind=application/x-assessor-visit
picture=application-x-assessor-visit
icons=$data/icons/hicolor/scalable
entry=$data/applications/assessor.desktop
described=$data/mime/packages/assessor.xml

# Desktops without these programs look at the folders by themselves, at the latest after a new login.
refresh() {
    command -v update-mime-database >/dev/null && update-mime-database "$data/mime" || true
    command -v update-desktop-database >/dev/null &&
        update-desktop-database "$data/applications" || true
}

# A desktop without update-desktop-database learns of the program only this way.
prefer() {
    if command -v xdg-mime >/dev/null; then
        xdg-mime default assessor.desktop "$kind" || true
    elif command -v gio >/dev/null; then
        gio mime "$kind" assessor.desktop >/dev/null || true
    fi
}

remove() {
    rm -f "$entry" "$described" "$icons/apps/assessor.svg" "$icons/mimetypes/$picture.svg"
    refresh
    echo "已移除文件关联。 The association has been removed."
}

# Within the quotes of an Exec line four characters need a backslash, which the file's own rules
# double; a percent sign is doubled. What comes out is sed's replacement text, hence the last step.
quoted() {
    printf '%s' "$folder" | sed -e 's/[\\"`$]/\\\\&/g' -e 's/%/%%/g'
}

for_sed() {
    sed -e 's/[\\&|]/\\&/g'
}

install() {
    mkdir -p "$data/applications" "$data/mime/packages" "$icons/apps" "$icons/mimetypes"
    sed -e "/^Exec=/s|@FOLDER@|$(quoted | for_sed)|" \
        -e "s|@FOLDER@|$(printf '%s' "$folder" | sed -e 's/\\/\\\\/g' | for_sed)|" \
        "$folder/desktop/assessor.desktop" >"$entry"
    cp "$folder/desktop/assessor-mime.xml" "$described"
    cp "$folder/desktop/assessor.svg" "$icons/apps/assessor.svg"
    cp "$folder/desktop/visit.svg" "$icons/mimetypes/$picture.svg"
    refresh
    prefer
    echo "双击 .assessment 文件即可打开。 .assessment files now open by double click."
}

case ${1:-} in
--remove) remove ;;
"") install ;;
*)
    echo "用法 Usage: $0 [--remove]" >&2
    exit 2
    ;;
esac
