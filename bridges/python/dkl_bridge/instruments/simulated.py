"""The simulated instrument: a data file, or a specimen made from a seed, behind a beam that can be blanked.

Frames are counts: what the file holds for ``--data-dwell``, scaled to the dwell, with Poisson noise from the seed. It
drifts, reads back with noise, and fails on demand, so that a daemon can be tried against everything that a microscope
does. Nothing of it is random but by the seed and the order of exposures.
"""

import argparse
import difflib
import threading
import time

import numpy as np

from ..instrument import Beam, Capabilities, Detector, Instrument, InstrumentFault, Limits, StageLimits, Survey
from . import specimen

ELECTRONS_PER_S_AND_PA = 1e-12 / 1.602176634e-19

FAULTS = """blank-sticks[=N]     the blanker ignores the next N blanks (all of them) once the beam was on
hang-acquire[=N]     acquire() of the Nth exposure (the first) does not return for ten minutes
hang-survey, hang-move, hang-blank, hang-read-out
raise-acquire[=N]    the Nth exposure (the first) fails; raise-survey, raise-move, raise-read-out
wrong-shape          frames have one channel or row too many; survey-wrong-shape
wrong-type           frames are texts
nothing              frames are None; survey-nothing
nan                  frames have a NaN; survey-nan
probe-elsewhere      the probe stops 5 px from where it was sent
stage-elsewhere[=NM]  the stage stops NM (500) from where it was sent, and says so
stage-takes=SECONDS  a move of the stage takes so long
stage-touched-after=N  after N exposures somebody moves the stage 500 nm by hand
raise-stage[=N], hang-stage[=N]  the Nth move of the stage (the first) fails, or does not return for ten minutes
slow=SECONDS         every call takes so much longer
vacuum               a condition speaks against measuring
change-limits-after=N  after N exposures the longest dwell is halved"""

# What each takes after its "=": nothing, a number or none, a number.
_TAKES = {
    **dict.fromkeys(("hang-survey", "hang-move", "hang-blank", "hang-read-out", "raise-survey", "raise-move",
                     "raise-read-out", "wrong-shape", "survey-wrong-shape", "wrong-type", "nothing", "survey-nothing",
                     "nan", "survey-nan", "probe-elsewhere", "vacuum"), ""),
    **dict.fromkeys(("blank-sticks", "hang-acquire", "raise-acquire", "raise-stage", "hang-stage"), "[=N]"),
    **dict.fromkeys(("change-limits-after", "stage-touched-after"), "=N"),
    **dict.fromkeys(("slow", "stage-takes"), "=SECONDS"),
    "stage-elsewhere": "[=NM]",
}


