#!/bin/sh
# A newcomer's machine: a bare Debian with python3, python3-venv and git, a clean clone, `./ikrar demo` and `./ikrar test`,
# once as root and once as an ordinary user. Needs root and debootstrap. Usage: scripts/bare.sh bookworm|trixie
#   KEEP=1        keep the root afterwards          ROOT=DIR       where to build it (default: a temporary folder)
#   MIRROR=URL    Debian mirror                     ONLY=demo      leave out the tests
#   LEND='DIR …'  folders that the pip settings name (local package indexes)
# This machine's pip, npm, apt and certificate settings are lent to the root while it exists; nothing of them is written
# into the checkout.
set -eu

suite=${1:?usage: scripts/bare.sh bookworm|trixie}
here=$(cd "$(dirname "$0")/.." && pwd)
root=${ROOT:-$(mktemp -d "/var/tmp/ikrar-bare-$suite-XXXXXX")}
mirror=${MIRROR:-http://deb.debian.org/debian}
lent=""

say() { printf '\n== %s\n' "$*"; }

give_back() {
  for place in $lent "$root/dev/pts" "$root/dev" "$root/proc"; do
    umount "$place" 2>/dev/null || umount -l "$place" 2>/dev/null || true
  done
  [ -n "${KEEP:-}" ] || rm -rf --one-file-system "$root"
}
trap give_back EXIT INT TERM

build_root() {
  chmod 755 "$root" 2>/dev/null || true # mktemp makes it ours alone; the root of a machine is everybody's
  [ -x "$root/usr/bin/python3" ] && return
  say "debootstrap $suite"
  debootstrap --variant=minbase --include=python3,python3-venv,git,ca-certificates "$suite" "$root" "$mirror" >"$root.log" 2>&1 ||
    { tail -20 "$root.log"; exit 1; }
  rm -f "$root.log"
}

# Settings by file, and the local folders that they name.
lend() {
  mkdir -p "$root/proc" "$root/dev" "$root/root/.config"
  mount -t proc proc "$root/proc"
  mount --bind /dev "$root/dev"
  [ -d /dev/pts ] && mount --bind /dev/pts "$root/dev/pts"
  cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
  for file in /etc/hosts /etc/pip.conf /etc/xdg/pip/pip.conf /etc/xdg/pip/constraints.txt /etc/ssl/certs/ca-certificates.crt; do
    [ -f "$file" ] && mkdir -p "$root$(dirname "$file")" && cp "$file" "$root$file"
  done
  find /etc/apt/apt.conf.d -name '99*' -exec cp {} "$root/etc/apt/apt.conf.d/" \;
  for folder in ${LEND:-}; do
    mkdir -p "$root$folder"
    mountpoint -q "$root$folder" || mount --bind -o ro "$folder" "$root$folder"
    lent="$root$folder $lent"
  done
}

# The same for one account: pip and npm look into its home.
lend_home() {
  mkdir -p "$root$1/.config"
  [ -d "$HOME/.config/pip" ] && cp -r "$HOME/.config/pip" "$root$1/.config/"
  [ -f "$HOME/.npmrc" ] && cp "$HOME/.npmrc" "$root$1/.npmrc"
  chroot "$root" chown -R "$2" "$1"
}

# Variables that package clients read; nothing else of this shell gets in.
settings() {
  env | grep -E '^(PIP_|UV_|npm_config_|NPM_CONFIG_|NODE_EXTRA|SSL_CERT|REQUESTS_CA|CURL_CA|GIT_SSL|[a-z]*_proxy|[A-Z]*_PROXY)' || true
}

inside() {
  account=$1
  place=$2
  shift 2
  settings | {
    set -- "$@"
    while IFS= read -r line; do set -- "$line" "$@"; done
    chroot "$root" setpriv --reuid="$account" --regid="$account" --init-groups \
      env -i HOME="$place" LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
  }
}

walk() {
  account=$1
  place=$2
  lend_home "$place" "$account"
  rm -rf "$root$place/ikrar"
  git clone -q --no-hardlinks "$here" "$root$place/ikrar"
  chroot "$root" chown -R "$account" "$place/ikrar"
  say "$suite, $account: ./ikrar demo, cold"
  inside "$account" "$place" sh -c "cd $place/ikrar && exec python3 scripts/first_page.py --port 8097"
  say "$suite, $account: ./ikrar demo, warm"
  inside "$account" "$place" sh -c "cd $place/ikrar && exec python3 scripts/first_page.py --port 8097"
  [ "${ONLY:-}" = demo ] && return
  say "$suite, $account: ./ikrar test"
  inside "$account" "$place" sh -c "cd $place/ikrar && exec ./ikrar test"
}

build_root
lend
chroot "$root" sh -c 'id tester >/dev/null 2>&1 || useradd --create-home tester'
walk root /root
walk tester /home/tester
say "$suite: both accounts went through"
