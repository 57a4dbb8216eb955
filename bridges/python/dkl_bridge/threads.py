"""Calls into a vendor's software, each with a deadline: whoever waits is never held up by a call that hangs."""

import queue
import threading
import time


class CallTimeout(Exception):
    """A call did not return within its time; it may still be under way."""


class CallerBusy(Exception):
    """The thread was taken by a call before for too long; this one was not begun."""


class _Call:
    def __init__(self, name, function, finished):
        self.name = name
        self.function = function
        self.finished = finished
        self.done = threading.Event()
        self.result = None
        self.fault = None
        self.given_up = False
        self.began = None


class Caller:
    """A thread that makes one call after the other.

    A call that hangs keeps the thread: the next ones are refused with CallerBusy once they have waited for their turn
    for long enough. With ``replace_hung`` they get a new thread instead, at most MOST_HUNG times; that is for calls
    that the instrument takes from any thread, and that must be made whatever hangs.
    """

    MOST_HUNG = 8
    WAITING = 64

    def __init__(self, name, replace_hung=False):
        self._name = name
        self._replace_hung = replace_hung
        self._lock = threading.Lock()
        self._hung = 0
        self._closed = False
        self._current = None
        self._calls = None
        self._start_thread()

    def _start_thread(self):
        self._calls = queue.Queue(self.WAITING)
        threading.Thread(target=self._work, args=(self._calls,), name=self._name, daemon=True).start()

    @property
    def busy_with(self):
        """Name of the call that is under way and since how many seconds, or None."""
        call = self._current
        return None if call is None else (call.name, time.monotonic() - call.began)

    @property
    def idle(self):
        return self._current is None and self._calls.empty()

    def submit(self, name, function, finished=None):
        """Queues a call and returns at once. ``finished(result, fault)`` is called on the thread at its end."""
        call = _Call(name, function, finished)
        with self._lock:
            if self._closed:
                raise CallerBusy("the bridge is ending")
            try:
                self._calls.put_nowait(call)
            except queue.Full:
                raise CallerBusy(f"{self.WAITING} calls wait for the instrument") from None
        return call

    def call(self, name, function, timeout, turn=None):
        """Makes a call and returns what it returns, or raises what it raises.

        timeout: seconds from its beginning; then CallTimeout. turn: seconds that it may wait for the calls before it,
        as long as the timeout where left out; then CallerBusy, and it is never begun.
        """
        call = self.submit(name, function)
        turn = timeout if turn is None else turn
        if not call.done.wait(min(turn, timeout)):
            if call.began is None and turn > timeout:
                call.done.wait(turn - timeout)
            self._wait_on(call, timeout)
        if call.fault is not None:
            raise call.fault
        return call.result

    def claim(self, call):
        """Says CallerBusy where a call has not begun yet, which then never begins. Returns when it began."""
        with self._lock:
            if call.began is not None:
                return call.began
            call.given_up = True
            under_way = self.busy_with
        if self._replace_hung:
            self._replace(None)
        raise CallerBusy("another call" if under_way is None else "{} for {:.1f} s".format(*under_way))

    def _wait_on(self, call, timeout):
        began = self.claim(call)
        if not call.done.wait(max(0.0, began + timeout - time.monotonic())):
            if self._replace_hung:
                self._replace(call)
            raise CallTimeout(f"{call.name} did not return within {timeout:g} s")

    def _replace(self, call):
        """Leaves the thread that hangs to itself; what waited behind it moves to a new one."""
        with self._lock:
            if self._hung >= self.MOST_HUNG or call is not None and self._current is not call:
                return
            self._hung += 1
            waiting = self._calls
            self._start_thread()
            self._current = None
            while not waiting.empty():
                try:
                    self._calls.put_nowait(waiting.get_nowait())
                except (queue.Empty, queue.Full):
                    break

    def close(self):
        """Ends the thread after what is queued. One that hangs is a daemon and ends with the process."""
        with self._lock:
            self._closed = True
            try:
                self._calls.put_nowait(None)
            except queue.Full:
                pass

    def _work(self, calls):
        while True:
            call = calls.get()
            if call is None or calls is not self._calls:
                if call is not None:
                    self._move_on(call)
                return
            with self._lock:
                if call.given_up:
                    continue
                call.began = time.monotonic()
                self._current = call
            try:
                call.result = call.function()
            except BaseException as fault:  # Vendors raise what they like; it belongs to who waits for the call.
                call.fault = fault
            with self._lock:
                if self._current is call:
                    self._current = None
            call.done.set()
            if call.finished is not None:
                call.finished(call.result, call.fault)

    def _move_on(self, call):
        with self._lock:
            try:
                self._calls.put_nowait(call)
            except queue.Full:
                call.given_up = True
