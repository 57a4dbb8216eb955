"""The guard process blanks when the bridge's own is killed or stopped."""

import os
import re
import signal
import subprocess
import sys
import unittest
from types import SimpleNamespace

from .support import PACKAGE, PATIENCE, BridgeTestCase, Calling


@unittest.skipIf(os.name == "nt", "Windows has no SIGKILL and no SIGSTOP.")
class TheGuard(BridgeTestCase):
    def setUp(self):
        super().setUp()
        self.scope = ["--instrument", "tests/file_scope.py:FileScope", "--blanker", self.path("blanker")]

    def state(self):
        with open(self.path("blanker"), encoding="ascii") as file:
            return file.read()

    def exposing(self):
        process, client = self.process(*self.scope, "--guard", "--log", self.path("log"))
        client.open()
        self.eventually(lambda: client.expose("first", dwell_s=0.001).status == 200, "the guard is ready")
        exposure = Calling(client.expose, "long", dwell_s=10.0, longest_s=20.0)
        self.eventually(lambda: self.state() == "on", "the beam is on")
        return process, client, exposure

    def guards(self):
        with open(self.path("log"), encoding="utf-8") as file:
            return [int(number) for number in re.findall(r"guard is ready, process (\d+)", file.read())]

    def test_blanks_when_the_bridge_is_killed(self):
        process, _, _ = self.exposing()
        process.kill()
        self.eventually(lambda: self.state() == "blanked", "the guard blanks")

    def test_blanks_when_the_bridge_is_stopped_and_the_exposure_does_not_count(self):
        process, client, exposure = self.exposing()
        process.send_signal(signal.SIGSTOP)
        self.eventually(lambda: self.state() == "blanked", "the guard blanks")
        process.send_signal(signal.SIGCONT)
        outcome = exposure.result.json
        self.assertIn(outcome["ended_by"], ("fault", "lease"))
        self.assertNotEqual(outcome["outcome"], "exposed")
        self.eventually(lambda: client.expose("later", dwell_s=0.001).status == 200, "it goes on")

    def test_that_is_killed_ends_the_exposure_and_is_started_again(self):
        _, client, exposure = self.exposing()
        os.kill(self.guards()[-1], signal.SIGKILL)
        outcome = exposure.result.json
        self.assertEqual((outcome["ended_by"], outcome["blanked"]), ("fault", True))
        self.assertEqual(self.state(), "blanked")
        self.eventually(lambda: client.expose("later", dwell_s=0.001).status == 200, "there is a guard again")

    def test_that_is_not_there_keeps_everything_from_exposing(self):
        instrument, client = self.started()
        before = instrument.count("unblank")
        self.running._bridge._beam.guard = SimpleNamespace(is_ready=False, close=lambda: None)
        self.assertIn("guard", self.refused(client.expose(), 409, "busy"))
        self.assertEqual(instrument.count("unblank"), before)
        self.running._bridge._beam.guard.is_ready = True
        self.assertEqual(client.expose().json["outcome"], "exposed")

    def test_ends_with_the_bridge(self):
        process, _, _ = self.exposing()
        process.terminate()
        self.assertEqual(process.wait(PATIENCE), 0)
        self.assertEqual(self.state(), "blanked")
        with self.assertRaises(ProcessLookupError):
            os.kill(self.guards()[-1], 0)

    def test_ends_without_a_word_when_the_bridge_does(self):
        process, _, _ = self.exposing()
        process.terminate()
        # The guard writes to the same stream, so that this ends when it has, too.
        said = process.stdout.read().decode()
        self.assertEqual(process.wait(PATIENCE), 0)
        self.assertIn("Ended; the beam is blanked.", said)
        for word in ("Fatal", "Traceback", "The guard has ended"):
            self.assertNotIn(word, said)

    def test_blanking_from_a_terminal(self):
        with open(self.path("blanker"), "w", encoding="ascii") as file:
            file.write("on")
        ended = subprocess.run([sys.executable, "-m", "dkl_bridge", *self.scope, "--blank"], cwd=PACKAGE,
                               capture_output=True, text=True, timeout=PATIENCE, check=False)
        self.assertEqual((ended.returncode, ended.stdout), (0, "The beam is blanked.\n"), ended.stderr)
        self.assertEqual(self.state(), "blanked")
