# Node and the packages of package.json: style sheets, the size of the wasm, journeys in a browser.

need_node() {
  command -v node >/dev/null || give_up 'Node is missing.' 'Install Node 20 or newer, then start again.'
  command -v npm >/dev/null || give_up 'npm is missing.' 'It comes with Node; on Debian: sudo apt-get install npm'
  local version
  version=$(node --version)
  version=${version#v}
  if ((${version%%.*} < 20)); then give_up "Node $version is too old; 20 or newer is needed."; fi
}

# need_npm_packages: installs what package-lock.json names, when that file has changed since the last time.
need_npm_packages() {
  local mark=node_modules/.installed-from
  if [[ -f $mark ]] && cmp -s package-lock.json "$mark"; then return; fi
  heading 'Installing npm packages: style sheets, wasm size, typefaces, journeys (about 160 MB, in node_modules)'
  # No package's own code runs while it is installed.
  change npm ci --ignore-scripts --no-audit --no-fund ||
    give_up 'The npm packages could not be installed.' 'Is there a network? Try: npm ci --ignore-scripts'
  change cp package-lock.json "$mark"
}
