# A real mail server for tests: aiosmtpd, in a Python environment of its own. trustme makes its certificates.

aiosmtpd_version=1.4.6
trustme_version=1.2.1

need_mail_server() {
  if mail_server_python >/dev/null; then return; fi
  local folder=$tool_cache/mail-server-$aiosmtpd_version
  heading "Installing aiosmtpd $aiosmtpd_version: tests send real mail to a real server on this machine (15 MB)"
  need_package python3 python3 'the mail server for tests is written in it'
  # Debian keeps what makes environments in a package of its own.
  if ! python3 -c 'import ensurepip' 2>/dev/null; then
    can_install || give_up 'Python cannot make environments here.' 'Run: sudo apt-get install python3-venv'
    install_packages python3-venv || give_up 'python3-venv could not be installed.'
  fi
  change rm -rf "$folder"
  change python3 -m venv "$folder" || give_up 'The Python environment could not be made.'
  change "$folder/bin/python" -m pip install --quiet --disable-pip-version-check \
    "aiosmtpd==$aiosmtpd_version" "trustme==$trustme_version" ||
    give_up 'aiosmtpd could not be installed.' "Is there a network? Try: pip install aiosmtpd==$aiosmtpd_version"
  if [[ -z $dry_run ]]; then touch "$folder/complete"; fi
}
