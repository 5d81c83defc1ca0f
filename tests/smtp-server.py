#!/usr/bin/python3
"""A throw-away SMTP server for the tests: STARTTLS and AUTH are required, nothing leaves the machine.

    smtp-server.py DIRECTORY CERTIFICATE KEY     (user and password: SMTP_USER, SMTP_PASSWORD)

Writes the port it chose to DIRECTORY/port. Each message becomes DIRECTORY/NNNNNN.eml, the envelope in its first
lines (X-Envelope-From, X-Envelope-To). What happens to a message is said by DIRECTORY/control/RECIPIENT, or else by
DIRECTORY/control/all, or else it is accepted. A file a recipient, so that tests running at once do not meet:

    accept   stored, 250
    451      refused for now, not stored
    550      refused for good, not stored
    drop     stored, then the connection is cut before the 250, as when a server dies at the worst moment
    cut      the connection is cut in the middle of DATA, not stored
    hang     no answer for a minute, not stored
    slow     stored after a while, 250

Several words are several messages one after the other; the last one goes on for ever, unless a comma ends it.
"""

import asyncio
import os
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

directory, certificate, key = map(pathlib.Path, sys.argv[1:4])
control = directory / "control"
account = LoginPassword(os.environ["SMTP_USER"].encode(), os.environ["SMTP_PASSWORD"].encode())


class Inbox:
    def __init__(self):
        self.received = 0

    async def handle_DATA(self, server, session, envelope):
        mode = self.mode(envelope.rcpt_tos)
        if mode == "451":
            return "451 4.3.0 Try again later"
        if mode == "550":
            return "550 5.7.1 Refused"
        if mode == "cut":
            server.transport.abort()
            return "250 2.0.0 Stored"
        if mode == "hang":
            await asyncio.sleep(60)
            return "451 4.4.2 Too late"
        if mode == "slow":
            await asyncio.sleep(0.3)
        self.store(envelope)
        if mode == "drop":
            server.transport.abort()
        return "250 2.0.0 Stored"

    @staticmethod
    def mode(recipients):
        for name in [*recipients, "all"]:
            file = control / name.replace("/", "_")
            if file.exists():
                now, *then = file.read_text().split() or ["accept"]
                if then:
                    file.write_text("\n".join(then))
                elif "," in now:
                    file.unlink()
                return now.rstrip(",")
        return "accept"

    def store(self, envelope):
        self.received += 1
        head = [f"X-Envelope-From: {envelope.mail_from}"]
        head += [f"X-Envelope-To: {recipient}" for recipient in envelope.rcpt_tos]
        unfinished = directory / f"{self.received:06}.part"
        unfinished.write_bytes("".join(line + "\r\n" for line in head).encode() + envelope.original_content)
        unfinished.rename(unfinished.with_suffix(".eml"))


def authenticate(server, session, envelope, mechanism, given):
    # handled=False: aiosmtpd sends the answer, 235 or 535
    return AuthResult(success=given == account, handled=False)


async def main():
    control.mkdir(parents=True, exist_ok=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    inbox = Inbox()
    listener = await asyncio.get_running_loop().create_server(
        lambda: SMTP(
            inbox,
            hostname="smtp.test",
            tls_context=tls,
            require_starttls=True,
            authenticator=authenticate,
            auth_required=True,
            enable_SMTPUTF8=True,
        ),
        host="127.0.0.1",
        port=0,
    )
    unfinished = directory / "port.part"
    unfinished.write_text(str(listener.sockets[0].getsockname()[1]))
    unfinished.rename(directory / "port")
    await listener.serve_forever()


asyncio.run(main())
