# A browser for the journeys of end2end/. Any Chromium will do; CHROMIUM names one elsewhere.

need_browser() {
  if find_chromium >/dev/null; then return; fi
  need_package chromium chromium 'the journeys of end2end/ run in a real browser (about 90 MB)'
}
