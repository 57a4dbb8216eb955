#!/usr/bin/python3
"""Reference shifts for the tests of image registration, by scikit-image alone.

    /usr/bin/python3 tests/reference/registration.py

writes tests/Physics.Tests/Registration/reference.json. Images are given by formulas that the tests repeat.
"""
import json
import pathlib
import platform

import numpy as np
import scipy
import skimage
from scipy import special, stats
from skimage.registration import phase_cross_correlation

PLACES = [(0.21, 0.33, 0.05, 1.0), (0.62, 0.18, 0.08, 0.7), (0.43, 0.71, 0.04, 1.3), (0.81, 0.77, 0.06, 0.9),
          (0.55, 0.49, 0.03, 1.1)]


def scene(rows, columns, shift):
    """Gaussians at fixed shares of the image, moved."""
    r, c = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
    image = np.zeros((rows, columns))
    for row, column, sigma, height in PLACES:
        distance = (r - row * rows - shift[0]) ** 2 + (c - column * columns - shift[1]) ** 2
        image += height * np.exp(-0.5 * distance / (sigma * rows) ** 2)
    return image


def noise(rows, columns, seed):
    """Values that look random and are the same everywhere, from -0.5 to 0.5."""
    i = np.arange(rows * columns, dtype=np.uint64) + np.uint64(seed * 1_000_003)
    x = (i * np.uint64(2654435761)) % np.uint64(2 ** 32)
    x = ((x ^ (x >> np.uint64(15))) * np.uint64(2246822519)) % np.uint64(2 ** 32)
    return ((x ^ (x >> np.uint64(13))) / 2.0 ** 32 - 0.5).reshape(rows, columns)


cases = []
for rows, columns, shift, level, seed in [
    (64, 64, (2.37, -1.81), 0.02, 1), (96, 80, (-7.25, 4.5), 0.1, 2), (97, 61, (0.4, 0.6), 0.3, 3),
    (50, 75, (5.13, 9.77), 0.05, 4), (128, 127, (-20.6, 13.3), 0.2, 5),
]:
    first = (scene(rows, columns, (0, 0)) + level * noise(rows, columns, seed)).astype(np.float32)
    second = (scene(rows, columns, shift) + level * noise(rows, columns, seed + 100)).astype(np.float32)
    case = {"rows": rows, "columns": columns, "shift": shift, "noise": level, "seed": seed}
    for name, normalization in [("phase", "phase"), ("plain", None)]:
        # The shift that moves the second onto the first: the other way round.
        found = -phase_cross_correlation(first, second, upsample_factor=100, normalization=normalization)[0]
        case[name] = [float(value) for value in found]
    cases.append(case)

# Correlations by chance: one, by Student's t; anywhere in a disc, by the densities of a field of t in Worsley 1994,
# Table I, times the Euler characteristic, half the rim and the area of the disc.
chances = []
for correlation, freedom, radius, roughness in [
    (0.2, 3.0, 5, 0.02), (0.6, 7.5, 12, 0.05), (0.9, 12.0, 9.6, 0.01), (0.97, 25.0, 6, 0.3), (0.35, 300.0, 20, 0.5),
    (-0.3, 10.0, 5, 0.1),
]:
    t = correlation * np.sqrt(freedom / (1 - correlation ** 2))
    fall = (1 + t ** 2 / freedom) ** (-(freedom - 1) / 2)
    line = roughness ** 0.5 / (2 * np.pi) * fall
    area = (roughness / (2 * np.pi) ** 1.5 * special.gamma((freedom + 1) / 2)
            / ((freedom / 2) ** 0.5 * special.gamma(freedom / 2)) * t * fall)
    above = stats.t.sf(t, freedom)
    chances.append({
        "correlation": correlation, "freedom": freedom, "radius": radius, "roughness": roughness, "above": above,
        "anywhere": min(1.0, above + np.pi * radius * line + np.pi * radius ** 2 * area) if correlation > 0 else 1.0,
    })

target = pathlib.Path(__file__).parent.parent / "Physics.Tests" / "Registration" / "reference.json"
target.write_text(json.dumps({
    "made by": "tests/reference/registration.py",
    "versions": {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__,
                 "scikit-image": skimage.__version__},
    "cases": cases,
    "chances": chances,
}, indent=1) + "\n")
