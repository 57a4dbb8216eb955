"""HTTP/1.1 for few clients that are in a hurry: a thread a connection, kept alive, one write an answer.

The standard library's server writes headers and body apart, and parses headers as if they were mail; what is here does
only what docs/bridge-protocol.md needs, refuses everything else, and bounds everything: connections, header, body, and
the time that a request may take to arrive.
"""

import errno
import logging
import socket
import threading
import time

from .protocol import MOST_BODY, BridgeError, encode

log = logging.getLogger("dkl_bridge.http")

_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 405: "Method Not Allowed",
            408: "Request Timeout", 409: "Conflict", 410: "Gone", 413: "Content Too Large",
            422: "Unprocessable Content", 423: "Locked", 500: "Internal Server Error", 504: "Gateway Timeout"}
_JSON = (("Content-Type", "application/json"),)


class Request:
    __slots__ = ("method", "path", "headers", "body")

    def __init__(self, method, path, headers, body):
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body


class Answer:
    """body: bytes or a memoryview."""

    __slots__ = ("status", "headers", "body")

    def __init__(self, status, body, headers=_JSON):
        self.status = status
        self.headers = headers
        self.body = body

    @classmethod
    def of(cls, value):
        return cls(200, encode(value))

    @classmethod
    def of_error(cls, fault):
        return cls(fault.status, encode(fault.body()))


class _Closed(Exception):
    """The client has hung up, or said nothing for as long as it may."""


class _Connection:
    """One client's connection. Deadlines are for a whole request, so that one that trickles in is ended as well."""

    MOST_HEAD = 16 * 1024
    IDLE_S = 120.0
    STRANGER_IDLE_S = 10.0
    ARRIVAL_S = 10.0
    SENDING_S = 30.0

    def __init__(self, server, sock, peer):
        self._server = server
        self._sock = sock
        self._peer = peer
        self._buffer = bytearray()
        self.known = False
        self.working = False
        self.idle_since = time.monotonic()

    def serve(self):
        try:
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._server.tls is not None:
                self._sock.settimeout(self.ARRIVAL_S)
                self._sock = self._server.tls.wrap_socket(self._sock, server_side=True)
            while self._serve_one():
                pass
        except (_Closed, OSError) as fault:  # Errors of TLS are among them.
            log.debug("%s: %s", self._peer, fault)
        finally:
            self.close()
            self._server.forget(self)

    def close(self):
        try:
            self._sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        try:
            self._sock.close()
        except OSError:
            pass

    def _serve_one(self):
        keep = True
        try:
            self.idle_since = time.monotonic()
            request = self._receive()
            self.working = True
            self.known = self._server.authorized(request)
            if not self.known:
                self._server.refused(self._peer)
                raise BridgeError("unauthorized", "The request carries no token, or a wrong one.")
            keep = request.headers.get(b"connection", b"").lower() != b"close"
            answer = self._server.handle(request)
        except BridgeError as fault:
            # What could not be read leaves the connection in no known place; a stranger gets no second guess on it.
            keep = keep and self.known and self.working
            answer = Answer.of_error(fault)
        self._send(answer, keep)
        self.working = False
        return keep

    def _receive(self):
        self._fill(time.monotonic() + (self.IDLE_S if self.known else self.STRANGER_IDLE_S), first=True)
        deadline = time.monotonic() + self.ARRIVAL_S
        while (end := self._buffer.find(b"\r\n\r\n", 0, self.MOST_HEAD)) < 0:
            if len(self._buffer) >= self.MOST_HEAD:
                raise BridgeError("too-large", f"The request's head has more than {self.MOST_HEAD} bytes.")
            self._fill(deadline)
        head = bytes(self._buffer[:end])
        del self._buffer[:end + 4]
        method, path, headers = _head(head)
        length = _length(method, headers)
        if headers.get(b"expect", b"").lower() == b"100-continue":
            self._sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        while len(self._buffer) < length:
            self._fill(deadline)
        body = bytes(self._buffer[:length])
        del self._buffer[:length]
        return Request(method, path, headers, body)

    def _fill(self, deadline, first=False):
        if first and self._buffer:
            return
        left = deadline - time.monotonic()
        try:
            if left <= 0:
                raise socket.timeout
            self._sock.settimeout(left)
            data = self._sock.recv(65536)
        except socket.timeout:
            if first:
                raise _Closed("idle") from None
            raise BridgeError("slow", f"The request did not arrive within {self.ARRIVAL_S:g} s.") from None
        if not data:
            raise _Closed("hung up")
        self._buffer += data

    def _send(self, answer, keep):
        lines = [f"HTTP/1.1 {answer.status} {_REASONS[answer.status]}", f"Content-Length: {len(answer.body)}",
                 "Dkl-Bridge: 1", f"Dkl-Instance: {self._server.instance}", "Cache-Control: no-store"]
        lines.extend(f"{name}: {value}" for name, value in answer.headers)
        if not keep:
            lines.append("Connection: close")
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")
        self._sock.settimeout(self.SENDING_S)
        self._sock.sendall(b"".join((head, answer.body)))


