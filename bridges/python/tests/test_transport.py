"""What comes over the line: the token, strict JSON, and clients that are slow, many, or mad."""

import json
import os
import socket
import ssl
import subprocess
import sys
import time
import unittest

from dkl_bridge import httpd
from dkl_bridge.security import SecurityError, Token, tls_context

from .support import PACKAGE, PATIENCE, TOKEN, BridgeTestCase, Client


class TheToken(BridgeTestCase):
    def test_is_needed_by_everything(self):
        instrument, client = self.start()
        before = instrument.count("blank")
        stranger = Client(self.running.address, None)
        for method, path in (("GET", "/v1"), ("GET", "/v1/state"), ("POST", "/v1/session"), ("POST", "/v1/beam/blank"),
                             ("POST", "/v1/exposures"), ("GET", "/nothing")):
            for wrong in (None, "Bearer", "Bearer x", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}",
                          TOKEN):
                headers = {} if wrong is None else {"Authorization": wrong}
                answer = stranger.ask(method, path, {}, **headers)
                self.refused(answer, 401, "unauthorized")
                self.assertNotIn(TOKEN.encode(), answer.body)
                self.assertEqual(answer.headers["Connection"], "close")
        self.assertEqual(instrument.count("blank"), before)
        self.assertEqual(client.get("/v1").status, 200)

    @unittest.skipIf(os.name == "nt", "Windows has no modes of files.")
    def test_is_in_a_file_that_only_its_owner_can_read(self):
        for mode in (0o644, 0o640, 0o604, 0o620):
            with self.assertRaisesRegex(SecurityError, "chmod 600"):
                Token(self.token_file(mode=mode))
        self.assertTrue(Token(self.token_file()).matches(f"Bearer {TOKEN}".encode()))

    def test_is_long_and_printable(self):
        for token in ("short" * 6, "x" * 513, "with a blank in it, and long enough", "\x01" * 40, ""):
            with self.assertRaisesRegex(SecurityError, "32 to 512"):
                Token(self.token_file(token))
        for token in ("x" * 32, "x" * 512):
            self.assertTrue(Token(self.token_file(token)).matches(f"bearer {token}".encode()))

    def test_is_never_in_the_log(self):
        process, client = self.process("--log", self.path("log"), "--log-level", "debug")
        client.open()
        client.ask("GET", "/v1", Authorization=f"Bearer {TOKEN}wrong")
        client.expose(detector=TOKEN)
        process.terminate()
        said, _ = process.communicate(timeout=PATIENCE)
        with open(self.path("log"), "rb") as log:
            for text in (said, log.read()):
                self.assertIn(b"test commands", text)
                self.assertNotIn(TOKEN.encode(), text)


