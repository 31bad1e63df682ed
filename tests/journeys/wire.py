"""The wire between a browser and the product: it can be cut, and it can lose an answer."""

import socket
import threading


class Wire:
    """A port of its own that passes bytes on to the product's port, while it is ``up``.

    ``on_answer``: called once with the head of a request and the whole answer of the server, which
    is then not passed on: the server has done its work and the browser never hears of it.
    """

    def __init__(self, target):
        self.target = target
        self.server = None
        self.port = 0
        self.lose = None
        self.on_answer = None

    @property
    def address(self):
        return f"http://localhost:{self.port}"

    def up(self):
        """Take connections on the same port as before."""
        self.server = socket.create_server(("127.0.0.1", self.port), reuse_port=True)
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._serve, args=(self.server,), daemon=True).start()
        return self

    def cut(self):
        """Refuse every connection from now on."""
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()

    def lose_answer(self, request_has, then):
        """Lose the answer to the next request whose bytes hold ``request_has``; call ``then``."""
        self.lose, self.on_answer = request_has, then

    def _serve(self, server):
        while True:
            try:
                browser, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=self._pass, args=(browser,), daemon=True).start()

    def _pass(self, browser):
        """Pass one request and its answer; every connection ends after it."""
        with browser:
            request = self._read_request(browser)
            if not request:
                return
            try:
                answer = self._ask(request)
            except OSError:
                return
            if self.lose and self.lose in request:
                self.lose = None
                self.on_answer()
                return
            browser.sendall(answer)

    @staticmethod
    def _read_request(browser):
        found = b""
        while b"\r\n\r\n" not in found:
            part = browser.recv(65536)
            if not part:
                return b""
            found += part
        head, _, body = found.partition(b"\r\n\r\n")
        length = next(
            (int(line.split(b":")[1]) for line in head.split(b"\r\n")
             if line.lower().startswith(b"content-length:")), 0,
        )  # fmt: skip
        while len(body) < length:
            body += browser.recv(65536)
        lines = [
            line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")
        ]
        return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body

    def _ask(self, request):
        with socket.create_connection(("127.0.0.1", self.target), timeout=60) as server:
            server.sendall(request)
            found = []
            while part := server.recv(65536):
                found.append(part)
        return b"".join(found)
