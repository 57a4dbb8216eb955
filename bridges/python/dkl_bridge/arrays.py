"""Arrays on the line: checked against what was promised, then bytes with headers that say what they are."""

import json
import zlib
from dataclasses import dataclass
from typing import Tuple

import numpy as np

from .protocol import BridgeError

DTYPES = ("|u1", "<u2", "<u4", "<i2", "<i4", "<f4", "<f8")


@dataclass(frozen=True)
class Array:
    """data: the elements in C order, little-endian."""
    data: memoryview
    dtype: str
    shape: Tuple[int, ...]
    crc: int

    def headers(self, request, meta):
        return (("Content-Type", "application/octet-stream"), ("Dkl-Dtype", self.dtype),
                ("Dkl-Shape", ",".join(map(str, self.shape))), ("Dkl-Request", request),
                ("Dkl-Crc32", f"{self.crc:08x}"),
                ("Dkl-Meta", json.dumps(meta, allow_nan=False, separators=(",", ":"))))


def pack(value, shape, dtype, what, finite):
    """Makes an array of what an adapter returned, or says what is wrong with it.

    shape: what it has to be. dtype: likewise; None takes any of DTYPES, and makes a float32 of half and longer floats,
    of booleans a byte. finite: refuses numbers that are not.
    """
    if value is None:
        raise BridgeError("instrument", f"{what} returned nothing.")
    try:
        array = np.asarray(value)
    except Exception as fault:  # Whatever an object does that is asked to be an array.
        raise BridgeError("instrument", f"{what} returned no array: {fault}.") from None
    if array.dtype.kind not in "uifb":
        raise BridgeError("instrument", f"{what} returned elements of type {array.dtype}, which are no real numbers.")
    if array.shape != tuple(shape):
        raise BridgeError("instrument", f"{what} returned an array of shape {array.shape} instead of {tuple(shape)}.")
    if finite and array.dtype.kind == "f" and not np.isfinite(array).all():
        bad = int(array.size - np.count_nonzero(np.isfinite(array)))
        raise BridgeError("instrument", f"{what} returned {bad} of {array.size} numbers that are not finite.")
    return _bytes_of(_converted(array, dtype, what))


def _converted(array, dtype, what):
    target = np.dtype(dtype or _nearest(array))
    # Between kinds only what loses nothing, or rounds floats; counts that do not fit would wrap around unseen.
    if target.kind != "f" and (array.dtype.kind == "f" or not _fits(array, target)):
        raise BridgeError("instrument",
                          f"{what} returned {array.dtype} that does not fit into the {target} that was declared.")
    # Always a copy: an adapter may fill the same buffer again while the frame before is being sent.
    return np.array(array, dtype=target, order="C")


def _nearest(array):
    """The type of DTYPES that holds an array of any real type."""
    own = array.dtype.newbyteorder("<").str
    if own in DTYPES:
        return own
    if array.dtype.kind == "b":
        return "|u1"
    if array.dtype.kind == "f":
        return "<f4" if array.dtype.itemsize <= 4 else "<f8"
    return next((dtype for dtype in ("<i2", "<i4", "<u4") if _fits(array, np.dtype(dtype))), "<f8")


def _fits(array, target):
    if array.dtype == target or array.dtype.kind == "b" or array.size == 0:
        return True
    limits = np.iinfo(target)
    return int(array.min()) >= limits.min and int(array.max()) <= limits.max


def _bytes_of(array):
    data = memoryview(array.reshape(-1)).cast("B") if array.size else memoryview(b"")
    return Array(data, array.dtype.newbyteorder("<").str, array.shape, zlib.crc32(data))