def _head(head):
    lines = head.split(b"\r\n")
    try:
        method, path, version = lines[0].decode("ascii").split(" ")
    except ValueError:
        raise BridgeError("bad-request", "The request's first line is not understood.") from None
    if version != "HTTP/1.1":
        raise BridgeError("bad-request", "The bridge speaks HTTP/1.1.")
    headers = {}
    for line in lines[1:]:
        name, colon, value = line.partition(b":")
        if not colon or not name or name != name.strip() or b"\n" in line or b"\r" in line or b"\0" in line:
            raise BridgeError("bad-request", "A header of the request is not understood.")
        name = name.lower()
        if name in headers and name in (b"content-length", b"authorization", b"dkl-session", b"transfer-encoding"):
            raise BridgeError("bad-request", f"The request has two headers {name.decode('ascii')}.")
        headers[name] = value.strip()
    return method, path, headers


def _length(method, headers):
    if b"transfer-encoding" in headers:
        raise BridgeError("bad-request", "The request's body is sent in chunks; the bridge takes a Content-Length.")
    text = headers.get(b"content-length", b"0")
    if not text.isdigit() or len(text) > 12:
        raise BridgeError("bad-request", "The request's Content-Length is no number.")
    if int(text) > MOST_BODY:
        raise BridgeError("too-large", f"The request's body has {int(text)} bytes; at most {MOST_BODY} are taken.")
    return int(text)


class AddressTaken(OSError):
    """The server cannot listen where it was told to; the message says what to do."""


class Server:
    """Listens, and gives each connection a thread, at most so many at once: then the one that is idle for longest goes.

    authorized: says whether a request carries the token. handle: answers one that does, or raises BridgeError.
    """

    def __init__(self, host, port, tls, instance, authorized, handle, most=32):
        self.tls = tls
        self.instance = instance
        self.authorized = authorized
        self._handle = handle
        self._most = most
        self._lock = threading.Lock()
        self._connections = set()
        self._closing = False
        self._refusals = 0
        self._refusal_logged = -1.0
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        try:
            if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._socket.bind((host, port))
            self._socket.listen(64)
        except OSError as fault:
            self._socket.close()
            if fault.errno == errno.EADDRINUSE or getattr(fault, "winerror", None) == 10048:
                raise AddressTaken(f"Port {port} of {host} is taken, perhaps by another bridge that runs: end that "
                                   "one, or give this one another --port.") from None
            raise AddressTaken(f"The bridge cannot listen on port {port} of {host}: {fault.strerror}. --bind and "
                               "--port say where it listens.") from None
        self._host = host
        self._thread = threading.Thread(target=self._accept, name="dkl-http", daemon=True)

    @property
    def address(self):
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{'http' if self.tls is None else 'https'}://{host}:{self._socket.getsockname()[1]}"

    def start(self):
        self._thread.start()

    def handle(self, request):
        try:
            return self._handle(request)
        except BridgeError:
            raise
        except Exception as fault:  # Whatever we got wrong; the beam's own threads are not concerned.
            log.exception("%s %s", request.method, request.path)
            raise BridgeError("instrument", f"The bridge itself failed: {type(fault).__name__}.") from None

    def _accept(self):
        while not self._closing:
            try:
                sock, peer = self._socket.accept()
            except OSError as fault:
                if not self._closing:
                    log.error("accept: %s", fault)
                    time.sleep(0.05)
                continue
            connection = _Connection(self, sock, peer)
            if not self._admit(connection):
                connection.close()
                continue
            threading.Thread(target=connection.serve, name="dkl-connection", daemon=True).start()

    def _admit(self, connection):
        with self._lock:
            if len(self._connections) >= self._most:
                idle = [other for other in self._connections if not other.working]
                if not idle:
                    log.warning("%d connections, all at work: another one was refused.", self._most)
                    return False
                # Strangers first: nobody without the token keeps out who has it.
                longest = min(idle, key=lambda other: (other.known, other.idle_since))
                self._connections.discard(longest)
                longest.close()
            self._connections.add(connection)
            return True

    def refused(self, peer):
        """Logs a wrong token, at most once a second: a guess must not fill the disk."""
        with self._lock:
            self._refusals += 1
            now = time.monotonic()
            if now - self._refusal_logged < 1.0:
                return
            count, self._refusals, self._refusal_logged = self._refusals, 0, now
        log.warning("%s: no token, or a wrong one (%d requests).", peer[0], count)

    def forget(self, connection):
        with self._lock:
            self._connections.discard(connection)

    def close(self):
        self._closing = True
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._socket.close()
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            connection.close()
