"""The last frames, in memory, and the ones that are being read out."""

import threading
from collections import OrderedDict

from .protocol import BridgeError


class Frame:
    def __init__(self, read_out_s, meta):
        self.read_out_s = read_out_s
        self.meta = meta
        self.ready = threading.Event()
        self.array = None
        self.fault = None

    def set(self, array):
        self.array = array
        self.ready.set()

    def fail(self, fault):
        self.fault = fault
        self.ready.set()


class FrameStore:
    """Keeps the last frames; what was kept longer ago is gone."""

    PATIENCE_S = 5.0

    def __init__(self, keep=8):
        self._keep = keep
        self._lock = threading.Lock()
        self._frames = OrderedDict()

    def add(self, request, read_out_s, meta):
        frame = Frame(read_out_s, meta)
        with self._lock:
            self._frames[request] = frame
            while len(self._frames) > self._keep:
                self._frames.popitem(last=False)
        return frame

    def find(self, request):
        with self._lock:
            return self._frames.get(request)

    def wait(self, request):
        """The frame of a request, once it is read out."""
        frame = self.find(request)
        if frame is None:
            raise BridgeError("data-gone", f"The frame of {request} was kept no longer; the last {self._keep} are.")
        if not frame.ready.wait(frame.read_out_s + self.PATIENCE_S):
            raise BridgeError(
                "timeout", f"The frame of {request} was not read out within {frame.read_out_s + self.PATIENCE_S:g} s.")
        if frame.fault is not None:
            raise frame.fault
        return frame
