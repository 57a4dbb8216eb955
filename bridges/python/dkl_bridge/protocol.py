"""What goes over the line: errors with their status, and requests read strictly."""

import json
import math

NAME = "dkl-bridge"
VERSION = 1
MOST_BODY = 64 * 1024
MOST_REQUEST_ID = 200

TRANSIENT = "transient"
PERMANENT = "permanent"
UNKNOWN = "unknown"

_STATUS = {
    "bad-request": 400, "unauthorized": 401, "not-found": 404, "not-allowed": 405, "slow": 408, "in-use": 409,
    "session-over": 409, "request-reused": 409, "permit-revoked": 409, "busy": 409, "data-gone": 410, "too-large": 413,
    "outside-limits": 422, "beam-alarm": 423, "instrument": 500, "journal": 500, "timeout": 504,
}
_FAULT = {"slow": TRANSIENT, "in-use": TRANSIENT, "busy": TRANSIENT, "instrument": UNKNOWN, "journal": UNKNOWN,
          "timeout": TRANSIENT}


class BridgeError(Exception):
    """An answer of 400 or above.

    code: one of the table in docs/bridge-protocol.md, from which the status follows.
    fault: ``transient``, ``permanent`` or ``unknown``; left out, what is usual for the code.
    more: further members of the answer's body.
    """

    def __init__(self, code, message, fault=None, **more):
        super().__init__(message)
        self.code = code
        self.status = _STATUS[code]
        self.message = message
        self.fault = fault or _FAULT.get(code, PERMANENT)
        self.more = more

    def body(self):
        return {"error": self.code, "message": self.message, "fault": self.fault, **self.more}


def encode(value):
    """JSON in ASCII, on one line. Numbers that are not finite never leave: they are a fault of ours."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).encode("ascii")


def _not_finite(name):
    raise BridgeError("bad-request", f"The body has the number {name}; numbers are finite.")


def _once(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise BridgeError("bad-request", "The body has a member twice.")
    return members


def decode(body):
    """The JSON object of a request's body; an empty one is an empty object."""
    if not body:
        return {}
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_not_finite, object_pairs_hook=_once)
    except BridgeError:
        raise
    except (ValueError, RecursionError) as fault:
        raise BridgeError("bad-request", f"The body is no JSON: {type(fault).__name__}.") from None
    if not isinstance(value, dict):
        raise BridgeError("bad-request", "The body is no JSON object.")
    return value


_REQUIRED = object()


class Members:
    """Takes the members of a request one by one; :meth:`end` refuses what nobody took."""

    def __init__(self, body):
        self._left = dict(body)

    def _take(self, name, default):
        if name in self._left:
            return self._left.pop(name)
        if default is _REQUIRED:
            raise BridgeError("bad-request", f"The member '{name}' is missing.")
        return default

    def number(self, name, default=_REQUIRED):
        value = self._take(name, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise BridgeError("bad-request", f"'{name}' is no number.")
        try:
            value = float(value)
        except OverflowError:
            value = math.inf
        if not math.isfinite(value):
            raise BridgeError("bad-request", f"'{name}' is not finite.")
        return value

    def whole(self, name, default=_REQUIRED, may_be_null=False):
        value = self._take(name, default)
        if value is None and may_be_null:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 2**53:
            raise BridgeError("bad-request", f"'{name}' is no whole number from 0 to 2^53.")
        return value

    def text(self, name, most=200, default=_REQUIRED):
        value = self._take(name, default)
        if not isinstance(value, str) or not 1 <= len(value) <= most or not value.isprintable():
            raise BridgeError("bad-request", f"'{name}' is no text of 1 to {most} printable characters.")
        return value

    def yes_or_no(self, name, default=_REQUIRED):
        value = self._take(name, default)
        if not isinstance(value, bool):
            raise BridgeError("bad-request", f"'{name}' is neither true nor false.")
        return value

    def request(self):
        value = self._take("request", _REQUIRED)
        if not is_request_id(value):
            raise BridgeError(
                "bad-request", f"'request' is no text of 1 to {MOST_REQUEST_ID} printable ASCII characters, no blanks.")
        return value

    def end(self):
        if self._left:
            names = ", ".join(sorted(self._left))[:100]
            raise BridgeError("bad-request", f"Unknown members: {names!a}.")


def is_request_id(value):
    return (isinstance(value, str) and 1 <= len(value) <= MOST_REQUEST_ID
            and all("!" <= letter <= "~" for letter in value))


def within(name, value, limits, unit=""):
    """Refuses a value outside [least, most]; the message says which limit."""
    least, most = limits
    if not least <= value <= most:
        unit = unit and " " + unit
        raise BridgeError("outside-limits", f"{name} {value:g}{unit} is outside {least:g} to {most:g}{unit}.")
