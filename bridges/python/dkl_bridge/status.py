"""What the instrument says of itself, read now and then, checked, and in the words of the protocol."""

import dataclasses
import logging
import math
import threading
import time

from .arrays import DTYPES
from .instrument import Capabilities
from .protocol import BridgeError

log = logging.getLogger("dkl_bridge.status")


def _finite(value, what, least=-math.inf, most=math.inf):
    if isinstance(value, bool) or not isinstance(value, (int, float)) and not hasattr(value, "__float__"):
        raise ValueError(f"{what} is {value!r}, which is no number")
    number = float(value)
    if not math.isfinite(number) or not least <= number <= most:
        raise ValueError(f"{what} is {number!r}, outside {least:g} to {most:g}")
    return int(number) if isinstance(value, int) else number


def _range(value, what, least=-math.inf):
    low, high = value
    low, high = _finite(low, f"{what}[0]", least), _finite(high, f"{what}[1]", least)
    if low > high:
        raise ValueError(f"{what} goes from {low} to {high}")
    return [low, high]


def _plain(value):
    return None if value is None else dataclasses.asdict(value)


def _detector(detector):
    shape = [int(_finite(size, f"{detector.id}.shape", 1, 1 << 16)) for size in detector.shape]
    if (detector.kind, len(shape)) not in (("spectrum", 1), ("pattern", 2)):
        raise ValueError(f"detector {detector.id} is a {detector.kind!r} of shape {shape}; "
                         "there are spectra of one dimension and patterns of two")
    if detector.dtype not in DTYPES:
        raise ValueError(f"detector {detector.id} has elements {detector.dtype!r}, not one of {', '.join(DTYPES)}")
    value = {"id": detector.id, "kind": detector.kind, "shape": shape, "dtype": detector.dtype,
             "read_out_s": _finite(detector.read_out_s, f"{detector.id}.read_out_s", 0, 600)}
    if detector.kind == "spectrum":
        value["energy"] = _plain(detector.energy)
    else:
        value["angle"] = _plain(detector.angle)
    return value


def capabilities_of(said: Capabilities):
    """The capabilities as JSON, without revision and the limits of the probe. Raises ValueError where they are odd."""
    try:
        limits = said.limits
        ids = [detector.id for detector in said.detectors]
        if len(set(ids)) != len(ids):
            raise ValueError(f"two detectors have the same id: {ids}")
        return {
            "limits": {
                "dwell_s": _range(limits.dwell_s, "limits.dwell_s", 0),
                "longest_s": _finite(limits.longest_s, "limits.longest_s", 0, 3600),
                "survey": {"rows": _range(limits.survey.rows, "limits.survey.rows", 1),
                           "columns": _range(limits.survey.columns, "limits.survey.columns", 1),
                           "dwell_s": _range(limits.survey.dwell_s, "limits.survey.dwell_s", 0)},
                "probe": None,
                "stage": None if limits.stage is None else {
                    "x_nm": _range(limits.stage.x_nm, "limits.stage.x_nm"),
                    "y_nm": _range(limits.stage.y_nm, "limits.stage.y_nm")},
            },
            "channels": [str(channel) for channel in said.channels],
            "detectors": [_detector(detector) for detector in said.detectors],
            "beam": {"energy_kev": _finite(said.beam.energy_kev, "beam.energy_kev", 0),
                     "current_pa": current_of(said.beam.current_pa),
                     "times_itself": bool(said.beam.times_itself)},
            "settle_s": _finite(said.settle_s, "settle_s", 0, 600),
            "stage_moves": bool(said.stage_moves),
        }
    except (AttributeError, TypeError) as fault:
        raise ValueError(f"capabilities() returned {type(said).__name__}: {fault}") from None


def pair_of(value, names, what):
    """Two finite numbers by name, or None where the instrument does not know."""
    if value is None:
        return None
    try:
        first, second = value
        return {names[0]: float(_finite(first, what)), names[1]: float(_finite(second, what))}
    except (TypeError, ValueError) as fault:
        raise BridgeError("instrument", f"{what} returned {value!r}: {fault}.") from None


def current_of(value):
    return None if value is None else float(_finite(value, "current_pa", 0))


def conditions_of(value):
    return [str(sentence)[:500] for sentence in list(value or ())[:32]]


class Status:
    """The last word of the instrument on everything that is not asked for at once.

    The instrument is asked when its thread is idle and its word older than MOST_AGE_S, so that a heartbeat is answered
    while it exposes. A capability that changed gets a new revision.
    """

    MOST_AGE_S = 1.0
    SLOW_S = 0.05

    def __init__(self, instrument):
        self._instrument = instrument
        self._lock = threading.Lock()
        self._survey = None
        self._revision = 0
        self._capabilities = None
        self._at = None
        self._slow = set()
        self.probe = self.stage = self.current_pa = None
        self.conditions = []

    @property
    def is_old(self):
        return self._at is None or time.monotonic() - self._at > self.MOST_AGE_S

    @property
    def revision(self):
        return self._revision

    @property
    def capabilities(self):
        with self._lock:
            return {"revision": self._revision, **self._capabilities}

    @property
    def survey_window(self):
        return self._survey

    def detector(self, detector_id):
        for detector in self._capabilities["detectors"]:
            if detector["id"] == detector_id:
                return detector
        known = ", ".join(detector["id"] for detector in self._capabilities["detectors"])
        raise BridgeError("not-found", f"There is no detector {detector_id!a}; there are: {known}.")

    def surveyed(self, rows, columns):
        """From now on positions are pixels of this image. What else the survey may have changed is asked soon."""
        with self._lock:
            self._survey = (rows, columns)
            said = dict(self._capabilities, limits=dict(self._capabilities["limits"]))
        self._at = None
        self.take(said)

    def refresh(self):
        """Asks the instrument everything. On its own thread; never raises."""
        conditions = self._ask("conditions", lambda: conditions_of(self._instrument.conditions()), None)
        self.probe = self._ask(
            "probe", lambda: pair_of(self._instrument.probe(), ("row", "column"), "probe()"), None)
        self.stage = self._ask("stage", lambda: pair_of(self._instrument.stage(), ("x_nm", "y_nm"), "stage()"), None)
        self.current_pa = self._ask("current", lambda: current_of(self._instrument.current()), None)
        said = self._ask("capabilities", lambda: capabilities_of(self._instrument.capabilities()), None)
        if conditions is None:
            conditions = ["instrument: conditions() failed; see the bridge's log"]
        if said is None:
            conditions = conditions + ["instrument: capabilities() failed; see the bridge's log"]
        else:
            self.take(said)
        self.conditions = conditions
        self._at = time.monotonic()

    def take(self, said):
        """Takes capabilities that were checked."""
        if self._survey is not None:
            rows, columns = self._survey
            said["limits"]["probe"] = {"row": [0, rows - 1], "column": [0, columns - 1]}
        with self._lock:
            if said != self._capabilities:
                self._capabilities = said
                self._revision += 1

    def _ask(self, name, question, otherwise):
        began = time.monotonic()
        try:
            return question()
        except Exception as fault:
            log.warning("%s() failed: %s: %s", name, type(fault).__name__, fault)
            return otherwise
        finally:
            took = time.monotonic() - began
            if took > self.SLOW_S and name not in self._slow:
                self._slow.add(name)
                log.warning("%s() took %.0f ms; exposures wait for it about once a second.", name, took * 1000)
