"""Who alone turns the beam on: under a lease, for a bounded time, and off again whatever happens.

Three threads can end an exposure: the one that exposes, the lease clock, and whoever commands a blank. The first cause
counts. All of them blank through the same thread, so that a vendor's call that hangs holds up none of them; a blank
that does not read back is tried again and then an alarm, under which nothing exposes until a person has cleared it.
"""

import logging
import threading
import time

from .protocol import BridgeError
from .threads import Caller, CallerBusy, CallTimeout

log = logging.getLogger("dkl_bridge.beam")

DWELL, LEASE, COMMAND, HEARTBEAT, FAULT = "dwell", "lease", "command", "heartbeat", "fault"


class Lease:
    """The right to have the beam on for at most longest_s, for one request."""

    def __init__(self, request, longest_s):
        self.request = request
        self.longest_s = longest_s
        self.ended_by = None
        self.reason = None
        self.blanked = True
        self.opened_at = None
        self.closed_at = None
        self.late = False
        # Both are waited for by other threads than the one that sets them.
        self.unblanked = threading.Event()
        self.over = threading.Event()

    @property
    def deadline(self):
        return None if self.opened_at is None else self.opened_at + self.longest_s

    @property
    def beam_on_s(self):
        """From before the call that unblanks until the blank was read back: never less than the beam was on."""
        if self.opened_at is None:
            return 0.0
        return (self.closed_at or time.monotonic()) - self.opened_at