class TheLine(BridgeTestCase):
    def test_is_plain_on_loopback_only(self):
        self.assertIsNone(tls_context(None, None, "127.0.0.1"))
        self.assertIsNone(tls_context(None, None, "::1"))
        self.assertIsNone(tls_context(None, None, "localhost"))
        for host in ("0.0.0.0", "::", "192.0.2.1"):
            with self.assertRaisesRegex(SecurityError, "--certificate"):
                tls_context(None, None, host)
        with self.assertRaisesRegex(SecurityError, "both"):
            tls_context("certificate.pem", None, "127.0.0.1")

    def test_speaks_tls_with_a_certificate(self):
        made = subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", self.path("key"), "-out",
             self.path("certificate")], capture_output=True, check=False) if _has_openssl() else None
        if made is None or made.returncode:
            self.skipTest("There is no openssl to make a certificate with.")
        self.start(certificate=self.path("certificate"), key=self.path("key"))
        self.assertTrue(self.running.address.startswith("https://"))
        context = ssl.create_default_context(cafile=self.path("certificate"))
        port = int(self.running.address.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as sock:
            with context.wrap_socket(sock, server_hostname="localhost") as tls:
                tls.sendall(f"GET /v1 HTTP/1.1\r\nAuthorization: Bearer {TOKEN}\r\n\r\n".encode())
                self.assertTrue(tls.recv(4096).startswith(b"HTTP/1.1 200 OK"))
        # Who speaks plainly there gets no answer, and disturbs nobody.
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as sock:
            sock.sendall(b"GET /v1 HTTP/1.1\r\n\r\n")
            self.assertNotIn(b"200", self.receive(sock))

    def test_is_kept_alive_and_carries_one_request_after_the_other(self):
        self.start()
        with self.connect() as sock:
            request = f"GET /v1 HTTP/1.1\r\nAuthorization: Bearer {TOKEN}\r\n\r\n".encode()
            sock.sendall(request * 3)
            received = b""
            while received.count(b'"protocol"') < 3:
                received += self.receive(sock)
            self.assertEqual(received.count(b"HTTP/1.1 200 OK"), 3)

    def test_takes_a_body_of_64_kib_and_no_more(self):
        _, client = self.start()
        client.open()
        body = b'{"row": 1, "column": 1' + b" " * (65536 - 23) + b"}"
        self.assertEqual(len(body), 65536)
        self.refused(client.ask("PUT", "/v1/probe", body), 422, "outside-limits")
        self.refused(client.ask("PUT", "/v1/probe", body + b" "), 413, "too-large")

    def test_ends_what_is_not_http(self):
        self.start()
        for sent, status in ((b"hello\r\n\r\n", b"400"), (b"GET /v1 HTTP/1.0\r\n\r\n", b"400"),
                             (b"GET /v1 HTTP/1.1\r\nno colon\r\n\r\n", b"400"),
                             (b"GET /v1 HTTP/1.1\r\nName : x\r\n\r\n", b"400"),
                             (b"POST /v1 HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"400"),
                             (b"POST /v1 HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", b"400"),
                             (b"POST /v1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"400"),
                             (b"POST /v1 HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n", b"413"),
                             (b"GET /v1 HTTP/1.1\r\nX: " + b"x" * 20000 + b"\r\n\r\n", b"413"),
                             (b"\x16\x03\x01\x02\x00" + b"\x00" * 30 + b"\r\n\r\n", b"400")):
            with self.subTest(sent[:60]):
                with self.connect() as sock:
                    sock.sendall(sent)
                    self.assertEqual(self.receive(sock)[9:12], status)
                    self.assertEqual(self.everything(sock)[-1:], b"")

    def test_ends_a_request_that_trickles_in(self):
        self.start()
        self.patch(httpd._Connection, "ARRIVAL_S", 0.3)
        with self.connect() as sock:
            began = time.monotonic()
            sock.sendall(b"POST /v1/beam/blank HTTP/1.1\r\n")
            received = b""
            while not received and time.monotonic() - began < PATIENCE:
                try:
                    sock.sendall(b"X")
                    sock.settimeout(0.05)
                    received = sock.recv(4096)
                except socket.timeout:
                    continue
            self.assertIn(b"408", received)

    def test_ends_a_stranger_who_says_nothing(self):
        self.start()
        self.patch(httpd._Connection, "STRANGER_IDLE_S", 0.2)
        with self.connect() as sock:
            self.assertEqual(self.receive(sock), b"")

    def test_is_open_to_who_has_the_token_however_many_strangers_hold_on(self):
        instrument, client = self.start(connections=4)
        strangers = [self.connect() for _ in range(20)]
        try:
            client.session = None
            instrument.blanked = False
            self.assertEqual(client.post("/v1/beam/blank", permit=None).json, {"blanked": True})
        finally:
            for stranger in strangers:
                stranger.close()

    def test_takes_connections_by_the_hundred_one_after_the_other(self):
        _, client = self.start(connections=4)
        for _ in range(300):
            self.assertEqual(client.get("/v1").status, 200)
        self.eventually(lambda: not self.running._server._connections, "all are forgotten")

    def connect(self):
        host, port = self.running.address.split("//")[1].split(":")
        return socket.create_connection((host, int(port)), PATIENCE)

    @staticmethod
    def receive(sock):
        try:
            return sock.recv(65536)
        except ConnectionResetError:
            return b""

    def everything(self, sock):
        received = b""
        while data := self.receive(sock):
            received += data
        return received[:0]

    def patch(self, owner, name, value):
        before = getattr(owner, name)
        setattr(owner, name, value)
        self.addCleanup(setattr, owner, name, before)


class ARequest(BridgeTestCase):
    def test_has_members_that_are_known_and_of_their_type(self):
        instrument, client = self.started()
        before = instrument.count("unblank")
        good = {"request": "r1", "permit": 9, "detector": "eels", "dwell_s": 0.01, "longest_s": 1}
        for changed in ({"also": 1}, {"request": ""}, {"request": "a b"}, {"request": "x" * 201}, {"request": "ä"},
                        {"request": "a\r\nb"}, {"request": 7}, {"permit": -1}, {"permit": 1.5}, {"permit": True},
                        {"permit": None}, {"permit": "1"}, {"permit": 2**60}, {"dwell_s": "0.1"}, {"dwell_s": True},
                        {"dwell_s": None}, {"dwell_s": []}, {"longest_s": {}}, {"detector": None}, {"detector": ""}):
            with self.subTest(changed):
                self.refused(client.post("/v1/exposures", **{**good, **changed}), 400, "bad-request")
        for name in good:
            with self.subTest(f"without {name}"):
                body = {key: value for key, value in good.items() if key != name}
                self.assertIn(name, self.refused(client.post("/v1/exposures", **body), 400, "bad-request"))
        self.assertEqual(instrument.count("unblank"), before)
        self.assertEqual(client.post("/v1/exposures", **good).status, 200)

    def test_has_numbers_that_are_finite(self):
        _, client = self.started()
        for number in (b"NaN", b"Infinity", b"-Infinity", b"1e999", b"1" + b"0" * 400):
            with self.subTest(number[:10]):
                body = b'{"row": ' + number + b', "column": 1}'
                self.refused(client.ask("PUT", "/v1/probe", body), 400, "bad-request")

    def test_is_one_json_object(self):
        _, client = self.started()
        for body in (b"[]", b"1", b"null", b"{", b'{"row": 1, "row": 2, "column": 1}', b"\xff\xfe",
                     b"[" * 60000, b"{}x"):
            with self.subTest(body[:20]):
                self.refused(client.ask("PUT", "/v1/probe", body), 400, "bad-request")

    def test_to_nowhere_is_not_found(self):
        _, client = self.started()
        for path in ("/", "/v2", "/v1/", "/v1/exposures/", "/v1/exposures/a/b", "/v1/exposures/r1/frame/", "/v1?x=1",
                     "/v1/exposures/%00", "/v1/exposures/%ff", "/v1/exposures/" + "x" * 201):
            with self.subTest(path):
                self.refused(client.get(path), 404, "not-found")
        self.refused(client.ask("DELETE", "/v1"), 405, "not-allowed")
        self.refused(client.get("/v1/exposures"), 405, "not-allowed")
        self.refused(client.ask("GET", "/v1", {"a": 1}), 400, "bad-request")

    def test_by_random_bytes_never_breaks_the_bridge(self):
        import random
        dice = random.Random(7)
        _, client = self.started()
        good = json.dumps({"request": "f", "permit": 9, "detector": "eels", "dwell_s": 0.001, "longest_s": 1}).encode()
        for _ in range(300):
            body = bytearray(good)
            for _ in range(dice.randint(1, 4)):
                body[dice.randrange(len(body))] = dice.randrange(256)
            self.assertIn(client.ask("POST", "/v1/exposures", bytes(body)).status, (200, 400, 404, 409, 422))
        self.assertTrue(client.state()["beam"]["blanked"])


def _has_openssl():
    try:
        return subprocess.run(["openssl", "version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


class WrongUse(BridgeTestCase):
    def run_bridge(self, *options):
        return subprocess.run([sys.executable, "-m", "dkl_bridge", *options], cwd=PACKAGE, capture_output=True,
                              text=True, timeout=PATIENCE, check=False)

    def test_is_told_with_what_to_do_and_exit_code_2(self):
        token = self.token_file()
        for options, said in (
                ([], "--instrument"), (["--instrument", "simulated"], "--token-file"),
                (["--instrument", "titan", "--token-file", token], "simulated"),
                (["--instrument", "os:path", "--token-file", token], "no subclass"),
                (["--instrument", "simulated", "--token-file", self.path("none")], "--make-token"),
                (["--instrument", "simulated", "--token-file", token, "--bind", "0.0.0.0", "--port", "0"],
                 "--certificate"),
                (["--instrument", "simulated", "--token-file", token, "--prot", "0"], "--prot")):
            with self.subTest(options):
                ended = self.run_bridge(*options, "--journal", self.path("journal")) if options else self.run_bridge()
                self.assertEqual(ended.returncode, 2, ended.stderr)
                self.assertIn(said, ended.stderr)

    def test_of_a_data_file_is_told(self):
        ended = self.run_bridge("--instrument", "simulated", "--token-file", self.token_file(), "--data",
                                self.path("none.npz"), "--journal", self.path("journal"))
        self.assertEqual(ended.returncode, 2)
        self.assertIn("none.npz: there is no such file.", ended.stderr)
        self.assertNotIn("Traceback", ended.stderr)

    def test_help_shows_the_instruments_options(self):
        ended = self.run_bridge("--instrument", "simulated", "--help")
        self.assertEqual(ended.returncode, 0)
        self.assertIn("--drift-per-exposure", ended.stdout)
        self.assertIn("blank-sticks", ended.stdout)
