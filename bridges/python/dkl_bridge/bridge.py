"""The bridge itself, without HTTP: sessions, beam, probe, stage, surveys and exposures of one instrument."""

import datetime
import logging
import secrets

from .beam import COMMAND, FAULT, HEARTBEAT, BeamGuard
from .exposing import Exposing, instrument_error
from .frames import FrameStore
from .guard import Guard
from .protocol import NAME, VERSION, BridgeError, within
from .session import HEARTBEAT_S, Sessions
from .status import Status, capabilities_of, pair_of
from .threads import Caller, CallerBusy, CallTimeout
from .version import VERSION as SOFTWARE

log = logging.getLogger("dkl_bridge")


def _now():
    now = datetime.datetime.now(datetime.timezone.utc)
    return now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03d}Z"


class Bridge:
    """Owns an instrument from start to close. Every method may be called from any thread.

    Raises BridgeError for what a client has to be told, and ValueError at the start where the adapter's description of
    itself is wrong.
    """

    START_S = 600.0
    PROBE_S = 30.0
    STAGE_S = 180.0
    STATUS_S = 5.0
    TURN_S = 10.0
    # How long the answer of a state waits for the instrument's own words; older ones are given then.
    STATE_S = 0.25

    def __init__(self, instrument, journal, name):
        self.instance = secrets.token_hex(16)
        self._instrument = instrument
        self._journal = journal
        self._name = name
        self._worker = Caller("dkl-instrument")
        self._reader = self._worker if instrument.single_thread else Caller("dkl-read-out")
        self._beam = BeamGuard(instrument)
        self._sessions = Sessions(self._beam.lock, self._silent)
        self._status = Status(instrument)
        self._frames = FrameStore()
        self._exposing = Exposing(instrument, self._worker, self._reader, self._beam, journal, self._frames,
                                  self._status, self._sessions)
        self._description = ""

    def start(self):
        """Connects to the instrument, blanks, and asks what there is."""
        self._worker.call("start()", self._instrument.start, self.START_S)
        self._beam.blank(COMMAND, "the bridge starts")
        self._description = str(self._worker.call("describe()", self._instrument.describe, self.START_S))
        self._status.take(self._worker.call(
            "capabilities()", lambda: capabilities_of(self._instrument.capabilities()), self.START_S))
        self._worker.call("status", self._status.refresh, self.START_S)

    def guard_with(self, command):
        """Starts a guard process; nothing is exposed before it is ready, nor while there is none."""
        self._beam.guard = Guard(command, self._beam.is_alive,
                                 lambda: self._beam.blank(FAULT, "the guard process blanked, or ended"))

    def close(self):
        """Blanks for good and lets go of the instrument. Returns whether the beam is blanked."""
        self._sessions.stop()
        blanked = self._beam.close()
        if self._beam.guard is not None and blanked:
            self._beam.guard.close()
        if not blanked:
            log.critical("The bridge ends and the beam is NOT blanked: %s", self._beam.alarm)
        try:
            self._worker.call("close()", self._instrument.close, 10.0, turn=2.0)
        except Exception as fault:
            log.warning("close() failed: %s: %s", type(fault).__name__, fault)
        self._journal.close()
        return blanked

    # What there is

    def identity(self):
        return {"protocol": NAME, "version": VERSION, "name": self._name,
                "software": f"dkl-bridge {SOFTWARE} ({type(self._instrument).__name__})", "instance": self.instance,
                "instrument": self._description, "simulated": bool(self._instrument.simulated), "time": _now()}

    def capabilities(self):
        return self._status.capabilities

    def state(self):
        self._refresh()
        session = self._sessions.current
        return {
            "beam": {"blanked": self._beam.read_back(), "alarm": self._beam.alarm, "exposing": self._beam.exposing},
            "probe": self._status.probe, "stage": self._status.stage, "current_pa": self._status.current_pa,
            "conditions": self._status.conditions,
            "session": None if session is None else {
                "client": session.client, "silent_s": round(session.silent_s, 3)},
            "revision": self._status.revision, "time": _now(),
        }

    def _refresh(self):
        if self._status.is_old and self._worker.idle:
            try:
                self._worker.call("status", self._status.refresh, self.STATE_S, turn=self.STATE_S)
            except (CallerBusy, CallTimeout):
                pass

    # Sessions

    def open_session(self, client, heartbeat_s, take_over):
        within("heartbeat_s", heartbeat_s, HEARTBEAT_S, "s")
        session = self._sessions.open(client, heartbeat_s, take_over)
        if not self._beam.blank(COMMAND, f"{client} opened a session"):
            log.critical("A session begins under an alarm: %s", self._beam.alarm)
        session.touch()
        return {"session": session.id, "capabilities": self.capabilities(), "state": self.state()}

    def commanding(self, session_id):
        return self._sessions.commanding(session_id)

    def heard(self, session_id):
        self._sessions.heard(session_id)

    def close_session(self, session):
        self._sessions.close(session, "its client closed it")
        return self.blank(None, "the session was closed")

    def _silent(self, session, why):
        log.error("%s: %s; blanking.", session.client, why)
        self._beam.blank(HEARTBEAT, why)

    # The beam

    def blank(self, permit, why="a blank was commanded"):
        """Revokes the permits up to one, or with None all that were seen, and blanks."""
        with self._beam.lock:
            self._sessions.revoke(permit)
            self._beam.end(COMMAND, why)
        blanked = self._beam.blank(COMMAND, why)
        if not blanked:
            raise BridgeError("beam-alarm", self._beam.alarm)
        return {"blanked": True}

    def clear_alarm(self, by):
        self._beam.clear(by)
        return {"blanked": True}

    # Probe and stage

    def move_probe(self, row, column):
        window = self._status.survey_window
        if window is None:
            raise BridgeError("outside-limits", "There was no survey yet, so that no position is known; take one.")
        within("row", row, (0, window[0] - 1), "px")
        within("column", column, (0, window[1] - 1), "px")

        def move():
            self._instrument.move_probe(row, column)
            self._status.probe = pair_of(self._instrument.probe(), ("row", "column"), "probe()")
            return self._status.probe

        return self._with_beam_off("move_probe()", move, self.PROBE_S)

    def probe(self):
        return self._ask("probe()", lambda: pair_of(self._instrument.probe(), ("row", "column"), "probe()"))

    def confirm_window(self, rows, columns):
        """Positions are pixels of an image of this size, taken before the bridge was started."""
        limits = self._status.capabilities["limits"]["survey"]
        within("rows", rows, limits["rows"], "px")
        within("columns", columns, limits["columns"], "px")
        window = self._status.survey_window
        if window is None:
            # It raises where it does not know where that image was.
            self._call("resume_window()", lambda: self._instrument.resume_window(rows, columns), self.PROBE_S)
            self._status.surveyed(rows, columns)
        elif window != (rows, columns):
            raise BridgeError("outside-limits", f"Positions are pixels of a survey of {window[0]} x {window[1]}, "
                                                f"not of {rows} x {columns}.")
        return {"rows": rows, "columns": columns}

    def move_stage(self, x_nm, y_nm):
        capabilities = self._status.capabilities
        limits = capabilities["limits"]["stage"]
        if not capabilities["stage_moves"] or limits is None:
            raise BridgeError("outside-limits", "This instrument's stage is not moved by the bridge.")
        within("x_nm", x_nm, limits["x_nm"], "nm")
        within("y_nm", y_nm, limits["y_nm"], "nm")

        def move():
            self._instrument.move_stage(x_nm, y_nm)
            self._status.stage = pair_of(self._instrument.stage(), ("x_nm", "y_nm"), "stage()")
            return self._status.stage

        return self._with_beam_off("move_stage()", move, self.STAGE_S)

    def stage(self):
        return self._ask("stage()", lambda: pair_of(self._instrument.stage(), ("x_nm", "y_nm"), "stage()"))

    def _with_beam_off(self, name, move, timeout):
        if self._beam.alarm:
            raise BridgeError("beam-alarm", self._beam.alarm)
        if self._beam.exposing is not None:
            raise BridgeError("busy", f"The beam is on for request {self._beam.exposing}.")
        place = self._call(name, move, timeout)
        if place is None:
            raise BridgeError("instrument", f"{name} moved, and the instrument does not say where to.")
        return place

    def _ask(self, name, question):
        place = self._call(name, question, self.STATUS_S)
        if place is None:
            raise BridgeError("not-found", f"The instrument does not know; {name} returned nothing.")
        return place

    def _call(self, name, function, timeout):
        try:
            return self._worker.call(name, function, timeout, turn=self.TURN_S)
        except CallerBusy as fault:
            raise BridgeError("busy", f"The instrument is busy: {fault}.") from None
        except CallTimeout as fault:
            raise BridgeError("timeout", f"The instrument: {fault}.") from None
        except Exception as fault:
            raise instrument_error(fault) from None

    # Surveys and exposures

    def survey(self, *arguments):
        return self._exposing.survey(*arguments)

    def expose(self, *arguments):
        return self._exposing.expose(*arguments)

    def outcome(self, request):
        return self._exposing.find(request)

    def frame(self, request):
        return self._exposing.frame(request)
