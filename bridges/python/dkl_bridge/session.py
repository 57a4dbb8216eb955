"""The one session that commands: its heartbeat, its permits, and the thread that ends it when it falls silent."""

import logging
import secrets
import threading
import time
from collections import OrderedDict

from .protocol import BridgeError

log = logging.getLogger("dkl_bridge.session")

HEARTBEAT_S = (0.5, 60.0)


class Session:
    def __init__(self, client, heartbeat_s):
        self.id = secrets.token_hex(16)
        self.client = client
        self.heartbeat_s = heartbeat_s
        self.heard_at = time.monotonic()
        self.highest_permit = 0
        self.revoked_to = -1

    def touch(self):
        self.heard_at = time.monotonic()

    @property
    def silent_s(self):
        return time.monotonic() - self.heard_at


class Sessions:
    """lock: the beam's, so that a permit is revoked or a session closed either before an exposure begins, which is
    refused then, or after, and then it is ended. silence: called on the watch's own thread when a session has been
    silent for too long; it blanks."""

    REMEMBERED = 32

    def __init__(self, lock, silence):
        self._lock = lock
        self._changed = threading.Condition(lock)
        self._silence = silence
        self._session = None
        self._over = OrderedDict()
        self._closing = False
        self._thread = threading.Thread(target=self._watch, name="dkl-heartbeat", daemon=True)
        self._thread.start()

    @property
    def current(self):
        return self._session

    def open(self, client, heartbeat_s, take_over):
        """Opens a session and closes the one before, or says who commands. The caller has to blank before it answers.
        """
        with self._lock:
            before = self._session
            if before is not None:
                if not take_over:
                    raise BridgeError(
                        "in-use", f"{before.client} commands the instrument, heard {before.silent_s:.1f} s ago.")
                self._end(before, f"{client} took over")
            session = self._session = Session(client, heartbeat_s)
            self._changed.notify_all()
        log.info("%s commands, heartbeat %g s.", client, heartbeat_s)
        return session

    def commanding(self, session_id):
        """The session that a request names, heard now; refused where it is over."""
        with self._lock:
            session = self._session
            if session is None or session_id != session.id:
                raise BridgeError("session-over", self._why_over(session_id))
            session.heard_at = time.monotonic()
            return session

    def heard(self, session_id):
        """A request that commands nothing counts as a heartbeat too where it names the session."""
        session = self._session
        if session is not None and session_id == session.id:
            session.heard_at = time.monotonic()

    def check(self, session, permit):
        """Whether an exposure of a session may begin. Under the lock."""
        if self._session is not session:
            raise BridgeError("session-over", self._why_over(session.id))
        session.highest_permit = max(session.highest_permit, permit)
        if permit <= session.revoked_to:
            raise BridgeError("permit-revoked", f"The beam was blanked after permit {permit} was given.")

    def revoke(self, permit):
        """Revokes all permits up to one, or all that were seen. Under the lock."""
        session = self._session
        if session is not None:
            upto = session.highest_permit if permit is None else permit
            session.revoked_to = max(session.revoked_to, upto)

    def close(self, session, why):
        """Ends a session; nothing of it begins any more. The caller has to blank."""
        with self._lock:
            if self._session is session:
                self._end(session, why)
                self._session = None

    def _end(self, session, why):
        self._over[session.id] = why
        while len(self._over) > self.REMEMBERED:
            self._over.popitem(last=False)
        log.info("The session of %s is over: %s.", session.client, why)

    def _why_over(self, session_id):
        if not session_id:
            return "The request names no session; POST /v1/session opens one."
        why = self._over.get(session_id)
        return "The session is not known here." if why is None else f"The session is over: {why}."

    def _watch(self):
        while True:
            with self._lock:
                if self._closing:
                    return
                session = self._session
                left = None if session is None else session.heartbeat_s - session.silent_s
                if left is None or left > 0:
                    self._changed.wait(left)
                    continue
                why = f"no heartbeat for {session.heartbeat_s:g} s"
                self.close(session, why)
            self._silence(session, why)

    def stop(self):
        with self._lock:
            self._closing = True
            self._changed.notify_all()
