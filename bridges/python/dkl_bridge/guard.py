"""A second process that blanks when the bridge's own dies or hangs: ``--guard``.

The beam's lease clock is a thread; it ends with its process, and the beam would stay as it was. The guard is the same
program with a connection of its own to the instrument. It hears a beat four times a second, and blanks when the pipe
that it comes through is closed without a goodbye, which a kill does at once, or when no beat came for SILENCE_S. It
never unblanks. Nothing is exposed while there is none that is ready.
"""

import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time

log = logging.getLogger("dkl_bridge.guard")

BEAT_S = 0.25
SILENCE_S = 2.0
AGAIN_S = 1.0

READY, BLANKED, BEAT, BYE = b"ready\n", b"blanked\n", b"beat\n", b"bye\n"


class Guard:
    """The bridge's side. is_alive: called before each beat; a beat vouches for what blanks, so it may hang, too.

    blanked: called when the guard has blanked.
    """

    def __init__(self, command, is_alive, blanked):
        self._command = command
        self._is_alive = is_alive
        self._blanked = blanked
        self._process = None
        self._closing = threading.Event()
        self.is_ready = False
        self._running = threading.Thread(target=self._run, name="dkl-guard", daemon=True)
        self._running.start()
        threading.Thread(target=self._beat, name="dkl-guard-beat", daemon=True).start()

    def _run(self):
        while not self._closing.is_set():
            try:
                # A session of its own: Ctrl+C in the bridge's terminal is not for the guard.
                self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                                 start_new_session=os.name != "nt")
                for line in self._process.stdout:
                    if line == READY:
                        self.is_ready = True
                        log.info("The guard is ready, process %d.", self._process.pid)
                    elif line == BLANKED:
                        log.critical("The guard heard nothing for %g s and blanked.", SILENCE_S)
                        self._blanked()
                self._process.wait()
            except OSError as fault:
                log.error("The guard could not be started: %s", fault)
            self.is_ready = False
            if not self._closing.is_set():
                log.critical("The guard has ended; nothing is exposed until there is one again.")
                self._blanked()
                self._closing.wait(AGAIN_S)

    def _beat(self):
        while not self._closing.wait(BEAT_S):
            self._is_alive()
            self._say(BEAT)

    def _say(self, word):
        process = self._process
        try:
            if process is not None:
                process.stdin.write(word)
                process.stdin.flush()
        except (OSError, ValueError):
            pass  # It has ended; the other thread knows.

    def close(self):
        """When the beam is blanked for good."""
        self._closing.set()
        self._say(BYE)
        self._running.join(5)


def keep_watch(instrument, beats, say):
    """The guard's side; returns an exit code when the bridge has said goodbye or is gone.

    beats: the descriptor that the bridge's words come from. say: takes a word for it.
    """
    instrument.start()
    words = queue.Queue(1000)
    threading.Thread(target=_read, args=(beats, words), name="dkl-guard-read", daemon=True).start()
    say(READY)
    silent = False
    while True:
        try:
            word = words.get(timeout=SILENCE_S)
        except queue.Empty:
            # Again and again, while the bridge hangs, but told once.
            blanked = blank(instrument)
            if not silent and blanked:
                say(BLANKED)
            silent = True
            continue
        if word == BYE:
            return 0
        if word == b"":
            log.critical("The bridge is gone without a goodbye; blanking.")
            return 0 if blank(instrument, attempts=600) else 4
        silent = False


def _read(beats, words):
    """Reads the descriptor itself: a thread that waits within sys.stdin holds its lock, and Python cannot end then."""
    rest = b""
    while True:
        try:
            data = os.read(beats, 4096)
        except OSError as fault:
            log.error("The bridge can no longer be heard: %s", fault)
            data = b""
        if not data:
            break
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            words.put(line + b"\n")
    words.put(b"")


def blank(instrument, attempts=3):
    """Blanks and reads back, several times if need be."""
    for attempt in range(attempts):
        if attempt:
            time.sleep(0.5)
        try:
            instrument.blank()
            if instrument.is_blanked() is True:
                return True
            log.critical("The beam reads back as unblanked.")
        except Exception as fault:
            log.critical("blank() failed: %s: %s", type(fault).__name__, fault)
    return False


def main(instrument):
    """What ``--as-guard`` runs."""
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)

    def say(word):
        try:
            sys.stdout.buffer.write(word)
            sys.stdout.buffer.flush()
        except OSError:
            pass  # Nobody is there to hear it; what matters is the beam.

    return keep_watch(instrument, sys.stdin.fileno(), say)
