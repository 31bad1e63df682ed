"""A small TLS proxy before several web processes: each request goes to the next one.

As docs/operations.md asks of a real one: ``Host`` is passed on as it came, and what outsiders
say about themselves (``X-Forwarded-…``) is thrown away and said anew.
"""

import asyncio
import ssl
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import cycle

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

OURS = "127.0.0.2"
"""The address from which the proxy asks the web processes."""


def make_certificate(folder):
    """Write a certificate for localhost and its key into one file; return it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "localhost.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


class Proxy:
    """Listens with TLS; ``asked`` are the ports it passed requests to, in order."""

    def __init__(self, port, backends, certificate):
        self.port = port
        self.asked = []
        self._next = cycle(backends)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(10)

    def stop(self):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self):
        asyncio.set_event_loop(self._loop)
        start = asyncio.start_server(self._serve, "127.0.0.1", self.port, ssl=self._context)
        server = self._loop.run_until_complete(start)
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, reader, writer):
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            first, *lines = head[:-4].split(b"\r\n")
            length = next(
                (int(line[15:]) for line in lines if line.lower().startswith(b"content-length:")), 0
            )
            body = await reader.readexactly(length)
            kept = [
                line
                for line in lines
                if not line.lower().startswith((b"x-forwarded-", b"forwarded:", b"connection:"))
            ]
            said = [
                b"X-Forwarded-Proto: https",
                b"X-Forwarded-For: 203.0.113.9",
                b"Connection: close",
            ]
            await self._pass_on(b"\r\n".join([first, *kept, *said]) + b"\r\n\r\n" + body, writer)
        writer.close()

    async def _pass_on(self, request, writer):
        port = next(self._next)
        self.asked.append(port)
        answers, asks = await asyncio.open_connection("127.0.0.1", port, local_addr=(OURS, 0))
        asks.write(request)
        while block := await answers.read(65536):
            writer.write(block)
            await writer.drain()
        asks.close()
