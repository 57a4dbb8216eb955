"""``--check`` passes what works, and says of each broken adapter what is wrong with it."""

import subprocess
import sys
import threading
import unittest

import numpy as np

from dkl_bridge import Beam, Capabilities, Detector, Instrument, InstrumentFault, Limits, StageLimits, Survey
from dkl_bridge.checking import AdapterCheck
from dkl_bridge.places import told_from

from .support import PACKAGE, PATIENCE, BridgeTestCase, Scripted


class Scope(Scripted):
    """As it should be: its detector ends early when it is aborted."""

    def __init__(self):
        super().__init__()
        self.current_pa = 50.0
        self.on["acquire"] = lambda _, dwell_s: self.aborted.wait(dwell_s)
        self.on["unblank"] = self.turn_on

    def turn_on(self):
        self.aborted.clear()
        self.blanked = False


def check(instrument, **changed):
    """Returns (exit code, what it said)."""
    said = []
    trial = AdapterCheck(instrument, changed.pop("check_stage", False), said.append)
    for name, value in changed.items():
        setattr(trial, name, value)
    return trial.run(), "\n".join(said)


class ACheck(BridgeTestCase):
    def fails(self, instrument, step, *words, code=1, **changed):
        got, said = check(instrument, **changed)
        self.assertEqual(got, code, said)
        line = next((line for line in said.split("\n") if line.startswith(f"FAILED  {step}")), None)
        self.assertIsNotNone(line, said)
        for word in words:
            self.assertIn(word, said)
        self.assertEqual(instrument.blanked, code == 1, said)
        return said

    def test_passes_an_adapter_that_works(self):
        scope = Scope()
        code, said = check(scope)
        self.assertEqual(code, 0, said)
        self.assertNotIn("FAILED", said)
        self.assertTrue(scope.blanked)
        # A survey, one exposure each with two detectors, one broken off, one after that; no move of the stage.
        self.assertEqual((scope.count("unblank"), scope.count("survey"), scope.count("read_out")), (5, 1, 3))
        self.assertEqual(scope.count("move_stage"), 0)
        self.assertIn("The beam will be on 5 times", said)
        self.assertIn("electrons", said)
        self.assertLess(said.index("The beam will be on"), said.index("survey:"))

    def test_moves_the_stage_where_it_is_asked_to_and_brings_it_back(self):
        scope = Scope()
        scope.place = (200.0, -300.0)
        code, said = check(scope, check_stage=True)
        self.assertEqual((code, scope.place, scope.count("move_stage")), (0, (200.0, -300.0), 2), said)

    def test_tells_a_stage_whose_axes_are_swapped(self):
        scope = Scope()
        scope.on["move_stage"] = lambda x, y: setattr(scope, "place", (y, x))
        self.fails(scope, "stage", "x and y are swapped", check_stage=True)

    def test_tells_a_probe_whose_axes_are_swapped(self):
        scope = Scope()
        scope.on["probe"] = lambda: scope.position[::-1]
        self.fails(scope, "probe", "Rows and columns are swapped")

    def test_tells_an_image_and_a_frame_whose_axes_are_swapped(self):
        scope = Scope()
        scope.on["survey"] = lambda _, rows, columns, dwell: Survey(np.arange(rows * columns).reshape(columns, rows))
        self.fails(scope, "survey", "Rows and columns are swapped")
        scope = Scope()
        scope.on["read_out"] = lambda name: np.ones(64 if name == "eels" else (12, 8), np.uint16)
        said = self.fails(scope, "exposure with camera", "Rows and columns are swapped")
        self.assertIn("ok      exposure with eels", said)

    def test_tells_a_wrong_shape_type_and_number(self):
        for frame, word in ((np.ones(63), "shape (63,)"), (np.full(64, "a"), "no real numbers"),
                            (np.full(64, np.nan), "not finite"), (None, "nothing")):
            with self.subTest(word):
                scope = Scope()
                usual = np.ones((8, 12), np.uint16)
                scope.on["read_out"] = lambda name: frame if name == "eels" else usual
                self.fails(scope, "exposure with eels", word, "capabilities() declares")
        scope = Scope()
        scope.on["read_out"] = lambda name: np.ones(64) if name == "eels" else np.full((8, 12), 0.5)
        self.fails(scope, "exposure with camera", "does not fit into the uint16")

    def test_tells_an_image_that_holds_nothing(self):
        scope = Scope()
        scope.on["survey"] = lambda _, rows, columns, dwell: Survey(np.full((rows, columns), 7.0))
        self.fails(scope, "survey", "every pixel of the image is 7.0")
        scope = Scope()
        scope.on["survey"] = lambda _, rows, columns, dwell: np.ones((rows, columns))
        self.fails(scope, "survey", "Return Survey")

    def test_takes_a_square_where_nothing_else_is_scanned(self):
        scope = Scope()

        def survey(channel, rows, columns, dwell_s):
            if rows != columns:
                raise InstrumentFault("square images only", "permanent")
            return Survey(np.arange(rows * columns).reshape(rows, columns), 0.1)

        scope.on["survey"] = survey
        code, said = check(scope)
        self.assertEqual(code, 0, said)
        self.assertIn("square images only", said)

    def test_tells_an_acquire_that_returns_early(self):
        scope = Scope()
        scope.on["acquire"] = lambda *_: None
        # So long that no machine is that slow.
        self.fails(scope, "exposure with eels", "returned after", "when the dwell is over", DWELL_S=60.0)

    def test_gives_up_an_acquire_that_hangs_with_the_beam_off(self):
        scope = Scope()
        self.addCleanup(self.released.set)
        scope.on["acquire"] = lambda *_: self.released.wait(2 * PATIENCE)
        said = self.fails(scope, "exposure with eels", "acquire() did not return within", ACQUIRE_S=0.2)
        self.assertIn("Nothing was tried after this", said)

    def test_says_which_call_raised_and_where(self):
        scope = Scope()

        def broken(*_):
            raise RuntimeError("no light")

        scope.on["acquire"] = broken
        self.fails(scope, "exposure with eels", "RuntimeError: no light", "test_check.py, line")

    def test_tells_a_blank_that_does_not_read_back(self):
        scope = Scope()
        scope.on["blank"] = lambda: None
        scope.blanked = False
        said = self.fails(scope, "blanks and reads back", "NOT read back", code=4)
        self.assertNotIn("survey", said)
        self.assertEqual(scope.count("unblank"), 0)
        # It blanks at the start, when it is already, and never again.
        scope = Scope()
        scope.on["blank"] = lambda: None
        self.fails(scope, "survey", "does not read back", code=4)

    def test_tells_an_answer_that_is_no_bool(self):
        scope = Scope()
        scope.on["is_blanked"] = lambda: 1
        code, said = check(scope)
        self.assertEqual(code, 4, said)
        self.assertIn("of type int: use bool()", said)

    def test_tells_a_read_back_that_always_says_blanked(self):
        scope = Scope()
        scope.on["is_blanked"] = lambda: True
        self.fails(scope, "survey", "is_blanked() says True after unblank()")
        self.assertEqual(scope.count("survey"), 0)

    def test_tells_a_blanker_that_waits_for_the_detector(self):
        scope, line = Scope(), threading.Lock()

        def acquire(_, dwell_s):
            with line:
                scope.released = threading.Event()
                scope.released.wait(dwell_s)

        def blank():
            with line:
                scope.blanked = True

        scope.on.update(acquire=acquire, blank=blank)
        self.fails(scope, "blank and abort", "blank() returned only when acquire() had", "connection")

    def test_refuses_capabilities_that_are_odd(self):
        for said, word in ((None, "NoneType"), (self.capabilities(kind="picture"), "picture"),
                           (self.capabilities(dtype="complex64"), "complex64")):
            with self.subTest(word):
                scope = Scope()
                scope.on["capabilities"] = lambda: said
                self.fails(scope, "says what it is and has", word)
                self.assertEqual(scope.count("unblank"), 0)

    @staticmethod
    def capabilities(kind="spectrum", dtype="<f4"):
        return Capabilities(Limits((0.001, 1.0), 10.0, stage=StageLimits((0, 1), (0, 1))), ("HAADF",),
                            (Detector("eels", kind, (64,), dtype),), Beam(200.0))

    def test_does_not_begin_where_it_cannot_connect(self):
        class Unreachable(Scope):
            def start(self):
                raise ConnectionRefusedError("no server")

        scope = Unreachable()
        said = self.fails(scope, "connects", "ConnectionRefusedError: no server")
        self.assertEqual(scope.count("unblank"), 0)
        self.assertNotIn("ok ", said)

    def test_knows_nothing_of_a_beam_that_it_cannot_ask_for(self):
        class Unreachable(Scope):
            def start(self):
                raise ConnectionRefusedError("no server")

            def blank(self):
                self.server.blank()

        code, said = check(Unreachable())
        self.assertEqual(code, 1, said)
        self.assertIn("nothing is known of the beam", said)

    def test_says_what_is_not_written_yet(self):
        class Begun(Scope):
            probe = Instrument.probe

        self.fails(Begun(), "probe", "not written yet")


