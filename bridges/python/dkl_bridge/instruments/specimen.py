"""What the simulated instrument has under its probe: a data file, or a small specimen made from a seed."""

import os
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np

from ..instrument import Angle, Energy

_IMAGES = ("image", "haadf", "structural", "survey", "adf")


@dataclass
class Specimen:
    """image: (rows, columns). frames: (rows, columns, channels) or (rows, columns, ky, kx), as counts.

    electrons: how many of the beam's made each frame, None where it is not known.
    """
    name: str
    image: Any
    frames: Any
    pixel_nm: Optional[float] = None
    energy: Optional[Energy] = None
    angle: Optional[Angle] = None
    electrons: Optional[float] = None

    @property
    def kind(self):
        return "spectrum" if self.frames.ndim == 3 else "pattern"


def load(path, image=None, frames=None):
    """Reads an npz archive. The names are found by themselves where there is one array that fits.

    Calibrations are taken from ``pixel_size`` or ``px_nm`` (nm) or ``px_um``, ``energy`` or ``energy_eV`` (eV) or
    ``energy_keV`` of each channel, and ``angle`` or ``diffraction_pixel`` (mrad a pixel); ``electrons_per_frame`` is
    what 'dkl data simulate' calls the beam's electrons in one frame. Raises ValueError where something does not fit.
    """
    arrays = _arrays(path)
    frames = _choose(path, arrays, frames, "--frames", lambda name, array: array.ndim in (3, 4))
    shape = arrays[frames].shape[:2]
    image = _choose(path, arrays, image, "--image", lambda name, array: array.ndim == 2 and array.shape == shape)
    if arrays[image].shape != shape:
        raise ValueError(f"{path}: {image} has {arrays[image].shape} pixels, {frames} has {shape}.")
    specimen = Specimen(os.path.basename(path), arrays[image].astype(np.float32), arrays[frames],
                        pixel_nm=_scalar(arrays, {"pixel_size": 1, "pixel_nm": 1, "px_nm": 1, "px_um": 1000}),
                        electrons=_scalar(arrays, {"electrons_per_frame": 1}))
    if specimen.kind == "spectrum":
        specimen.energy = _energy(arrays, specimen.frames.shape[2])
    else:
        rows, columns = specimen.frames.shape[2:]
        pixel_mrad = _scalar(arrays, {"angle": 1, "angle_mrad": 1, "diffraction_pixel": 1})
        if pixel_mrad:
            specimen.angle = Angle(pixel_mrad, ((rows - 1) / 2, (columns - 1) / 2))
    return specimen


def _arrays(path):
    try:
        file = np.load(path, allow_pickle=False)
        if not isinstance(file, np.lib.npyio.NpzFile):
            raise ValueError("it holds one array and no names")
        with file:
            return {name: value for name, value in ((name, file[name]) for name in file.files)
                    if value.dtype.kind in "uif"}
    except FileNotFoundError:
        raise ValueError(f"{path}: there is no such file.") from None
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as fault:
        raise ValueError(f"{path} cannot be read as an npz archive: {fault}.") from None


def _choose(path, arrays, name, option, fits):
    if name is not None:
        if name not in arrays:
            raise ValueError(f"{path} has no array {name}; it has {', '.join(arrays)}.")
        return name
    fitting = [name for name, array in arrays.items() if fits(name, array)]
    preferred = [name for name in fitting if name.lower() in _IMAGES]
    if len(fitting) == 1 or len(preferred) == 1:
        return (preferred or fitting)[0]
    raise ValueError(f"{path}: name one of its arrays with {option}; those that fit are {', '.join(fitting) or 'none'}"
                     f", and it has {', '.join(arrays)}.")


def _scalar(arrays, units):
    for name, factor in units.items():
        if name in arrays and arrays[name].size:
            return float(arrays[name].reshape(-1)[0]) * factor
    return None


def _energy(arrays, channels):
    for name, factor in {"energy": 1, "energy_eV": 1, "energy_keV": 1000}.items():
        axis = arrays.get(name)
        if axis is not None and axis.shape == (channels,) and channels > 1:
            axis = axis.astype(float) * factor
            return Energy(float(axis[0]), float((axis[-1] - axis[0]) / (channels - 1)))
    return None


class _MadeSpectra:
    """Spectra (rows, columns, channels) that are computed where they are asked for: as many would fill a memory."""

    ndim = 3
    dtype = np.dtype(np.float32)

    def __init__(self, thickness, shift, axis):
        self._thickness = thickness
        self._shift = shift
        self._axis = axis
        self._film = 2000 * np.exp(-(axis / 0.1)**2) + 15 * 4**2 / ((axis - 22)**2 + 4**2)
        self.shape = (*thickness.shape, len(axis))

    def __getitem__(self, place):
        thickness = self._thickness[place]
        if thickness == 0:
            return self._film.copy()
        centre = np.float32(3.2) + self._shift[place]
        return self._film + 6 * np.sqrt(thickness) * np.float32(0.25) / ((self._axis - centre)**2 + np.float32(0.25))


def make(seed=1, size=64, channels=2048):
    """Particles on a film, low-loss spectra: a zero-loss peak, the film's plasmon, and one that shifts with the
    particle's size. For a first try with nothing at hand; no claim about any material."""
    random = np.random.default_rng(seed)
    thickness = np.zeros((size, size), np.float32)
    shift = np.zeros((size, size), np.float32)
    rows, columns = np.mgrid[:size, :size].astype(np.float32)
    for _ in range(max(9, round(9 * (size / 64)**2))):
        row, column = random.uniform(4, size - 4), random.uniform(4, size - 4)
        radius = random.uniform(3, min(size, 64) / 7)
        height = np.sqrt(np.clip(radius**2 - (rows - row)**2 - (columns - column)**2, 0, None))
        shift = np.where(height > thickness, np.float32(4.0 / radius), shift)
        thickness = np.maximum(thickness, height)
    image = 100 + 30 * thickness
    energy = Energy(-5.0, 0.02)
    axis = energy.origin_ev + energy.dispersion_ev * np.arange(channels, dtype=np.float32)
    return Specimen(f"particles made from seed {seed}", image, _MadeSpectra(thickness, shift, axis), 0.5, energy)
