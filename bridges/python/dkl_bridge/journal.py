"""The bridge's own journal: which requests were carried out, so that none is carried out twice.

A text file of one line an entry, ``CRC32 JSON``: first the intent of a request, synced before the beam is unblanked,
then its outcome. The outcome reaches the file before it is answered and the disk soon after: a process that is killed
loses nothing, a computer that loses its power at most the outcome, and then the request's answer is ``unknown``.
"""

import hashlib
import json
import logging
import os
import threading
import time
import zlib
from collections import OrderedDict

log = logging.getLogger("dkl_bridge.journal")

_sync = getattr(os, "fdatasync", os.fsync)


class JournalError(Exception):
    """The journal cannot be used; the message says what to do."""


class Entry:
    """A request: what it asked for, as a hash, and its outcome, None while it is under way."""

    __slots__ = ("request", "kind", "body", "outcome")

    def __init__(self, request, kind, body, outcome=None):
        self.request = request
        self.kind = kind
        self.body = body
        self.outcome = outcome


def hash_of(kind, body):
    """Of what a request asks for; body: its members without ``request`` and ``permit``, which say who and when."""
    text = json.dumps([kind, body], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


def _line(value):
    text = json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _value(line):
    """What a whole line says, or None."""
    try:
        crc, text = line.rstrip(b"\n").split(b" ", 1)
        return json.loads(text) if line.endswith(b"\n") and int(crc, 16) == zlib.crc32(text) else None
    except (ValueError, RecursionError):
        return None


class RequestJournal:
    """keep: how many of the last requests are held; the file is written anew when it holds about four times as many."""

    SYNC_AFTER_S = 0.1

    def __init__(self, path, keep=10_000):
        self._path = path
        self._keep = keep
        self._lock = threading.Lock()
        self._entries = OrderedDict()
        self._lines = 0
        self._file = None
        self._broken = None
        self._unsynced = threading.Event()
        self._closing = False
        self._open()
        self._syncer = threading.Thread(target=self._sync_outcomes, name="dkl-journal-sync", daemon=True)
        self._syncer.start()

    def _open(self):
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        except OSError as fault:
            raise JournalError(f"{self._path}: {fault.strerror}. --journal says where the journal is kept.") from None
        try:
            self._lock_file()
            good = self._read()
            if good < os.fstat(self._file).st_size:
                log.warning("%s: its last line was torn and is dropped.", self._path)
                os.ftruncate(self._file, good)
            # What has no outcome now was under way when the bridge died.
            for entry in self._entries.values():
                if entry.outcome is None:
                    entry.outcome = {"outcome": "unknown"}
            self._compact()
            self._sync_folder()
        except BaseException:
            os.close(self._file)
            raise

    def _lock_file(self):
        try:
            import fcntl
        except ImportError:  # On Windows an instrument's own software lets in one client only.
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise JournalError(f"{self._path} belongs to another bridge that runs; end that one first, or give this "
                               "one another --journal.") from None

    def _read(self):
        """Folds the lines; returns where the last good one ends."""
        end = 0
        with os.fdopen(os.dup(self._file), "rb") as file:
            file.seek(0)
            bad = None
            for number, line in enumerate(file, 1):
                value = _value(line)
                if value is None:
                    bad = bad or number
                    continue
                if bad is not None:
                    raise JournalError(
                        f"{self._path}, line {bad}: damaged, but not the last one. What was exposed can no longer be "
                        "told. See that no run is unfinished, move the file away and start again.")
                self._fold(value)
                self._lines += 1
                end += len(line)
        return end

    def _fold(self, value):
        if "kind" in value:
            self._entries[value["id"]] = Entry(value["id"], value["kind"], value["body"], value.get("outcome"))
        elif value["id"] in self._entries:
            self._entries[value["id"]].outcome = value["outcome"]

    def find(self, request):
        """The entry of a request, or None."""
        with self._lock:
            return self._entries.get(request)

    def intend(self, request, kind, body):
        """Writes down that a request will be carried out, and returns when that is on the disk.

        Returns (entry, True), or the entry that is there already with False. Raises OSError; then nothing may be done.
        """
        with self._lock:
            entry = self._entries.get(request)
            if entry is not None:
                return entry, False
            self._append({"id": request, "kind": kind, "body": body})
            _sync(self._file)
            self._unsynced.clear()
            entry = self._entries[request] = Entry(request, kind, body)
            while len(self._entries) > 2 * self._keep:
                self._entries.popitem(last=False)
            return entry, True

    def settle(self, entry, outcome):
        """Writes an outcome down. Where the disk refuses, it is known until the bridge ends, and ``unknown`` after."""
        with self._lock:
            entry.outcome = outcome
            try:
                self._append({"id": entry.request, "outcome": outcome})
            except OSError as fault:
                log.error("%s: the outcome of %s could not be written: %s", self._path, entry.request, fault)
            self._unsynced.set()

    def _append(self, value):
        if self._broken:
            self._repair()
        line = _line(value)
        size = os.fstat(self._file).st_size
        written = 0
        try:
            while written < len(line):
                written += os.write(self._file, line[written:])
        except OSError:
            if written:
                self._broken = size
            raise
        self._lines += 1

    def _repair(self):
        """Takes back what a full disk left of a line."""
        os.ftruncate(self._file, self._broken)
        self._broken = None

    def _sync_outcomes(self):
        """An outcome is synced with the next intent, or here when none comes soon."""
        while True:
            self._unsynced.wait()
            if not self._closing:
                time.sleep(self.SYNC_AFTER_S)
            if self._closing:
                return
            try:
                # A descriptor of its own: the file may be written anew meanwhile.
                with self._lock:
                    unsynced = self._unsynced.is_set()
                    self._unsynced.clear()
                    file = os.dup(self._file) if unsynced else None
                if unsynced:
                    try:
                        _sync(file)
                    finally:
                        os.close(file)
                with self._lock:
                    self._compact()
            except OSError as fault:
                log.error("%s: could not be synced: %s", self._path, fault)

    def _compact(self):
        if self._lines <= 4 * self._keep:
            return
        before = len(self._entries) - self._keep
        entries = [entry for number, entry in enumerate(self._entries.values())
                   if number >= before or entry.outcome is None]
        path = f"{self._path}.new"
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        try:
            lines = []
            for entry in entries:
                value = {"id": entry.request, "kind": entry.kind, "body": entry.body}
                if entry.outcome is not None:
                    value["outcome"] = entry.outcome
                lines.append(_line(value))
            data = b"".join(lines)
            if os.write(file, data) != len(data):
                raise OSError(f"{path}: written in part only")
            os.fsync(file)
        except OSError:
            os.close(file)
            os.unlink(path)
            raise
        self._take(path, file, entries)

    def _take(self, path, file, entries):
        """Puts the new file in the old one's place. Windows renames no open file, so there it is opened once more."""
        old = self._file
        if os.name == "nt":
            os.close(file)
            os.close(old)
            os.replace(path, self._path)
            self._file = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_BINARY)
        else:
            os.replace(path, self._path)
            self._file = file
            self._lock_file()
            os.close(old)
            self._sync_folder()
        self._lines = len(entries)
        self._entries = OrderedDict((entry.request, entry) for entry in entries)

    def _sync_folder(self):
        if os.name != "nt":
            folder = os.open(os.path.dirname(os.path.abspath(self._path)), os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def close(self):
        self._closing = True
        self._unsynced.set()
        self._syncer.join(5)
        with self._lock:
            try:
                _sync(self._file)
            finally:
                os.close(self._file)