class Places(unittest.TestCase):
    ASKED = ((4.7, 15.8), (9.4, 55.3), (40.0, 27.7), (32.9, 71.1))

    def told(self, function):
        return told_from(self.ASKED, [function(*place) for place in self.ASKED], 48, 80)

    def test_that_are_right_are_nothing_to_tell(self):
        self.assertIsNone(self.told(lambda row, column: (row + 0.3, column - 0.4)))

    def test_that_are_wrong_are_told_apart(self):
        for function, word in ((lambda row, column: (column, row), "swapped"),
                               (lambda row, column: (column * 48 / 80, row * 80 / 48), "fractions of the field are"),
                               (lambda row, column: (47 - row, column), "from the bottom"),
                               (lambda row, column: (row, 79 - column), "from the right"),
                               (lambda row, column: (row - 23.5, column - 39.5), "from the centre"),
                               (lambda row, column: (row / 48, column / 80), "fractions of the field;"),
                               (lambda row, column: (3.0, 3.0), "the same place"),
                               (lambda row, column: (row + 5, column - 2), "always (+5, -2) px away"),
                               (lambda row, column: (row * 2, column * 2), "from the corner")):
            with self.subTest(word):
                self.assertIn(word, self.told(function))


class TheCommand(BridgeTestCase):
    def run_check(self, *options):
        return subprocess.run([sys.executable, "-m", "dkl_bridge", "--instrument", "simulated", "--check", *options],
                              cwd=PACKAGE, capture_output=True, text=True, timeout=4 * PATIENCE, check=False)

    def test_needs_no_token_and_says_by_its_exit_code_how_it_went(self):
        for options, code in (((), 0), (("--fault", "probe-elsewhere"), 1), (("--fault", "blank-sticks"), 4)):
            with self.subTest(options):
                ended = self.run_check(*options)
                self.assertEqual(ended.returncode, code, ended.stdout + ended.stderr)
                self.assertNotIn("Traceback", ended.stderr)
