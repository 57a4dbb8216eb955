"""What an adapter is: one class to subclass, and what it describes itself with.

Lengths are in nm, times in s, energies in eV (the beam's in keV), angles in mrad, currents in pA. Rows count from the
top and columns from the left, from 0; positions are in pixels of the survey that was taken last.
"""

from dataclasses import dataclass
from typing import Any, List, Optional, Tuple

Range = Tuple[float, float]


class InstrumentFault(Exception):
    """What an adapter may raise to say how a failure is to be taken: ``transient``, ``permanent`` or ``unknown``.

    Any other exception is taken for ``unknown``; its text goes to the client as the instrument's own.
    """

    def __init__(self, message, fault="unknown"):
        super().__init__(message)
        if fault not in ("transient", "permanent", "unknown"):
            raise ValueError(f"A fault is transient, permanent or unknown, not {fault!r}.")
        self.fault = fault


@dataclass(frozen=True)
class Energy:
    """The energy axis of a spectrum: the energy of channel 0, and the step from channel to channel."""
    origin_ev: float
    dispersion_ev: float


@dataclass(frozen=True)
class Angle:
    """The axes of a pattern: the width of a pixel, and the row and column of the straight beam."""
    pixel_mrad: float
    centre: Tuple[float, float]


@dataclass(frozen=True)
class Detector:
    """One detector.

    kind: ``spectrum`` with shape (channels,) or ``pattern`` with shape (rows, columns).
    dtype: as of numpy, ``<f4`` and the like; see :mod:`dkl_bridge.arrays`.
    read_out_s: how long a frame takes from the end of its exposure, at most. After that and 5 s more it is given up.
    """
    id: str
    kind: str
    shape: Tuple[int, ...]
    dtype: str = "<f4"
    read_out_s: float = 0.1
    energy: Optional[Energy] = None
    angle: Optional[Angle] = None


@dataclass(frozen=True)
class SurveyLimits:
    rows: Tuple[int, int] = (16, 2048)
    columns: Tuple[int, int] = (16, 2048)
    dwell_s: Range = (1e-7, 1e-3)


@dataclass(frozen=True)
class StageLimits:
    x_nm: Range
    y_nm: Range


@dataclass(frozen=True)
class Limits:
    """dwell_s: of an exposure. longest_s: the longest that the beam may be on for one survey or exposure."""
    dwell_s: Range
    longest_s: float
    survey: SurveyLimits = SurveyLimits()
    stage: Optional[StageLimits] = None


@dataclass(frozen=True)
class Beam:
    """times_itself: the instrument's own electronics end an exposure, also when this computer hangs."""
    energy_kev: float
    current_pa: Optional[float] = None
    times_itself: bool = False


@dataclass(frozen=True)
class Capabilities:
    limits: Limits
    channels: Tuple[str, ...]
    detectors: Tuple[Detector, ...]
    beam: Beam
    settle_s: float = 0.0
    stage_moves: bool = False


@dataclass(frozen=True)
class Survey:
    """A structural image, (rows, columns), all finite; pixel_nm: the width of a pixel, None where it is not known."""
    image: Any
    pixel_nm: Optional[float] = None


class Instrument:
    """A microscope, as the bridge drives it.

    **Threads.** :meth:`blank` and :meth:`is_blanked` are called from any thread, at any time, also while another call
    is under way. Everything else is called from one thread, ``dkl-instrument``, one after the other, except
    :meth:`read_out`, which has a thread of its own so that the probe can move meanwhile; where the vendor's software
    is not up to that, set ``single_thread = True``.

    **The beam.** An adapter never unblanks by itself, not even within :meth:`survey` or :meth:`acquire`: the bridge
    calls :meth:`unblank` before and :meth:`blank` after, and reads back. Its clock blanks when a call takes too long.

    **Failures.** Raise whatever the vendor raises, or :class:`InstrumentFault` to say how it is to be taken.
    """

    simulated = False
    single_thread = False

    @classmethod
    def add_arguments(cls, parser):
        """Adds what the adapter can be told on the command line to an argparse parser."""

    @classmethod
    def from_arguments(cls, arguments):
        """The instrument that the command line asks for."""
        return cls()

    def start(self):
        """Connects. Called once, on the thread that all the other calls come from; takes as long as it takes."""

    def close(self):
        """Lets go of the vendor's software. Called once, when the beam is blanked for good."""

    def describe(self) -> str:
        """One line for people: the instrument, its number, where it stands."""
        raise NotImplementedError

    def capabilities(self) -> Capabilities:
        """Limits and detectors as they are now. Called often: after the survey, and about once a second."""
        raise NotImplementedError

    def unblank(self) -> None:
        """Turns the beam on. Returns when it is."""
        raise NotImplementedError

    def blank(self) -> None:
        """Turns the beam off, from any thread, at any time, however often. Returns when it is."""
        raise NotImplementedError

    def is_blanked(self) -> bool:
        """Asks the instrument, never a variable."""
        raise NotImplementedError

    def survey(self, channel: str, rows: int, columns: int, dwell_s: float) -> Survey:
        """Scans one image, with the beam on. dwell_s is the time on each pixel."""
        raise NotImplementedError

    def resume_window(self, rows: int, columns: int) -> None:
        """From now on positions are pixels of an image of this size, which was taken before the bridge was started and
        is where a survey would be taken now. Raises where that cannot be told, so that a survey has to be taken."""
        raise InstrumentFault("This instrument does not know where an earlier image was; take a survey. Where the "
                              "bridge was restarted within a run: start a new run, or give the adapter "
                              "resume_window().", "permanent")

    def move_probe(self, row: float, column: float) -> None:
        """Moves the probe, in pixels of the last survey, and returns when it has settled. The beam is blanked."""
        raise NotImplementedError

    def probe(self) -> Optional[Tuple[float, float]]:
        """Where the probe is (row, column), read back; None where there was no survey yet."""
        raise NotImplementedError

    def acquire(self, detector: str, dwell_s: float) -> None:
        """Lets a detector integrate for dwell_s, with the beam on, and returns at that moment, before it reads out.

        Where the vendor has but one call that exposes and reads out, start it on a thread of the adapter's own, wait
        for the dwell here, and wait for that thread in :meth:`read_out`.
        """
        raise NotImplementedError

    def read_out(self, detector: str) -> Any:
        """The frame of the last :meth:`acquire`, an array of the detector's shape. The beam is blanked."""
        raise NotImplementedError

    def abort(self) -> None:
        """Asks a call that is under way to end early, from any thread; the beam is blanked already. May do nothing."""

    def move_stage(self, x_nm: float, y_nm: float) -> None:
        """Moves the stage and returns when it has arrived. The beam is blanked."""
        raise InstrumentFault("This instrument's stage is not moved by the bridge.", "permanent")

    def stage(self) -> Optional[Tuple[float, float]]:
        """Where the stage is (x, y), read back; None where the instrument does not know."""
        return None

    def current(self) -> Optional[float]:
        """The beam's current; None where it is not measured. Called about once a second, so it has to be quick."""
        return None

    def conditions(self) -> List[str]:
        """What speaks against measuring now, a sentence each, such as ``vacuum: 3e-6 mbar``. As quick."""
        return []
