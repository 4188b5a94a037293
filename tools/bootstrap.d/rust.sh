# Rust: the compiler itself, the browser as its target, and the program that joins wasm and JavaScript.

# need_rust: stops when there is no cargo, or one older than Cargo.toml asks for.
need_rust() {
  local wanted found
  command -v cargo >/dev/null || give_up 'Rust is missing.' \
    'Install it as https://rustup.rs says, open a new terminal and start again.'
  wanted=$(sed -nE 's/^rust-version = "([0-9.]+)".*/\1/p' Cargo.toml)
  found=$(rustc --version | awk '{ print $2 }')
  if [[ $(printf '%s\n' "$wanted" "${found%%-*}" | sort -V | head -n 1) != "$wanted" ]]; then
    give_up "Rust $found is too old; $wanted or newer is needed." 'Run: rustup update stable'
  fi
}

need_wasm_target() {
  if [[ -d $(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib ]]; then return; fi
  heading 'Adding the wasm target to Rust: the interactive parts of pages are compiled for the browser'
  command -v rustup >/dev/null || give_up 'This Rust has no wasm32-unknown-unknown target and no rustup to add it.' \
    'Install Rust as https://rustup.rs says, or the package of your system for that target.'
  change rustup target add wasm32-unknown-unknown ||
    give_up 'The wasm target could not be added.' 'Is there a network? Try: rustup target add wasm32-unknown-unknown'
}

# need_wasm_bindgen: installs exactly the version that Cargo.lock names; any other refuses the file.
need_wasm_bindgen() {
  if wasm_bindgen >/dev/null; then return; fi
  local version
  version=$(locked_version wasm-bindgen)
  heading "Compiling wasm-bindgen $version: it joins the browser's wasm with JavaScript (2 to 4 minutes, once)"
  # Lightly optimised on purpose: it runs for a second, but compiles in a third of the time.
  change env CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
    cargo install --version "$version" --root "$tool_cache/wasm-bindgen-$version" \
    --bin wasm-bindgen wasm-bindgen-cli ||
    give_up 'wasm-bindgen could not be compiled.' \
      "Try by hand: cargo install --version $version wasm-bindgen-cli"
}
