#!/usr/bin/python3
"""Reference numbers for the 4D-STEM tests, by numpy, scipy and scikit-image alone.

    /usr/bin/python3 tests/reference/patterns.py

writes tests/Physics.Tests/Patterns/reference.json. Patterns are given by formulas that the tests repeat.
"""
import json
import pathlib
import platform

import numpy as np
import scipy
import scipy.linalg
import scipy.ndimage
import scipy.optimize
import scipy.special
import skimage
from skimage.registration import phase_cross_correlation


def grid(shape):
    return np.meshgrid(np.arange(shape[0]), np.arange(shape[1]), indexing="ij")


def disc(shape, row, column, radius, counts, sigma=0.7):
    r, c = grid(shape)
    return counts * 0.5 * scipy.special.erfc((np.hypot(r - row, c - column) - radius) / sigma / np.sqrt(2))


def gaussian(shape, row, column, sigma_row, sigma_column, counts):
    r, c = grid(shape)
    return counts * np.exp(-0.5 * (((r - row) / sigma_row) ** 2 + ((c - column) / sigma_column) ** 2))


def fourier():
    """Spectra of images of several shapes at a few frequencies."""
    cases = []
    for rows, columns in [(256, 256), (128, 96), (194, 257), (515, 130)]:
        i = np.arange(rows * columns)
        image = ((i * 7919 % 1009) / 1009 - 0.3).reshape(rows, columns)
        spectrum = np.fft.fft2(image)
        places = [(0, 0), (1, 0), (0, 1), (3, 5), (rows // 2, columns // 2), (7, columns - 3), (rows // 3, columns // 3)]
        cases.append({
            "rows": rows, "columns": columns,
            "values": [{"row": r, "column": c, "real": spectrum[r, c].real, "imaginary": spectrum[r, c].imag}
                       for r, c in places],
        })
    return cases


def centres():
    """Centres of mass by scipy.ndimage.center_of_mass, and the error of 1000 Poisson draws."""
    cases = []
    for shape, place, sigmas, level in [
        ((256, 256), (131.37, 120.81), (9.0, 14.0), 0.0),
        ((127, 130), (60.2, 71.9), (11.0, 7.0), 0.02),
        ((33, 17), (15.0, 9.0), (3.0, 2.0), 0.5),
    ]:
        pattern = gaussian(shape, *place, *sigmas, 10.0) + level
        row, column = scipy.ndimage.center_of_mass(pattern)
        inside = np.hypot(grid(shape)[0] - place[0], grid(shape)[1] - place[1]) < 12
        masked = scipy.ndimage.center_of_mass(np.where(inside & (pattern > 1), pattern, 0))
        random = np.random.default_rng(1)
        drawn = np.array([scipy.ndimage.center_of_mass(random.poisson(pattern)) for _ in range(1000)])
        cases.append({
            "rows": shape[0], "columns": shape[1], "row": place[0], "column": place[1],
            "sigmaRow": sigmas[0], "sigmaColumn": sigmas[1], "level": level,
            "centreRow": row, "centreColumn": column, "maskedRow": masked[0], "maskedColumn": masked[1],
            "spreadRow": drawn[:, 0].std(ddof=1), "spreadColumn": drawn[:, 1].std(ddof=1),
        })
    return cases


def shifts():
    """Places of a disc by upsampled registration with the same disc at the middle."""
    cases = []
    shape = (128, 128)
    for place in [(64.0, 64.0), (60.37, 71.82), (70.5, 52.25)]:
        still = disc(shape, 64, 64, 9, 100, sigma=1.0)
        moved = disc(shape, *place, 9, 100, sigma=1.0)
        shift, _, _ = phase_cross_correlation(moved, still, upsample_factor=200, normalization=None)
        cases.append({"row": place[0], "column": place[1], "foundRow": 64 + shift[0], "foundColumn": 64 + shift[1]})
    return cases


def lattices():
    """Weighted least squares by numpy and strain by scipy.linalg.polar, for discs off their nodes at random."""
    cases = []
    random = np.random.default_rng(3)
    for reference, gradient in [
        ([[30.0, 4.0], [-4.0, 30.0]], [[1.01, -0.02], [0.03, 0.985]]),
        ([[31.0, 0.0], [15.5, 26.846787517317598]], [[0.98, 0.004], [-0.05, 1.02]]),
    ]:
        g0 = np.array(reference).T                      # columns are vectors (x, y)
        g = np.linalg.inv(np.array(gradient)).T @ g0
        h, k = np.meshgrid(np.arange(-2, 3), np.arange(-2, 3))
        h, k = h.ravel(), k.ravel()
        places = np.array([128.3, 127.1]) + (g @ np.array([h, k])).T + random.normal(0, 0.03, (h.size, 2))
        weights = random.uniform(1, 20, h.size)
        design = np.stack([np.ones(h.size), h, k], axis=1) * np.sqrt(weights)[:, None]
        solution, *_ = np.linalg.lstsq(design, places * np.sqrt(weights)[:, None], rcond=None)
        fitted = solution[1:].T
        f = np.linalg.inv(fitted @ np.linalg.inv(g0)).T
        rotation, stretch = scipy.linalg.polar(f)
        cases.append({
            "reference": reference,
            "discs": [{"x": x, "y": y, "weight": w} for (x, y), w in zip(places.tolist(), weights.tolist())],
            "origin": solution[0].tolist(), "a": solution[1].tolist(), "b": solution[2].tolist(),
            "xx": stretch[0, 0] - 1, "yy": stretch[1, 1] - 1, "xy": stretch[0, 1],
            "rotation": float(np.degrees(np.arctan2(rotation[1, 0], rotation[0, 0]))),
        })
    return cases


def rings():
    """Radius by scipy.optimize.curve_fit on the mean by distance."""
    cases = []
    for radius, sigma, slope in [(60.3, 6.0, 0.0), (75.8, 9.0, -0.02)]:
        shape, centre = (256, 256), (126.4, 129.2)
        r, c = grid(shape)
        distance = np.hypot(r - centre[0], c - centre[1])
        pattern = 20 * np.exp(-0.5 * ((distance - radius) / sigma) ** 2) + 8 + slope * distance
        bins = np.floor(distance - 30).astype(int)
        keep = (bins >= 0) & (bins < 75)
        pixels = np.bincount(bins[keep], minlength=75)
        means = np.bincount(bins[keep], pattern[keep], minlength=75) / pixels
        radii = np.bincount(bins[keep], distance[keep], minlength=75) / pixels
        model = lambda x, a, m, s, b, d: a * np.exp(-0.5 * ((x - m) / s) ** 2) + b + d * (x - 67)
        fit, covariance = scipy.optimize.curve_fit(
            model, radii, means, p0=[15, 65, 5, 8, 0], sigma=np.sqrt(means / pixels), absolute_sigma=True)
        cases.append({
            "radius": radius, "sigma": sigma, "slope": slope, "found": fit[1], "error": np.sqrt(covariance[1, 1]),
        })
    return cases


def main():
    numbers = {
        "made by": "tests/reference/patterns.py",
        "versions": {
            "python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__,
            "scikit-image": skimage.__version__,
        },
        "fourier": fourier(), "centres": centres(), "shifts": shifts(), "lattices": lattices(), "rings": rings(),
    }
    target = pathlib.Path(__file__).parent.parent / "Physics.Tests" / "Patterns" / "reference.json"
    target.write_text(json.dumps(numbers, indent=1) + "\n")


if __name__ == "__main__":
    main()