class BeamGuard:
    ATTEMPTS = 4
    PATIENCE_S = 2.0
    RETRY_S = 1.0
    TICK_S = 0.2
    LATE_S = 0.5

    def __init__(self, instrument):
        self._instrument = instrument
        self.lock = threading.RLock()
        self._changed = threading.Condition(self.lock)
        self._blanker = Caller("dkl-blank", replace_hung=True)
        self._reader = Caller("dkl-read-back", replace_hung=True)
        self._lease = None
        self._unblanking = None
        self._working = None
        self._alarm = None
        self._closing = False
        # A second process that blanks when this one dies, where there is one.
        self.guard = None
        self._clock = threading.Thread(target=self._watch, name="dkl-lease-clock", daemon=True)
        self._clock.start()

    @property
    def alarm(self):
        return self._alarm

    @property
    def exposing(self):
        lease = self._lease
        return None if lease is None else lease.request

    def read_back(self):
        """Whether the beam is blanked, as the instrument says now; one that does not say is taken for on."""
        try:
            return self._reader.call("is_blanked()", self._instrument.is_blanked, self.PATIENCE_S) is True
        except Exception as fault:
            log.error("The blanker could not be read back: %s", fault)
            return False

    def blank(self, cause=COMMAND, why=None):
        """Ends what exposes, blanks and reads back. From any thread. Returns whether the beam is blanked."""
        lease = self.end(cause, why)
        return self._blank_now() if lease is None else self._end(lease)

    def end(self, cause, why):
        """Only says that what exposes has ended; the caller has to blank. Returns its lease, or None."""
        with self.lock:
            lease = self._lease
            if lease is not None and lease.ended_by is None:
                lease.ended_by, lease.reason = cause, why
            return lease

    def is_alive(self):
        """Returns where the lease clock can run, and hangs where it cannot."""
        with self.lock:
            return self._clock.is_alive()

    def begin(self, lease, still_allowed):
        """Takes the lease; refuses it in an alarm, beside another one, and where still_allowed raises."""
        with self.lock:
            if self._closing:
                raise BridgeError("busy", "The bridge is ending.")
            if self._alarm:
                raise BridgeError("beam-alarm", f"{self._alarm} Clear the alarm when a person has seen to it.")
            if self.guard is not None and not self.guard.is_ready:
                raise BridgeError("busy", "The guard process is not ready; it is being started.")
            if self._lease is not None:
                raise BridgeError("busy", f"The beam is on for request {self._lease.request}.")
            still_allowed()
            self._lease = lease

    def expose(self, lease, work):
        """Unblanks, works, blanks, reads back. On the instrument's thread. Raises what unblanking or work raises.

        Afterwards the lease says what ended it, and whether the beam is blanked.
        """
        try:
            with self.lock:
                if lease.ended_by is not None:
                    return None
                lease.opened_at = time.monotonic()
                self._unblanking = lease
                self._changed.notify_all()
            try:
                self._instrument.unblank()
            finally:
                self._unblanking = None
                lease.unblanked.set()
            # Ended while it was being unblanked: then that blank may have come too early.
            if lease.ended_by is not None:
                return None
            self._working = lease
            try:
                return work()
            finally:
                self._working = None
        except BaseException as fault:
            with self.lock:
                if lease.ended_by is None:
                    lease.ended_by, lease.reason = FAULT, f"{type(fault).__name__}: {fault}"
            raise
        finally:
            with self.lock:
                if lease.ended_by is None:
                    lease.ended_by = DWELL
            self._end(lease, here=True)

    def release(self, lease):
        """Gives a lease back that never exposed."""
        with self.lock:
            if self._lease is lease:
                self._lease = None
        lease.over.set()

    def _end(self, lease, here=False):
        """here: tries on this thread first, which is quicker. Should that hang, the lease clock takes over."""
        blanked = here and self._blanks_here() or self._blank_now()
        if lease.opened_at is not None and not lease.unblanked.is_set():
            # A call that unblanks is under way and may take effect after the blank: once more when it has returned.
            if lease.unblanked.wait(self.PATIENCE_S):
                blanked = self._blank_now()
            else:
                self._raise_alarm("unblank() has not returned, so that the beam may come on at any time.")
                blanked = False
        with self.lock:
            if lease.closed_at is None:
                lease.closed_at = time.monotonic()
                lease.blanked = blanked
            if self._lease is lease:
                self._lease = None
        lease.over.set()
        if self._working is lease and not here:
            self._abort(lease)
        return blanked

    def _blanks_here(self):
        try:
            return self._blank_and_read_back() is True
        except Exception as fault:
            log.warning("blank() failed: %s: %s", type(fault).__name__, fault)
            return False

    def _blank_now(self):
        said = ""
        for _ in range(self.ATTEMPTS):
            try:
                if self._blanker.call("blank()", self._blank_and_read_back, self.PATIENCE_S) is True:
                    return True
                said = "it reads back as unblanked"
            except (CallTimeout, CallerBusy) as fault:
                said = str(fault)
            except Exception as fault:
                said = f"{type(fault).__name__}: {fault}"
        self._raise_alarm(f"The beam could not be blanked in {self.ATTEMPTS} attempts: {said}.")
        return False

    def _blank_and_read_back(self):
        self._instrument.blank()
        return self._instrument.is_blanked()

    def _raise_alarm(self, text):
        with self.lock:
            if self._alarm is None:
                log.critical("ALARM: %s", text)
            self._alarm = text
            self._changed.notify_all()

    def clear(self, by):
        """Ends an alarm where the beam blanks and reads back now."""
        with self.lock:
            was = self._alarm
        if not self._blank_now():
            raise BridgeError("beam-alarm", f"The alarm stays: {self._alarm}")
        with self.lock:
            if self._unblanking is not None:
                raise BridgeError("beam-alarm", "The alarm stays: unblank() has not returned.")
            self._alarm = None
        if was:
            log.warning("%s cleared the alarm: %s", by, was)

    def _watch(self):
        """The lease clock: blanks when a lease's time is over, and goes on trying under an alarm."""
        while True:
            with self.lock:
                if self._closing:
                    return
                lease = self._lease
                if lease is None or lease.deadline is None:
                    lease = None
                    self._changed.wait(self.RETRY_S if self._alarm else None)
                    if not self._alarm or self._closing:
                        continue
                elif time.monotonic() < lease.deadline:
                    self._wait_until(min(lease.deadline, time.monotonic() + self.TICK_S), lease)
                    continue
                elif lease.ended_by is None:
                    lease.ended_by = LEASE
                    lease.reason = f"the beam was on for longer than {lease.longest_s:g} s"
                # Else somebody else ended it, and whatever blanks hangs.
            if lease is not None:
                log.error("Request %s was not blanked within %g s; blanking.", lease.request, lease.longest_s)
                self._end(lease)
            elif not self.read_back():
                self._blank_now()

    def _wait_until(self, moment, lease):
        """Waits, under the lock, and says when this thread could not run, since it could not have blanked then."""
        self._changed.wait(max(0.0, moment - time.monotonic()))
        late = time.monotonic() - moment
        if late > self.LATE_S and not lease.late:
            lease.late = True
            log.warning("Request %s: the lease clock could not run for %.1f s. The computer is overloaded, or the "
                        "vendor's call keeps Python's other threads from running; it cannot blank meanwhile.",
                        lease.request, late)

    def _abort(self, lease):
        """Asks the call that exposed to end early, and waits for nothing; the beam is off already."""
        def abort():
            # Not the next one, should this one have ended meanwhile.
            if self._working is lease:
                self._instrument.abort()

        try:
            self._reader.submit("abort()", abort, self._aborted)
        except CallerBusy as fault:
            log.warning("abort() was not called: %s", fault)

    @staticmethod
    def _aborted(_, fault):
        if fault is not None:
            log.warning("abort() failed: %s: %s", type(fault).__name__, fault)

    def close(self):
        """Blanks for good; nothing exposes any more."""
        with self.lock:
            self._closing = True
            self._changed.notify_all()
        return self.blank(COMMAND, "the bridge ends")