class SimulatedInstrument(Instrument):
    simulated = True

    def __init__(self, found, seed=1, data_dwell_s=0.1, noise=True, drift=(0.0, 0.0), drift_per_exposure=(0.0, 0.0),
                 read_back_px=0.0, current_pa=50.0, settle_s=0.001, read_out_s=0.002, longest_dwell_s=10.0,
                 field_px=None, stage_error_nm=0.0, faults=None):
        """found: a Specimen. drift: how far it moves, px of the data a minute, (rows, columns); what was at a place
        before is then found further down and to the right. read_back_px: standard deviation.
        field_px: rows and columns of the data that are seen at once, about the middle where the stage is at (0, 0);
        x grows with the columns, y with the rows. None for all of the data wherever the stage is. stage_error_nm:
        standard deviation of where the sample comes to rest, which the stage's read-back does not show.
        faults: names of FAULTS with their values, an empty text for none."""
        if field_px is not None and (found.pixel_nm is None or not 2 <= field_px <= min(found.image.shape)):
            raise ValueError(f"A field of {field_px} px needs data of a known pixel size that are as large; these have "
                             f"{' x '.join(map(str, found.image.shape))} px of {found.pixel_nm} nm.")
        self._specimen = found
        self._field_px = field_px
        self._stage_error_nm = stage_error_nm
        self._seed = seed
        self._data_dwell_s = data_dwell_s
        self._noise = noise
        self._drift = np.asarray(drift, float)
        self._drift_per_exposure = np.asarray(drift_per_exposure, float)
        self._read_back_px = read_back_px
        self._current_pa = current_pa
        self._settle_s = settle_s
        self._read_out_s = read_out_s
        self._longest_dwell_s = longest_dwell_s
        self._faults = dict(faults or {})
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._blanked = True
        self._was_on = False
        self._stuck = 0
        self._aborted = threading.Event()
        self._window = None
        self._probe = None
        self._stage = (0.0, 0.0)
        self._stage_missed = (0.0, 0.0)
        self._stage_moves = 0
        self._stage_errors = np.random.default_rng([seed, 4])
        self._exposures = 0
        self._surveys = 0
        self._frame = None
        self._read_backs = np.random.default_rng([seed, 2])

    @classmethod
    def add_arguments(cls, parser):
        parser.add_argument("--data", metavar="FILE.npz", help="a structural image and spectra (rows, columns, "
                            "channels) or patterns (rows, columns, ky, kx);\n"
                            "without it a specimen is made from the seed")
        parser.add_argument("--image", help="the image's name in the file, where there are several")
        parser.add_argument("--frames", help="that of the spectra or patterns")
        parser.add_argument("--data-dwell", type=_above_zero, metavar="S",
                            help="the dwell that the file's counts stand for (0.1)")
        parser.add_argument("--seed", type=int, default=1, help="of noise and specimen (1)")
        parser.add_argument("--specimen", type=int, default=64, metavar="PX",
                            help="size of a specimen that is made from the seed (64)")
        parser.add_argument("--field", type=int, metavar="PX",
                            help="see so much of the data at once, and another part where the stage is moved;\n"
                            "without it all of them, wherever the stage is")
        parser.add_argument("--stage-error", type=float, default=0.0, metavar="NM",
                            help="how far the sample misses where the stage says it is (0)")
        parser.add_argument("--no-noise", action="store_true", help="frames as they are in the file, scaled")
        parser.add_argument("--drift", type=_pair, default=(0, 0), metavar="R,C",
                            help="how far the sample moves a minute: rows,columns in px of the data;\n"
                            "before a number with a minus goes '=': --drift=-0.06,0.04")
        parser.add_argument("--drift-per-exposure", type=_pair, default=(0, 0), metavar="R,C",
                            help="likewise, with each exposure")
        parser.add_argument("--read-back", type=float, default=0.0, metavar="PX", help="noise of the read-back (0)")
        parser.add_argument("--current", type=_above_zero, metavar="PA",
                            help="beam current (50; from a file that holds electrons_per_frame\n"
                            "what makes so many in its dwell)")
        parser.add_argument("--read-out", type=float, default=0.002, metavar="S", help="how long a frame takes (0.002)")
        parser.add_argument("--fault", type=_fault, action="append", default=[], metavar="NAME[=VALUE]",
                            help="fails on purpose, may be given several times:\n" + FAULTS)

    @classmethod
    def from_arguments(cls, arguments):
        found = (specimen.load(arguments.data, arguments.image, arguments.frames) if arguments.data
                 else specimen.make(arguments.seed, arguments.specimen))
        dwell_s, current_pa = dose_of(found.electrons, arguments.data_dwell, arguments.current)
        return cls(found, arguments.seed, dwell_s, not arguments.no_noise, arguments.drift,
                   arguments.drift_per_exposure, arguments.read_back, current_pa,
                   read_out_s=arguments.read_out, field_px=arguments.field, stage_error_nm=arguments.stage_error,
                   faults=dict(arguments.fault))

    def describe(self):
        return f"simulated, {self._specimen.name}"

    def capabilities(self):
        shape = self._specimen.frames.shape[2:]
        after = self._faults.get("change-limits-after")
        longest = self._longest_dwell_s / (2 if after is not None and self._exposures >= int(after) else 1)
        if self._specimen.kind == "spectrum":
            detector = Detector("eels", "spectrum", shape, "<f4", self._read_out_s, energy=self._specimen.energy)
        else:
            detector = Detector("camera", "pattern", shape, "<f4", self._read_out_s, angle=self._specimen.angle)
        return Capabilities(
            limits=Limits(dwell_s=(1e-4, longest), longest_s=6 * self._longest_dwell_s,
                          stage=self._stage_limits()),
            channels=("HAADF",), detectors=(detector,), beam=Beam(200.0, self._current_pa, times_itself=False),
            settle_s=self._settle_s, stage_moves=True)

    def _stage_limits(self):
        if self._field_px is None:
            return StageLimits((-100_000, 100_000), (-100_000, 100_000))
        y_nm, x_nm = ((size - self._field_px) / 2 * self._specimen.pixel_nm for size in self._specimen.image.shape)
        return StageLimits((-x_nm, x_nm), (-y_nm, y_nm))

    # The beam

    def unblank(self):
        self._slow()
        with self._lock:
            self._blanked = False
            self._was_on = True
            self._aborted.clear()

    def blank(self):
        if "hang-blank" in self._faults and self._was_on:
            time.sleep(600)
        with self._lock:
            if self._was_on and "blank-sticks" in self._faults:
                most = self._faults["blank-sticks"]
                if not most or self._stuck < int(most):
                    self._stuck += 1
                    return
            self._blanked = True

    def is_blanked(self):
        return self._blanked

    def abort(self):
        self._aborted.set()

    # Survey and probe

    def survey(self, channel, rows, columns, dwell_s):
        self._fail("survey")
        began = time.monotonic()
        self._surveys += 1
        image = self._specimen.image
        scale = self._scale(rows, columns)
        at = self._corner() - self._drift_now()
        view = _bilinear(image, np.arange(rows) * scale[0] + at[0], np.arange(columns) * scale[1] + at[1])
        if self._noise:
            # Half a percent of the brightest pixel, whatever the detector's gain makes of it.
            random = np.random.default_rng([self._seed, 1, self._surveys])
            view = view + random.standard_normal(view.shape, np.float32) * np.float32(0.005 * np.abs(image).max())
        self._wait(rows * columns * dwell_s - (time.monotonic() - began))
        self._window = (rows, columns)
        self._probe = (0.0, 0.0)
        if "survey-nan" in self._faults:
            view[0, 0] = np.nan
        if "survey-wrong-shape" in self._faults:
            view = view[1:]
        pixel_nm = self._specimen.pixel_nm
        return None if "survey-nothing" in self._faults else Survey(
            view.astype(np.float32), None if pixel_nm is None else pixel_nm * float(scale[1]))

    def resume_window(self, rows, columns):
        self._window = (rows, columns)
        self._probe = (0.0, 0.0)

    def move_probe(self, row, column):
        self._fail("move")
        self._slow()
        time.sleep(self._settle_s)
        away = 5.0 if "probe-elsewhere" in self._faults else 0.0
        self._probe = (row + away, column + away)

    def probe(self):
        if self._probe is None:
            return None
        noise = self._read_backs.normal(0, self._read_back_px, 2) if self._read_back_px else (0.0, 0.0)
        return self._probe[0] + float(noise[0]), self._probe[1] + float(noise[1])

    # Exposures

    def acquire(self, detector, dwell_s):
        began = time.monotonic()
        self._exposures += 1
        self._fail("acquire", self._exposures)
        if self._exposures == int(self._faults.get("stage-touched-after", -1)):
            self._stage = (self._stage[0] + 500.0, self._stage[1])
        self._frame = self._counts(dwell_s)
        if dwell_s > 0.02:
            self._frame = self._noisy(self._frame)
        self._wait(dwell_s - (time.monotonic() - began))

    def read_out(self, detector):
        began = time.monotonic()
        self._fail("read-out")
        frame, self._frame = self._frame, None
        if frame is None:
            raise InstrumentFault("There is no frame to read out.", "permanent")
        frame = self._noisy(frame)[0]
        time.sleep(max(0.0, self._read_out_s - (time.monotonic() - began)))
        self._slow()
        if "nan" in self._faults:
            frame.flat[0] = np.nan
        if "wrong-shape" in self._faults:
            frame = np.concatenate([frame, frame[:1]])
        if "wrong-type" in self._faults:
            frame = frame.astype(str)
        return None if "nothing" in self._faults else frame

    def _counts(self, dwell_s):
        """The expected counts where the probe is, and the number of the exposure, from which its noise comes."""
        rows, columns = self._window or self._seen()
        scale = self._scale(rows, columns)
        row, column = self._probe or (0.0, 0.0)
        at = self._corner() - self._drift_now()
        place = [int(np.clip(round(value), 0, size - 1)) for value, size in zip(
            (row * scale[0] + at[0], column * scale[1] + at[1]), self._specimen.image.shape)]
        frame = self._specimen.frames[place[0], place[1]].astype(np.float32)
        return frame * np.float32(dwell_s / self._data_dwell_s), self._exposures, False

    def _noisy(self, frame):
        counts, number, done = frame
        if done or not self._noise:
            return counts, number, True
        random = np.random.default_rng([self._seed, 3, number])
        return random.poisson(np.clip(counts, 0, 1e9)).astype(np.float32), number, True

    def _scale(self, rows, columns):
        """Data pixels a pixel of the survey: corners lie on corners."""
        height, width = self._seen()
        return (height - 1) / max(1, rows - 1), (width - 1) / max(1, columns - 1)

    def _seen(self):
        return self._specimen.image.shape if self._field_px is None else (self._field_px, self._field_px)

    def _corner(self):
        """Data pixel at the first corner of the field, for where the stage is."""
        if self._field_px is None:
            return np.zeros(2)
        x_nm, y_nm = np.add(self._stage, self._stage_missed)
        return ((np.array(self._specimen.image.shape) - self._field_px) / 2
                + np.array((y_nm, x_nm)) / self._specimen.pixel_nm)

    def _drift_now(self):
        """How far the sample has moved: at a place of the scan lies what was so much before it."""
        return (self._drift * ((time.monotonic() - self._began) / 60)
                + self._drift_per_exposure * self._exposures)

    # Stage, current, conditions

    def move_stage(self, x_nm, y_nm):
        self._stage_moves += 1
        self._slow()
        self._fail("stage", self._stage_moves)
        time.sleep(float(self._faults.get("stage-takes", 0)))
        away = float(self._faults["stage-elsewhere"] or 500) if "stage-elsewhere" in self._faults else 0.0
        self._stage = (x_nm + away, y_nm)
        if self._stage_error_nm:
            self._stage_missed = tuple(self._stage_errors.normal(0, self._stage_error_nm, 2))

    def stage(self):
        return self._stage

    def current(self):
        return self._current_pa

    def conditions(self):
        return ["vacuum: 3e-6 mbar"] if "vacuum" in self._faults else []

    # Faults

    def _wait(self, seconds):
        """Ends early when aborted, as a real detector does, and on time, better than a sleep does."""
        end = time.monotonic() + seconds
        if seconds > 0.001:
            self._aborted.wait(seconds - 0.0005)
        while time.monotonic() < end and not self._aborted.is_set():
            time.sleep(0)
        self._slow()

    def _slow(self):
        if "slow" in self._faults:
            time.sleep(float(self._faults["slow"]))

    def _fail(self, where, number=None):
        for kind in ("hang", "raise"):
            value = self._faults.get(f"{kind}-{where}")
            if value is not None and (number is None or number == int(value or 1)):
                if kind == "raise":
                    raise InstrumentFault(f"{where}: the simulated detector is not ready", "transient")
                time.sleep(600)


