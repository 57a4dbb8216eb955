"""Surveys and exposures: carried out at most once, each under a lease, each with an outcome in the journal."""

import logging
import threading

from .arrays import pack
from .beam import DWELL, FAULT, Lease
from .instrument import Survey
from .journal import hash_of
from .protocol import BridgeError, within
from .threads import CallerBusy

log = logging.getLogger("dkl_bridge.exposing")

EXPOSURE, SURVEY = "exposure", "survey"


class _UnderWay:
    def __init__(self, body, lease):
        self.body = body
        self.lease = lease
        self.refused = None
        self.result = None
        self.settled = threading.Event()


class Exposing:
    # Seconds that a request waits for the instrument to have done what it does, before it is told 'busy'.
    TURN_S = 10.0
    # Beyond longest_s: what syncing the journal and blanking with all attempts may take at most.
    GRACE_S = 30.0

    def __init__(self, instrument, worker, reader, beam, journal, frames, status, sessions):
        self._instrument = instrument
        self._worker = worker
        self._reader = reader
        self._beam = beam
        self._journal = journal
        self._frames = frames
        self._status = status
        self._sessions = sessions
        self._lock = threading.Lock()
        self._under_way = {}
        self._reading = None

    def expose(self, session, request, permit, detector_id, dwell_s, longest_s):
        """Carries an exposure out, or answers what became of it. Returns the outcome."""
        asked = {"detector": detector_id, "dwell_s": dwell_s, "longest_s": longest_s}

        def check():
            detector = self._status.detector(detector_id)
            limits = self._status.capabilities["limits"]
            within("dwell_s", dwell_s, limits["dwell_s"], "s")
            within("longest_s", longest_s, (dwell_s, limits["longest_s"]), "s")
            return detector

        def settle(under_way, detector):
            outcome = self._outcome(request, under_way.lease, dwell_s)
            return outcome, self._frame_of(request, detector, dwell_s) if outcome["outcome"] == "exposed" else None

        def work():
            self._instrument.acquire(detector_id, dwell_s)

        entry, duplicate = self._once(EXPOSURE, session, request, permit, longest_s, asked, check, work, settle)
        outcome = self.answer(entry, duplicate)
        if not outcome["blanked"] and not duplicate:
            raise BridgeError("beam-alarm", f"{self._beam.alarm}", beam_on_s=outcome["beam_on_s"])
        return outcome

    def survey(self, session, request, permit, channel, rows, columns, dwell_s, longest_s):
        """Takes a survey, or finds the one that was taken. Returns (array, meta)."""
        asked = {"channel": channel, "rows": rows, "columns": columns, "dwell_s": dwell_s, "longest_s": longest_s}

        def check():
            capabilities = self._status.capabilities
            if channel not in capabilities["channels"]:
                known = ", ".join(capabilities["channels"])
                raise BridgeError("not-found", f"There is no channel {channel!a}; there are: {known}.")
            limits = capabilities["limits"]["survey"]
            within("rows", rows, limits["rows"])
            within("columns", columns, limits["columns"])
            within("dwell_s", dwell_s, limits["dwell_s"], "s")
            # One that cannot end in time would only cost dose.
            within("longest_s", longest_s, (rows * columns * dwell_s, capabilities["limits"]["longest_s"]), "s")

        def work():
            return self._instrument.survey(channel, rows, columns, dwell_s)

        def settle(under_way, _):
            return self._settle_survey(request, under_way, channel, rows, columns), None

        entry, duplicate = self._once(SURVEY, session, request, permit, longest_s, asked, check, work, settle)
        return self._survey_of(entry, duplicate)

    def _once(self, kind, session, request, permit, longest_s, asked, check, work, settle):
        """(entry, duplicate) of a request that was carried out now, or before, or is by another thread."""
        body = hash_of(kind, asked)
        with self._lock:
            other = self._under_way.get(request)
            entry = None if other else self._journal.find(request)
            if other is None and entry is None:
                target = check()
                mine = self._under_way[request] = _UnderWay(body, Lease(request, longest_s))
        if other is not None:
            return self._after(other, request, body), True
        if entry is not None:
            self._same(entry.body, body, request)
            return entry, True
        try:
            self._carry_out(mine, kind, session, request, permit, work)
            outcome, and_then = settle(mine, target)
            entry = self._journal.find(request)
            self._journal.settle(entry, outcome)
            if and_then is not None:
                and_then()
            return entry, False
        except BridgeError as fault:
            mine.refused = fault
            raise
        finally:
            with self._lock:
                del self._under_way[request]
            mine.settled.set()

    def _after(self, other, request, body):
        """Waits for the same request that is under way."""
        self._same(other.body, body, request)
        if not other.settled.wait(self.TURN_S + other.lease.longest_s + self.GRACE_S):
            raise BridgeError("timeout", f"Request {request} is still under way.")
        if other.refused is not None:
            raise other.refused
        return self._journal.find(request)

    @staticmethod
    def _same(before, now, request):
        if before != now:
            raise BridgeError("request-reused", f"Request {request} asked for something else before.")

    def _carry_out(self, mine, kind, session, request, permit, work):
        """Returns when the lease is over, whatever the instrument does; raises where it never began."""
        self._wait_for_read_out()
        lease = mine.lease

        def on_instrument():
            try:
                self._beam.begin(lease, lambda: self._sessions.check(session, permit))
                try:
                    self._journal.intend(request, kind, mine.body)
                except OSError as fault:
                    raise BridgeError("journal", f"The bridge's journal cannot be written: {fault}. "
                                                 "Nothing was exposed.") from None
            except BaseException as fault:
                mine.refused = fault
                self._beam.release(lease)
                raise
            mine.result = self._beam.expose(lease, work)

        def finished(_, fault):
            if fault is not None and mine.refused is None:
                log.warning("Request %s: %s: %s", request, type(fault).__name__, fault)

        if self._beam.exposing is not None:
            raise BridgeError("busy", f"The beam is on for request {self._beam.exposing}.")
        try:
            call = self._worker.submit(f"{kind} {request}", on_instrument, finished)
            if not lease.over.wait(self.TURN_S):
                self._worker.claim(call)
        except CallerBusy as fault:
            raise BridgeError("busy", f"The instrument is busy: {fault}.") from None
        if not lease.over.wait(lease.longest_s + self.GRACE_S):
            raise BridgeError("timeout", f"Request {request} is still under way; see the bridge's log.")
        if mine.refused is not None:
            raise mine.refused

    def _wait_for_read_out(self):
        reading = self._reading
        if reading is not None and not reading.ready.wait(self.TURN_S):
            raise BridgeError("busy", "The frame before is still being read out.")

    def _outcome(self, request, lease, dwell_s=None):
        """What became of an exposure, in the words of the protocol; of a survey without a dwell."""
        beam_on_s, ended_by, reason = lease.beam_on_s, lease.ended_by, lease.reason
        # A detector's own clock may be a little shorter than ours, never by so much.
        short = dwell_s is not None and beam_on_s < 0.95 * dwell_s - 0.001
        if ended_by == DWELL and not short:
            outcome = "exposed"
        elif ended_by == DWELL:
            outcome, ended_by = "cut-short", FAULT
            reason = f"acquire() returned after {beam_on_s:.4g} of {dwell_s:g} s"
        elif ended_by != FAULT and (short or dwell_s is None or lease.opened_at is None):
            outcome = "cut-short"
        else:
            outcome = "failed"
            reason = reason or f"acquire() had not returned after {beam_on_s:.4g} s"
        if not lease.blanked:
            outcome, reason = "failed", self._beam.alarm or "the beam was not blanked"
        value = {"request": request, "outcome": outcome, "ended_by": ended_by, "beam_on_s": round(beam_on_s, 6),
                 "blanked": lease.blanked}
        if reason:
            value["reason"] = reason[:1000]
        return value

    @staticmethod
    def answer(entry, duplicate):
        outcome = entry.outcome
        if outcome is None or outcome["outcome"] == "unknown":
            outcome = {"request": entry.request, "outcome": "unknown", "ended_by": FAULT, "beam_on_s": None,
                       "blanked": True, "reason": "the bridge ended before it knew the outcome"}
        return {**outcome, "duplicate": duplicate}

    def _frame_of(self, request, detector, dwell_s):
        """Makes a place for the frame, so that it is found from now on; returns what begins to read it out."""
        meta = {"detector": detector["id"], "dwell_s": dwell_s}
        for axis in ("energy", "angle"):
            if axis in detector:
                meta[axis] = detector[axis]
        frame = self._reading = self._frames.add(request, detector["read_out_s"], meta)

        def read_out():
            value = self._instrument.read_out(detector["id"])
            return pack(value, detector["shape"], detector["dtype"], "read_out()", finite=False)

        def finished(array, fault):
            if fault is None:
                frame.set(array)
            else:
                log.error("The frame of %s: %s: %s", request, type(fault).__name__, fault)
                frame.fail(instrument_error(fault))

        def begin():
            try:
                self._reader.submit(f"read_out {request}", read_out, finished)
            except CallerBusy as fault:
                frame.fail(BridgeError("busy", f"The instrument is busy: {fault}."))

        return begin

    def _settle_survey(self, request, under_way, channel, rows, columns):
        outcome = self._outcome(request, under_way.lease)
        if outcome["outcome"] != "exposed":
            return outcome
        outcome["ended_by"] = "done"
        survey = under_way.result
        meta = {"pixel_nm": None, "channel": channel, "beam_on_s": outcome["beam_on_s"], "ended_by": "done"}
        try:
            if not isinstance(survey, Survey):
                raise BridgeError("instrument", f"survey() returned {type(survey).__name__}, no Survey.")
            array = pack(survey.image, (rows, columns), None, "survey()", finite=True)
            if survey.pixel_nm is not None:
                meta["pixel_nm"] = float(survey.pixel_nm)
                if not 0 < meta["pixel_nm"] < 1e9:
                    raise BridgeError("instrument", f"survey() returned pixels of {survey.pixel_nm} nm.")
        except BridgeError as fault:
            outcome.update(outcome="failed", ended_by=FAULT, reason=fault.message)
            return outcome
        self._status.surveyed(rows, columns)
        self._frames.add(request, 0.0, meta).set(array)
        return outcome

    def _survey_of(self, entry, duplicate):
        outcome = self.answer(entry, duplicate)
        known = {"beam_on_s": outcome["beam_on_s"], "ended_by": outcome["ended_by"], "duplicate": duplicate}
        if outcome["outcome"] == "unknown":
            raise BridgeError("data-gone", f"The bridge ended within the survey {entry.request}.", **known)
        if not outcome["blanked"]:
            raise BridgeError("beam-alarm", outcome["reason"], **known)
        if outcome["outcome"] != "exposed":
            raise BridgeError(
                "instrument", f"The survey was ended by {outcome['ended_by']}: {outcome.get('reason', 'blanked')}.",
                **known)
        frame = self._frames.wait(entry.request)
        return frame.array, {**frame.meta, "duplicate": duplicate}

    def find(self, request):
        """The outcome of a request; waits for one that is under way. Says 'not-found' where it never came."""
        with self._lock:
            other = self._under_way.get(request)
        if other is not None:
            self._after(other, request, other.body)
        entry = self._journal.find(request)
        if entry is None:
            raise BridgeError("not-found", f"Request {request} never came here, or so long ago that it is forgotten.")
        return self.answer(entry, True)

    def frame(self, request):
        """The frame of a request (array, meta), once it is read out."""
        outcome = self.find(request)
        if outcome["outcome"] != "exposed":
            raise BridgeError("data-gone", f"Request {request} has no frame, its outcome is '{outcome['outcome']}'.")
        frame = self._frames.wait(request)
        return frame.array, frame.meta


def instrument_error(fault):
    """An answer for whatever the instrument's software raised."""
    if isinstance(fault, BridgeError):
        return fault
    text = str(fault).strip() or "no message"
    return BridgeError("instrument", f"{type(fault).__name__}: {text}"[:1000], getattr(fault, "fault", None))
