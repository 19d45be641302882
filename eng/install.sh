# Sourced by ./run and ./test: what the machine lacks is installed, said with its reason; where that is not allowed, one sentence
# and exit code 2.

# A message and exit code 2.
refuse() { echo "$*" >&2; exit 2; }

# The SDK that global.json names, exactly: what the machine has, or Microsoft's in ~/.dotnet, where nobody needs to be root.
need_dotnet() {
    local own=${DOTNET_INSTALL_DIR:-$HOME/.dotnet} script version
    version=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$(dirname "${BASH_SOURCE[0]}")/../global.json")
    has_sdk() { "$1" --list-sdks 2>/dev/null | grep -qF "$version ["; }
    has_sdk dotnet && return
    if ! has_sdk "$own/dotnet"; then
        echo "Installing the .NET SDK $version into $own: this version builds the tower" >&2
        mkdir -p "$install_logs"
        script=$(mktemp)
        { curl -fsSL -m 60 https://dot.net/v1/dotnet-install.sh -o "$script" && bash "$script" --version "$version" --install-dir "$own" --no-path; } \
            >"$install_logs/install-dotnet.log" 2>&1 </dev/null || true
        rm -f "$script"
        has_sdk "$own/dotnet" ||
            refuse "The .NET SDK $version is missing and could not be installed (see $install_logs/install-dotnet.log): install it from https://dotnet.microsoft.com/download and start again."
    fi
    export DOTNET_ROOT="$own" PATH="$own:$PATH"
}

# need_package PACKAGE FILE WHY
need_package() {
    [ -e "$2" ] && return
    command -v apt-get >/dev/null || refuse "$1 is missing ($3): install it and start again."
    [ "$(id -u)" = 0 ] || refuse "$1 is missing ($3): run 'sudo apt-get install $1' and start again."
    echo "Installing $1 from Debian: $3" >&2
    export DEBIAN_FRONTEND=noninteractive
    mkdir -p "$install_logs"
    { apt-get install -y --no-install-recommends "$1" || { apt-get update && apt-get install -y --no-install-recommends "$1"; }; } \
        >"$install_logs/install-$1.log" 2>&1 </dev/null ||
        refuse "$1 could not be installed: see $install_logs/install-$1.log, install it yourself and start again."
}

need_postgresql() {
    for installed in /usr/lib/postgresql/*/bin/postgres; do [ -x "$installed" ] && [ "$(basename "$(dirname "$(dirname "$installed")")")" -ge 15 ] && return; done
    if [ "$(id -u)" = 0 ] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        # The package would make and start a cluster for the whole machine; ours lives in the data folder.
        mkdir -p /etc/postgresql-common
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    fi
    need_package postgresql-15 /usr/lib/postgresql/15/bin/postgres "the tower keeps its data in PostgreSQL"
}