def dose_of(electrons, dwell_s, current_pa):
    """The dwell (s) that the data's counts stand for, and the current (pA).

    electrons: of the beam in one frame of the data, None where the data do not say. One of the others that is None
    then follows from it, so that a frame of any dwell holds as many counts as its electrons make.
    """
    if electrons is None:
        return dwell_s or 0.1, current_pa or 50.0
    if dwell_s is None:
        dwell_s = 0.1 if current_pa is None else electrons / (current_pa * ELECTRONS_PER_S_AND_PA)
    return dwell_s, current_pa or electrons / (dwell_s * ELECTRONS_PER_S_AND_PA)


def _pair(text):
    try:
        first, second = (float(number) for number in text.split(","))
    except ValueError:
        first = second = np.nan
    if not np.isfinite((first, second)).all():
        raise argparse.ArgumentTypeError(f"{text!r}: write two numbers, of rows and of columns, such as 0.06,-0.04")
    return first, second


def _above_zero(text):
    try:
        number = float(text)
    except ValueError:
        number = np.nan
    if not 0 < number < np.inf:
        raise argparse.ArgumentTypeError(f"{text!r}: write a number above 0")
    return number


def _fault(text):
    name, equals, value = text.partition("=")
    takes = _TAKES.get(name)
    if takes is None:
        near = difflib.get_close_matches(name, _TAKES, 1)
        meant = f" Do you mean {near[0]}?" if near else ""
        raise argparse.ArgumentTypeError(f"there is no fault {name!r}.{meant} There are: "
                                         + ", ".join(name + takes for name, takes in sorted(_TAKES.items())))
    if equals or takes.startswith("="):
        try:
            fits = takes and (int(value) >= 1 if takes in ("=N", "[=N]") else float(value) >= 0)
        except ValueError:
            fits = False
        if not fits:
            raise argparse.ArgumentTypeError(f"{text!r}: write {name}{takes}")
    return name, value


def _bilinear(image, rows, columns):
    """The image between its pixels, at every one of rows by every one of columns; beyond its edge the edge."""
    height, width = image.shape
    rows, columns = np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1)
    top = np.minimum(rows.astype(int), max(0, height - 2))
    left = np.minimum(columns.astype(int), max(0, width - 2))
    below = (rows - top).astype(np.float32)[:, None]
    beside = (columns - left).astype(np.float32)
    lines = image[top] * (1 - below) + image[np.minimum(top + 1, height - 1)] * below
    return lines[:, left] * (1 - beside) + lines[:, np.minimum(left + 1, width - 1)] * beside
