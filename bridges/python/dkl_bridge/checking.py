"""``--check``: tries an adapter the way the bridge drives it, and says at each step what is wrong and what may help.

The beam is on only under the bridge's own leases, with its clock and its read-back, for a survey and a few exposures.
How long, and how many electrons, is said before. The stage is moved only when it was asked for.
"""

import math
import time

import numpy as np

from .arrays import pack
from .beam import COMMAND, DWELL, BeamGuard, Lease
from .instrument import InstrumentFault, Survey
from .loading import not_imported, where
from .places import told_from
from .protocol import BridgeError
from .status import capabilities_of, conditions_of, current_of, pair_of
from .threads import Caller, CallerBusy, CallTimeout

_ELECTRONS_PER_S_AND_PA = 1e-12 / 1.602176634e-19
_SEE = "docs/instruments.md, 'Writing an adapter'"


class _Wrong(Exception):
    """A step found something; hint says what to do."""

    def __init__(self, said, hint=""):
        super().__init__(said)
        self.hint = hint


class _Over(Exception):
    """Nothing can be tried after this step."""


class AdapterCheck:
    """Tries one adapter; say: takes the lines of what was found."""

    START_S = 600.0
    CALL_S = 30.0
    STAGE_S = 180.0
    # Beyond the dwell: how much later a survey, and acquire(), may return.
    SURVEY_S = 15.0
    ACQUIRE_S = 10.0
    BLANK_S = 20.0
    DWELL_S = 0.1
    ABORTED_S = 3.0
    CORNERS = ((0.1, 0.2), (0.2, 0.7), (0.85, 0.35), (0.7, 0.9))

    def __init__(self, instrument, check_stage=False, say=print):
        self._instrument = instrument
        self._check_stage = check_stage
        self._say = say
        self._worker = Caller("dkl-instrument")
        self._reader = self._worker if instrument.single_thread else Caller("dkl-read-out")
        self._beam = BeamGuard(instrument)
        self._failed = 0
        self._beam_is_on = False
        self._said = None
        self._size = None
        self._notes = []

    def run(self):
        """0 all is well, 1 something is not, 4 the beam could not be read back as blanked at some time."""
        started = False
        try:
            self._step("connects", self._connect)
            started = True
            self._step("blanks and reads back", self._blank)
            self._step("says what it is and has", self._describe)
            self._step("says current and conditions", self._ask)
            self._say_plan()
            self._step("survey", self._survey)
            self._step("probe goes where it is sent, and says so", self._move_probe)
            for detector in self._said["detectors"]:
                self._step(f"exposure with {detector['id']}", lambda: self._expose(detector))
            detector = self._said["detectors"][0]
            self._step(f"blank and abort within an exposure with {detector['id']}", lambda: self._interrupt(detector))
            self._step("exposes again after that", lambda: self._expose(detector))
            self._step("stage", self._stage)
        except _Over:
            self._say("        Nothing was tried after this.")
        except KeyboardInterrupt:
            self._failed += 1
            self._say("FAILED  it was broken off")
        finally:
            blanked = self._beam.close()
            if started:
                self._close()
        return self._verdict(started, blanked)

    def _verdict(self, started, blanked):
        if not started and not blanked:
            self._say("Not connected: nothing was tried, and nothing is known of the beam.")
            return 1
        if not blanked or self._beam_is_on:
            self._say("The beam " + ("could not be read back as blanked at some time; it is now." if blanked else
                                     "is NOT read back as blanked: see to it at the microscope."))
            return 4
        if self._failed:
            self._say(f"{self._failed} failed; the beam is blanked.")
            return 1
        self._say("All is well; the beam is blanked. What no check can see: whether (row, column) is the same place "
                  "of the sample for the survey and for the probe. Park the probe on something that can be told.")
        return 0

    def _step(self, what, work):
        try:
            said, wrong, over = work(), None, False
        except _Over:
            raise
        except _Wrong as fault:
            wrong, over = fault, isinstance(fault, _Final)
        except Exception as fault:
            wrong, over = self._explained(fault), isinstance(fault, (CallTimeout, CallerBusy))
        if wrong is None:
            self._say(f"ok      {what}" + (f": {said}" if said else ""))
        else:
            self._failed += 1
            self._say(f"FAILED  {what}: {wrong}")
            if wrong.hint:
                self._say(f"        {wrong.hint}")
        for note in self._notes:
            self._say(f"        Note: {note}")
        self._notes.clear()
        if over or self._said is None and wrong is not None:
            raise _Over()

    @staticmethod
    def _explained(fault):
        if isinstance(fault, CallTimeout):
            return _Wrong(f"{fault}.", "The call hangs. Give the vendor's call a time limit of its own, and raise "
                                       "when it is over.")
        if isinstance(fault, CallerBusy):
            return _Wrong(f"a call before still hangs: {fault}.")
        if isinstance(fault, BridgeError):
            return _Wrong(str(fault))
        if isinstance(fault, ImportError):
            return _Wrong(not_imported(fault))
        if isinstance(fault, NotImplementedError):
            return _Wrong(f"not written yet{where(fault)}.", f"See {_SEE}.")
        return _Wrong(f"{type(fault).__name__}: {fault}{where(fault)}.")

    def _call(self, name, function, timeout=None):
        return self._worker.call(name, function, timeout or self.CALL_S)

    # Before the beam is on

    def _connect(self):
        try:
            self._call("start()", self._instrument.start, self.START_S)
        except Exception as fault:
            wrong = self._explained(fault)
            raise _Final(str(wrong), wrong.hint or "start() connects to the vendor's software; nothing goes without."
                         ) from None

    def _blank(self):
        if not self._beam.blank(COMMAND, "the check begins"):
            self._beam_is_on = True
            raise _Final(f"{self._beam.alarm}", "blank() returns when the beam is off; is_blanked() asks the "
                         "instrument and returns True or False. If its answer comes late, wait for it in blank()."
                         + self._of_another_type())
        return "blanked"

    def _of_another_type(self):
        try:
            said = Caller("dkl-check").call("is_blanked()", self._instrument.is_blanked, 2.0)
        except Exception:
            return ""
        return "" if isinstance(said, bool) else f" It returned {said!r}, of type {type(said).__name__}: use bool()."

    def _describe(self):
        line = self._call("describe()", self._instrument.describe)
        if not isinstance(line, str) or not line.strip():
            raise _Wrong(f"describe() returned {line!r}.", "It is one line for people.")
        try:
            said = capabilities_of(self._call("capabilities()", self._instrument.capabilities))
        except ValueError as fault:
            raise _Wrong(f"capabilities(): {fault}.", f"See {_SEE}.") from None
        if not said["channels"] or not said["detectors"]:
            raise _Wrong("capabilities() names no channel for surveys, or no detector.", "A run needs one of each.")
        self._said = said
        detectors = ", ".join(f"{one['id']} ({one['kind']} {'x'.join(map(str, one['shape']))} {one['dtype']})"
                              for one in said["detectors"])
        return f"{line}; {', '.join(said['channels'])}; {detectors}"

    def _ask(self):
        current = current_of(self._call("current()", self._instrument.current))
        for condition in conditions_of(self._call("conditions()", self._instrument.conditions)):
            self._notes.append(f"it speaks against measuring: {condition}")
        declared = self._said["beam"]["current_pa"]
        if current is None and declared is None:
            self._notes.append("nobody knows the current: a recipe then has to say beamCurrent.")
        return f"{declared if current is None else current} pA" if current or declared else "no current"

    # What exposes

    def _dwell(self, wanted):
        low, high = self._said["limits"]["dwell_s"]
        return min(max(wanted, low), high)

    def _survey_size(self):
        """Rows, columns and dwell: not square, so that rows and columns that are exchanged are seen."""
        limits = self._said["limits"]["survey"]
        rows = min(max(48, limits["rows"][0]), limits["rows"][1])
        columns = min(max(80, limits["columns"][0]), limits["columns"][1])
        return rows, columns, min(max(2e-6, limits["dwell_s"][0]), limits["dwell_s"][1])

    def _say_plan(self):
        rows, columns, dwell_s = self._survey_size()
        detectors = self._said["detectors"]
        each, aborted = self._dwell(self.DWELL_S), self._dwell(self.ABORTED_S)
        seconds = rows * columns * dwell_s + each * (len(detectors) + 1) + aborted
        current = self._said["beam"]["current_pa"]
        dose = "" if current is None else f", {seconds * current * _ELECTRONS_PER_S_AND_PA:.2g} electrons"
        self._say(f"The beam will be on {len(detectors) + 3} times, {seconds:.2g} s in all{dose}: a survey of {rows} "
                  f"x {columns} px, {len(detectors) + 1} exposures of {each:g} s, one of {aborted:g} s that is broken "
                  f"off. Where a call takes longer, so is the beam on, by {self.SURVEY_S:g} s at most.")

    def _with_beam(self, name, work, longest_s):
        """Works under a lease, on the instrument's thread. Returns (what work returned, the lease)."""
        lease = Lease(name, longest_s)
        self._begin(lease)
        call = self._worker.submit(name, lambda: self._beam.expose(lease, lambda: self._worked(work)))
        self._finish(lease, call, longest_s)
        if lease.ended_by != DWELL:
            raise _Wrong(f"it was ended after {lease.beam_on_s:.2g} s: {lease.reason}.")
        return call.result, lease

    def _begin(self, lease):
        try:
            self._beam.begin(lease, lambda: None)
        except BridgeError as fault:
            raise _Final(str(fault)) from None

    def _worked(self, work):
        if self._instrument.is_blanked():
            raise _Stuck()
        return work()

    def _finish(self, lease, call, longest_s):
        """Waits for the call's end, for that of its lease where it hangs, and takes what it raised."""
        returned = call.done.wait(longest_s) or lease.over.wait(self.BLANK_S) and call.done.wait(2.0)
        if not (lease.over.is_set() and lease.blanked):
            self._beam_is_on = True
            raise _Final(f"the beam does not read back as blanked afterwards: {self._beam.alarm}",
                         "blank() has to work from any thread, also while another call hangs.")
        if not returned:
            raise _Final(f"{call.name} did not return within {longest_s:g} s; the lease clock has blanked.",
                         "acquire() returns when the dwell is over, survey() with the image. Give the vendor's call a "
                         "time limit of its own, and let abort() end it.")
        if isinstance(call.fault, _Stuck):
            raise _Final("is_blanked() says True after unblank().",
                         "unblank() returns when the beam is on. is_blanked() asks the instrument: one that always "
                         "says True hides a beam that stays on.")
        if call.fault is not None:
            raise call.fault

    def _survey(self):
        rows, columns, dwell_s = self._survey_size()
        try:
            found = self._take_survey(rows, columns, dwell_s)
        except InstrumentFault as fault:
            limits = self._said["limits"]["survey"]
            size = min(max(64, limits["rows"][0], limits["columns"][0]), limits["rows"][1], limits["columns"][1])
            self._notes.append(f"{rows} x {columns} px were refused ({fault}), so it was a square.")
            rows = columns = size
            found = self._take_survey(rows, columns, dwell_s)
        if not isinstance(found, Survey):
            raise _Wrong(f"survey() returned {type(found).__name__}.", "Return Survey(image, pixel_nm=...).")
        shape = np.shape(found.image)
        if shape == (columns, rows) and rows != columns:
            raise _Wrong(f"the image has shape {shape} instead of {(rows, columns)}.",
                         "Rows and columns are swapped: image[row, column], rows first; image.T turns it.")
        pack(found.image, (rows, columns), None, "survey()", finite=True)
        image = np.asarray(found.image)
        if image.min() == image.max():
            raise _Wrong(f"every pixel of the image is {image.flat[0]}.",
                         "Either nothing was scanned, or the image is read before it is there, or the detector is out.")
        width = found.pixel_nm
        if width is None:
            self._notes.append("it does not know the width of a pixel: a recipe then has to say pixelSize.")
        elif not (math.isfinite(width) and width > 0):
            raise _Wrong(f"pixel_nm is {width!r}.", "It is the width of a pixel in nm, or None.")
        self._size = rows, columns
        return f"{rows} x {columns} px of {image.dtype}, from {image.min():.4g} to {image.max():.4g}" + (
            "" if width is None else f", {width:.4g} nm a pixel")

    def _take_survey(self, rows, columns, dwell_s):
        channel = self._said["channels"][0]
        found, _ = self._with_beam("survey()", lambda: self._instrument.survey(channel, rows, columns, dwell_s),
                                   rows * columns * dwell_s + self.SURVEY_S)
        return found

    def _move_probe(self):
        if self._size is None:
            raise _Wrong("not tried, since there is no survey.")
        rows, columns = self._size
        asked = [(round(down * (rows - 1), 2), round(right * (columns - 1), 2)) for down, right in self.CORNERS]
        read = []
        for row, column in asked:
            self._call("move_probe()", lambda: self._instrument.move_probe(row, column))
            place = pair_of(self._call("probe()", self._instrument.probe), ("row", "column"), "probe()")
            if place is None:
                raise _Wrong("probe() returned None after a survey and a move.", "It returns (row, column), read back.")
            read.append((place["row"], place["column"]))
        why = told_from(asked, read, rows, columns)
        if why is not None:
            places = "; ".join(f"({a:g}, {b:g}) reads ({c:.4g}, {d:.4g})" for (a, b), (c, d) in zip(asked, read))
            raise _Wrong(f"{places}.", why)
        if not self._beam.read_back():
            raise _Wrong("the beam is on after move_probe().", "Only the bridge unblanks; move it with the beam off.")
        farthest = max(max(abs(a - c), abs(b - d)) for (a, b), (c, d) in zip(asked, read))
        return f"four corners, {farthest:.2g} px away at most"

    def _acquiring(self, detector, dwell_s, took):
        def acquire():
            began = time.monotonic()
            try:
                self._instrument.acquire(detector["id"], dwell_s)
            finally:
                took.append(time.monotonic() - began)
        return acquire

    def _expose(self, detector):
        dwell_s, took = self._dwell(self.DWELL_S), []
        _, lease = self._with_beam("acquire()", self._acquiring(detector, dwell_s, took), dwell_s + self.ACQUIRE_S)
        try:
            frame = self._reader.call("read_out()", lambda: self._instrument.read_out(detector["id"]),
                                      detector["read_out_s"] + 5.0)
        except CallTimeout as fault:
            raise _Final(f"{fault}.", "capabilities() says in read_out_s how long it takes at most.") from None
        if took[0] < 0.9 * dwell_s:
            raise _Wrong(f"acquire() returned after {took[0]:.3g} s of {dwell_s:g} s.",
                         "It returns when the dwell is over; the bridge blanks then, and an early blank looks like a "
                         "thin sample.")
        if took[0] > 1.5 * dwell_s + 0.05:
            self._notes.append(f"acquire() took {took[0]:.3g} s for {dwell_s:g} s. The beam is on all the while and "
                               f"its dose charged; a recipe needs exposure.longest above {lease.beam_on_s:.2g} s.")
        self._look_at(frame, detector)
        return f"{dwell_s:g} s, beam on for {lease.beam_on_s:.3g} s, blanked afterwards"

    def _look_at(self, frame, detector):
        shape, declared = tuple(detector["shape"]), detector["dtype"]
        if frame is not None and len(shape) == 2 and np.shape(frame) == shape[::-1] != shape:
            raise _Wrong(f"the frame has shape {np.shape(frame)} instead of {shape}.",
                         "Rows and columns are swapped: (rows, columns), rows first; frame.T turns it.")
        try:
            pack(frame, shape, declared, "read_out()", finite=False)
            pack(frame, shape, declared, "read_out()", finite=True)
        except BridgeError as fault:
            raise _Wrong(str(fault), "capabilities() declares shape and dtype of what read_out() returns; make both "
                                     "the same, with numbers that are finite.") from None
        array = np.asarray(frame)
        if array.dtype.newbyteorder("<").str != declared:
            self._notes.append(f"read_out() returns {array.dtype}, which is converted to the declared {declared}.")
        if not array.any():
            self._notes.append("every element of the frame is 0.")

    def _interrupt(self, detector):
        dwell_s, took = self._dwell(self.ABORTED_S), []
        lease = Lease("acquire()", dwell_s + self.ACQUIRE_S)
        self._begin(lease)
        work = self._acquiring(detector, dwell_s, took)
        call = self._worker.submit("acquire()", lambda: self._beam.expose(lease, lambda: self._worked(work)))
        lease.unblanked.wait(self.CALL_S)
        # Into the exposure, not into its beginning.
        call.done.wait(0.1 * dwell_s)
        blanked = self._beam.blank(COMMAND, "the check broke it off")
        waited = call.done.is_set() and bool(took) and took[0] >= 0.9 * dwell_s
        if not blanked:
            self._beam_is_on = True
            raise _Final(f"the beam did not blank: {self._beam.alarm}", "Give the blanker a connection of its own.")
        if not call.done.wait(lease.longest_s):
            raise _Final(f"acquire() did not return within {lease.longest_s:g} s after it was broken off.",
                         "Let it end with its dwell at the latest, or let abort() end it.")
        if lease.ended_by != COMMAND:
            if call.fault is not None:
                raise call.fault
            raise _Wrong(f"it was over before it could be broken off: {lease.reason or lease.ended_by}.")
        if waited:
            raise _Wrong("blank() returned only when acquire() had.", "Vendors' clients often send one call at a "
                         "time: give the blanker a connection, and where need be a lock, of its own.")
        early = took[0] < 0.9 * dwell_s
        return "blanked at once; " + (f"acquire() ended after {took[0]:.2g} s of {dwell_s:g} s" if early else
                                      "acquire() went on to its end, with the beam off")

    # What does not expose

    def _stage(self):
        here = pair_of(self._call("stage()", self._instrument.stage), ("x_nm", "y_nm"), "stage()")
        limits = self._said["limits"]["stage"]
        if not self._said["stage_moves"] or limits is None:
            return "not moved by this adapter"
        if here is None:
            raise _Wrong("stage() returned None, but capabilities() says that the stage moves.",
                         "It returns (x, y) in nm, read back.")
        where_it_is = f"at ({here['x_nm']:.6g}, {here['y_nm']:.6g}) nm"
        if not self._check_stage:
            return f"{where_it_is}; not moved, --check-stage moves it"
        by = min(1000.0, limits["x_nm"][1] - here["x_nm"])
        by = by if by >= 100 else -min(1000.0, here["x_nm"] - limits["x_nm"][0])
        try:
            there = self._moved(here["x_nm"] + by, here["y_nm"])
        finally:
            back = self._moved(here["x_nm"], here["y_nm"])
        x, y = there["x_nm"] - here["x_nm"], there["y_nm"] - here["y_nm"]
        if abs(x - by) > abs(by) / 2 or abs(y) > abs(by) / 2:
            swapped = abs(y - by) <= abs(by) / 2 and abs(x) <= abs(by) / 2
            raise _Wrong(f"sent by ({by:.6g}, 0) nm, it reads back as moved by ({x:.6g}, {y:.6g}) nm.",
                         "x and y are swapped." if swapped else "Both are in nm: vendors say m or um; x comes first.")
        if max(abs(back["x_nm"] - here["x_nm"]), abs(back["y_nm"] - here["y_nm"])) > abs(by) / 2:
            raise _Wrong(f"it did not come back: ({back['x_nm']:.6g}, {back['y_nm']:.6g}) nm, it was {where_it_is}.")
        return f"{where_it_is}; moved by ({x:.6g}, {y:.6g}) nm and back"

    def _moved(self, x_nm, y_nm):
        self._call("move_stage()", lambda: self._instrument.move_stage(x_nm, y_nm), self.STAGE_S)
        place = pair_of(self._call("stage()", self._instrument.stage), ("x_nm", "y_nm"), "stage()")
        if place is None:
            raise _Wrong("stage() returned None after a move.", "It returns (x, y) in nm, read back.")
        return place

    def _close(self):
        try:
            self._worker.call("close()", self._instrument.close, 10.0, turn=2.0)
        except Exception as fault:
            self._say(f"        Note: close() failed: {self._explained(fault)}")


class _Final(_Wrong):
    """Found something after which nothing more can be tried."""


class _Stuck(Exception):
    """The beam reads back as blanked when it was turned on."""
