"""A real bridge on a free port, an instrument that does what a test says, and a client that speaks HTTP."""

import http.client
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import zlib

import numpy as np

from dkl_bridge import Beam, Capabilities, Detector, Energy, Instrument, Limits, StageLimits, Survey, start

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TOKEN = "a-token-for-tests-that-is-long-enough"
# What bridges say of faults that were wanted is of no use between the names of tests.
logging.getLogger("dkl_bridge").setLevel(logging.CRITICAL + 1)
# Nothing here may depend on how busy the machine is: what has to happen is waited for, at most for so long.
PATIENCE = 30.0


class Scripted(Instrument):
    """Logs every call; ``on`` has functions by name that are called instead of what a call usually does."""

    simulated = True

    def __init__(self):
        self.calls = []
        self.on = {}
        self.blanked = True
        self.position = (0.0, 0.0)
        self.place = (0.0, 0.0)
        self.longest_dwell_s = 60.0
        self.aborted = threading.Event()
        self._lock = threading.Lock()

    def _do(self, name, usual, *arguments):
        with self._lock:
            self.calls.append(name)
        other = self.on.get(name)
        return usual(*arguments) if other is None else other(*arguments)

    def count(self, name):
        with self._lock:
            return self.calls.count(name)

    def describe(self):
        return "scripted"

    def capabilities(self):
        return self._do("capabilities", lambda: Capabilities(
            Limits((0.001, self.longest_dwell_s), 120.0, stage=StageLimits((-1000, 1000), (-1000, 1000))),
            ("HAADF",), (Detector("eels", "spectrum", (64,), "<f4", 0.05, Energy(0.0, 0.5)),
                         Detector("camera", "pattern", (8, 12), "<u2", 0.05)),
            Beam(200.0, 50.0), stage_moves=True))

    def unblank(self):
        self._do("unblank", lambda: setattr(self, "blanked", False))

    def blank(self):
        self._do("blank", lambda: setattr(self, "blanked", True))

    def is_blanked(self):
        return self._do("is_blanked", lambda: self.blanked)

    def survey(self, channel, rows, columns, dwell_s):
        return self._do("survey", lambda *_: Survey(np.arange(rows * columns, dtype=np.float32).reshape(rows, columns),
                                                    0.25), channel, rows, columns, dwell_s)

    def move_probe(self, row, column):
        self._do("move_probe", lambda *place: setattr(self, "position", place), row, column)

    def probe(self):
        return self._do("probe", lambda: self.position)

    def acquire(self, detector, dwell_s):
        self._do("acquire", lambda _, dwell_s: time.sleep(dwell_s), detector, dwell_s)

    def read_out(self, detector):
        shape = (64,) if detector == "eels" else (8, 12)
        return self._do("read_out", lambda _: np.arange(np.prod(shape), dtype=np.uint16).reshape(shape), detector)

    def abort(self):
        self._do("abort", self.aborted.set)

    def move_stage(self, x_nm, y_nm):
        self._do("move_stage", lambda *place: setattr(self, "place", place), x_nm, y_nm)

    def stage(self):
        return self.place

    def conditions(self):
        return self._do("conditions", list)


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def meta(self):
        return json.loads(self.headers["Dkl-Meta"])

    @property
    def array(self):
        """Checked as a client has to check it."""
        if int(self.headers["Dkl-Crc32"], 16) != zlib.crc32(self.body):
            raise AssertionError("The checksum is wrong.")
        shape = [int(size) for size in self.headers["Dkl-Shape"].split(",")]
        return np.frombuffer(self.body, self.headers["Dkl-Dtype"]).reshape(shape)


