"""A real SMTP server for tests, told on its command line how to behave.

Its first line on standard output is its port (and the file of its certificate authority, with --tls); then
each mail it takes is a line of JSON, read by Python's own parser. It ends when its input does.
"""

import argparse
import asyncio
import email
import email.policy
import json
import logging
import ssl
import sys
import tempfile
import warnings

import trustme
from aiosmtpd.smtp import SMTP, AuthResult


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--login", help="user:password that must be given")
    parser.add_argument("--tls", choices=["upgrade", "start"], help="speak TLS, with a certificate for localhost")
    parser.add_argument("--refuse", help="a recipient there is not")
    parser.add_argument("--busy", action="store_true", help="take no mail now")
    parser.add_argument("--slow", action="store_true", help="never answer to a mail")
    parser.add_argument("--mute", action="store_true", help="never say a word")
    return parser.parse_args()


def say(text):
    print(text, flush=True)


class Box:
    """Does to mail what the options say."""

    def __init__(self, given):
        self.given = given

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address == self.given.refuse:
            return f"550 5.1.1 <{address}>: Recipient address rejected: User unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.given.slow:
            await asyncio.Event().wait()
        if self.given.busy:
            return "451 4.3.0 Try again later"
        say(json.dumps(read(server, session, envelope)))
        return "250 OK"


def read(server, session, envelope):
    """A mail as a mail program would read it."""
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    kinds = {part.get_content_type(): str(part["Content-Type"]) for part in mail.walk()}
    parts = {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}
    return {
        "from": envelope.mail_from,
        "to": envelope.rcpt_tos,
        "encrypted": server.transport.get_extra_info("sslcontext") is not None,
        "login": session.auth_data.login.decode() if session.auth_data else None,
        "headers": [[name, str(value)] for name, value in mail.items()],
        "kind": mail.get_content_type(),
        "order": [part.get_content_type() for part in mail.walk()],
        "text": parts.get("text/plain"),
        "html": parts.get("text/html"),
        "calendar": parts.get("text/calendar"),
        "calendar_kind": kinds.get("text/calendar"),
        "longest_line": max(map(len, envelope.original_content.split(b"\r\n"))),
    }


def authenticator(login):
    def check(server, session, envelope, mechanism, auth_data):
        given = f"{auth_data.login.decode()}:{auth_data.password.decode()}"
        if given == login:
            return AuthResult(success=True, auth_data=auth_data)
        return AuthResult(success=False, handled=False)

    return check


def certificates():
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    # What is written here is public, and gone with the machine's temporary files.
    with tempfile.NamedTemporaryFile(suffix=".pem", delete=False) as file:
        file.write(authority.cert_pem.bytes())
    return context, file.name


def protocol(given, context):
    if given.mute:
        return asyncio.Protocol()
    return SMTP(
        Box(given),
        hostname="mail.test",
        auth_required=given.login is not None,
        auth_require_tls=False,
        authenticator=authenticator(given.login) if given.login else None,
        tls_context=context if given.tls == "upgrade" else None,
        require_starttls=given.tls == "upgrade",
    )


async def main():
    given = options()
    context, authority = certificates() if given.tls else (None, "")
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: protocol(given, context), "127.0.0.1", 0, ssl=context if given.tls == "start" else None
    )
    say(f"{server.sockets[0].getsockname()[1]} {authority}")
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


# It is told to be careless, and clients that hang up are what tests are about.
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
asyncio.run(main())
