# What people see: headings with the time that has passed, and the last words before giving up.

started_at=${SERVICEHUB_STARTED_AT:-$SECONDS}

bold='' faint='' red='' plain=''
if [[ -t 1 ]]; then
  bold=$'\e[1m' faint=$'\e[2m' red=$'\e[31m' plain=$'\e[0m'
fi

# elapsed: the time since the script began, as m:ss.
elapsed() {
  local seconds=$((SECONDS - started_at))
  printf '%d:%02d' $((seconds / 60)) $((seconds % 60))
}

# heading TEXT: a new part of the work begins.
heading() {
  printf '\n%s== %s%s %s[%s]%s\n' "$bold" "$*" "$plain" "$faint" "$(elapsed)" "$plain"
}

# say TEXT: one line on what is being done and why.
say() {
  printf '   %s\n' "$*"
}

# give_up TEXT...: stop with a message that says what to do; one argument is one line.
give_up() {
  printf '\n%sstopped:%s %s\n' "$red" "$plain" "$1" >&2
  shift
  local line
  for line in "$@"; do printf '         %s\n' "$line" >&2; done
  exit 1
}
