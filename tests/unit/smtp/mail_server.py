"""A real SMTP server (aiosmtpd) on 127.0.0.1 that reads each letter with Python's own parser.

    mail_server.py FOLDER CERTIFICATE KEY

prints {"plain": port, "starttls": port, "tls": port, "login": port}, writes each letter it takes to
FOLDER/<Message-ID up to the @>.json, and ends with its standard input. All but "plain" want user
and password; "login" takes nothing but AUTH LOGIN.
"""
import asyncio
import email
import email.policy
import email.utils
import json
import logging
import pathlib
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

USER = "imagify@example.com"
PASSWORD = "pass:w@rd/ é"


def authenticate(server, session, envelope, mechanism, data):
    """Knows one person."""
    known = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=isinstance(data, LoginPassword) and data == known, handled=False)


def described(server, session, envelope):
    """The letter as an independent reader sees it."""
    message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
    parts = list(message.walk())
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    lines = envelope.original_content.split(b"\r\n")
    return {
        "envelopeFrom": envelope.mail_from,
        "envelopeTo": envelope.rcpt_tos,
        "from": str(message["From"]),
        "to": str(message["To"]),
        "subject": str(message["Subject"]),
        "date": int(email.utils.parsedate_to_datetime(str(message["Date"])).timestamp()),
        "messageId": str(message["Message-ID"]),
        "autoSubmitted": str(message["Auto-Submitted"]),
        "contentType": message.get_content_type(),
        "headers": sorted(message.keys()),
        # On the way every line ends with CRLF.
        "text": text.get_content().replace("\r\n", "\n"),
        "html": html.get_content().replace("\r\n", "\n"),
        "defects": [str(d) for part in parts for d in part.defects],
        "longestLine": max(len(line) for line in lines),
        "tls": server.transport.get_extra_info("ssl_object") is not None,
        "user": USER if session.authenticated else "",
        "helo": session.host_name,
    }


class Keeper:
    """Takes every letter."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    async def handle_DATA(self, server, session, envelope):
        """Called with a whole letter."""
        letter = described(server, session, envelope)
        name = letter["messageId"].strip("<>").split("@")[0]
        (self.folder / f"{name}.json").write_text(json.dumps(letter))
        return "250 2.0.0 kept"


async def serve(folder, certificate, key):
    """Listens until standard input ends."""
    loop = asyncio.get_running_loop()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    common = {"hostname": "mail.example.com", "ident": "test", "loop": loop}
    wants = {"authenticator": authenticate, "auth_required": True}
    kinds = {
        "plain": ({}, None),
        "starttls": ({**wants, "tls_context": context, "require_starttls": True}, None),
        "tls": ({**wants, "auth_require_tls": False}, context),
        "login": ({**wants, "tls_context": context, "auth_exclude_mechanism": ["PLAIN"]}, None),
    }
    ports = {}
    for name, (options, implicit) in kinds.items():
        server = await loop.create_server(
            lambda options=options: SMTP(Keeper(folder), **common, **options),
            "127.0.0.1", 0, ssl=implicit)
        ports[name] = server.sockets[0].getsockname()[1]
    print(json.dumps(ports), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


# The tests provoke what it warns of.
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
asyncio.run(serve(*sys.argv[1:]))
