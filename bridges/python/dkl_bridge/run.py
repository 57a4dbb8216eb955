"""A bridge that runs: instrument, journal and server put together, and taken apart again with the beam blanked."""

import atexit
import logging
import os
import socket
import sys
import tempfile
import threading

from .api import Api
from .bridge import Bridge
from .httpd import Server
from .journal import RequestJournal
from .security import Token, tls_context

log = logging.getLogger("dkl_bridge")


class RunningBridge:
    """address: where it listens, such as ``http://127.0.0.1:7840``."""

    def __init__(self, bridge, server):
        self._bridge = bridge
        self._server = server
        self._lock = threading.Lock()
        self._stopped = None
        self.address = server.address

    def stop(self):
        """Blanks for good and stops listening. Returns whether the beam is blanked. May be called twice."""
        with self._lock:
            if self._stopped is None:
                self._stopped = self._bridge.close()
                self._server.close()
            return self._stopped


def start(instrument, token_file, journal="dkl-bridge.journal", bind="127.0.0.1", port=7840, certificate=None, key=None,
          address_file=None, name=None, connections=32, guard=None):
    """Starts a bridge for an instrument and returns; the server's threads go on.

    For software that runs scripts within itself, such as Nion Swift and DigitalMicrograph; everybody else uses
    ``python3 -m dkl_bridge``. port 0 takes a free one; address_file gets the address; guard is the command of a guard
    process. Raises SecurityError, JournalError, OSError, or what the adapter raises when it connects. The beam is
    blanked at the start, and at the end of the process if nobody stopped the bridge before.
    """
    # A thread that wants to blank waits at most for so long for one that computes.
    sys.setswitchinterval(min(sys.getswitchinterval(), 0.0005))
    token = Token(token_file)
    tls = tls_context(certificate, key, bind)
    requests = RequestJournal(journal)
    bridge = server = None
    try:
        bridge = Bridge(instrument, requests, name or socket.gethostname())
        bridge.start()
        if guard:
            bridge.guard_with(guard)
        server = Server(bind, port, tls, bridge.instance,
                        lambda request: token.matches(request.headers.get(b"authorization")), Api(bridge).handle,
                        connections)
        if address_file:
            _write(address_file, server.address)
    except BaseException:
        if server is not None:
            server.close()
        if bridge is not None:
            bridge.close()
        else:
            requests.close()
        raise
    running = RunningBridge(bridge, server)
    atexit.register(running.stop)
    server.start()
    log.info("%s listens on %s.", bridge.identity()["instrument"], running.address)
    return running


def _write(path, text):
    """Whole or not at all: who waits for the file never reads half an address."""
    folder = os.path.dirname(os.path.abspath(path))
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".address-")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")
    os.replace(name, path)
