# Packages of the system: only Debian's apt, only with the right to install.

# as_root COMMAND...: runs a command as root, by sudo when it asks for no password.
as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"; else sudo -n "$@"; fi
}

# can_install: whether packages can be installed here without asking anyone.
can_install() {
  command -v apt-get >/dev/null || return 1
  [[ $EUID -eq 0 ]] || sudo -n true 2>/dev/null
}

package_lists_read=''

# install_packages NAME...: installs packages of the system, quietly and without questions.
install_packages() {
  if [[ -z $package_lists_read ]]; then
    change as_root apt-get -q -q update
    package_lists_read=yes
  fi
  change as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y -o Dpkg::Use-Pty=0 install --no-install-recommends "$@" </dev/null
}

# need_package COMMAND PACKAGE WHY: installs a package unless its command is there.
need_package() {
  local command=$1 package=$2 why=$3
  if command -v "$command" >/dev/null; then return; fi
  heading "Installing $package: $why"
  if ! can_install; then
    give_up "$command is missing and there is no right to install it." \
      "Run: sudo apt-get install $package" 'then start again.'
  fi
  install_packages "$package" ||
    give_up "$package could not be installed." "Install it by hand: sudo apt-get install $package"
}

need_c_compiler() {
  need_package cc build-essential 'cargo links with it, and the encryption library has parts in C'
}

need_load_generator() {
  need_package wrk wrk 'it sends the requests that the benches measure'
}