class Client:
    """Each call takes a connection of its own, so that threads can call at the same time."""

    def __init__(self, address, token=TOKEN):
        self.host, port = address.split("//")[1].rsplit(":", 1)
        self.port = int(port)
        self.token = token
        self.session = None
        self.permit = 0

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        try:
            if self.token is not None:
                headers.setdefault("Authorization", f"Bearer {self.token}")
            if self.session is not None:
                headers.setdefault("Dkl-Session", self.session)
            data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
            connection.request(method, path, data, headers)
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, **body):
        return self.ask("POST", path, body)

    def put(self, path, **body):
        return self.ask("PUT", path, body)

    def open(self, heartbeat_s=60.0, **more):
        answer = self.post("/v1/session", client="test", heartbeat_s=heartbeat_s, **more)
        if answer.status == 200:
            self.session = answer.json["session"]
        return answer

    def survey(self, request="survey", **changed):
        self.permit += 1
        return self.post("/v1/surveys", **{"request": request, "permit": self.permit, "channel": "HAADF", "rows": 16,
                                           "columns": 24, "dwell_s": 1e-6, "longest_s": 60.0, **changed})

    def expose(self, request="r1", **changed):
        self.permit += 1
        return self.post("/v1/exposures", **{"request": request, "permit": self.permit, "detector": "eels",
                                             "dwell_s": 0.005, "longest_s": 60.0, **changed})

    def state(self):
        return self.get("/v1/state").json


class Calling:
    """A call on a thread of its own; ``result`` waits for it."""

    def __init__(self, function, *arguments, **named):
        self._result = None
        self._fault = None
        self._thread = threading.Thread(target=self._run, args=(function, arguments, named), daemon=True)
        self._thread.start()

    def _run(self, function, arguments, named):
        try:
            self._result = function(*arguments, **named)
        except BaseException as fault:
            self._fault = fault

    @property
    def is_done(self):
        return not self._thread.is_alive()

    @property
    def result(self):
        self._thread.join(PATIENCE)
        if self._thread.is_alive():
            raise AssertionError("The call has not returned.")
        if self._fault is not None:
            raise self._fault
        return self._result


class BridgeTestCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="dkl-bridge-")
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.released = threading.Event()

    def path(self, name):
        return os.path.join(self.folder, name)

    def token_file(self, token=TOKEN, mode=0o600):
        path = self.path("token")
        with open(path, "w", encoding="ascii") as file:
            file.write(token + "\n")
        os.chmod(path, mode)
        return path

    def start(self, instrument=None, **options):
        """A bridge in this process. Returns (instrument, client)."""
        instrument = instrument or Scripted()
        options.setdefault("journal", self.path("journal"))
        self.running = start(instrument, self.token_file(), port=0, **options)
        self.addCleanup(self.running.stop)
        self.addCleanup(self.released.set)
        return instrument, Client(self.running.address)

    def started(self):
        """The same with a session and a survey."""
        instrument, client = self.start()
        self.assertEqual(client.open().status, 200)
        self.assertEqual(client.survey().status, 200)
        return instrument, client

    def process(self, *options):
        """A bridge as a process of its own with the simulated instrument. Returns (process, client)."""
        address = self.path("address")
        if os.path.exists(address):
            os.unlink(address)
        process = subprocess.Popen(
            [sys.executable, "-m", "dkl_bridge", "--instrument", "simulated", "--token-file", self.token_file(),
             "--port", "0", "--address-file", address, "--journal", self.path("journal"), *options],
            cwd=PACKAGE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.addCleanup(self._end, process)
        self.eventually(lambda: os.path.exists(address) or process.poll() is not None, "the bridge listens")
        if process.poll() is not None:
            raise AssertionError(process.stdout.read().decode())
        with open(address, encoding="ascii") as file:
            return process, Client(file.read().strip())

    @staticmethod
    def _end(process):
        if process.poll() is None:
            process.kill()
        process.wait(PATIENCE)
        process.stdout.close()

    def hang(self, instrument, name, before=None):
        """Lets a call hang until the test ends; ``released`` lets it go. Returns an event: it hangs."""
        hanging = threading.Event()

        def hangs(*_):
            if before is not None:
                before()
            hanging.set()
            self.released.wait(2 * PATIENCE)

        instrument.on[name] = hangs
        return hanging

    def eventually(self, condition, what):
        deadline = time.monotonic() + PATIENCE
        while not condition():
            self.assertLess(time.monotonic(), deadline, f"It did not come to be within {PATIENCE:g} s: {what}")
            time.sleep(0.005)

    def refused(self, answer, status, code):
        self.assertEqual((answer.status, answer.json["error"]), (status, code), answer.body)
        self.assertIn(answer.json["fault"], ("transient", "permanent", "unknown"))
        self.assertTrue(answer.json["message"])
        return answer.json["message"]
