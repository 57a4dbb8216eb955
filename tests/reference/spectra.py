"""Numbers that the scalarizers of spectra are held against, computed by HyperSpy, SciPy and NumPy.

Usage: python3 tests/reference/spectra.py DATA > tests/Physics.Tests/Spectra/reference.json
DATA is the folder of the recorded data sets. Needs Debian's python3-hyperspy (1.7.3).
"""
import json
import sys
import warnings

import hyperspy.api as hs
import numpy as np
import scipy
from scipy import ndimage, optimize, signal
from scipy.spatial import distance

warnings.filterwarnings("ignore")
hs.set_log_level("ERROR")


def inside(energy, low, high):
    return (energy > low) & (energy < high)


def weights(counts):
    """Standard deviations from counts averaged over five channels, fewer at the ends."""
    n = len(counts)
    mean = [np.abs(counts[max(0, i - 2):i + 3]).mean() for i in range(n)]
    return np.sqrt(np.maximum(mean, 1))


def fit(model, energy, counts, start):
    values, _ = optimize.curve_fit(
        model, energy, counts, p0=start, sigma=weights(counts), absolute_sigma=True, xtol=1e-14, ftol=1e-14,
        maxfev=100000)
    return [float(v) for v in values]


def lorentzian(e, h, c, w, b0, b1):
    return h / (1 + (2 * (e - c) / w) ** 2) + b0 + b1 * (e - c)


def gaussian(e, h, c, w, b0, b1):
    return h * np.exp(-4 * np.log(2) * ((e - c) / w) ** 2) + b0 + b1 * (e - c)


def drude(e, a, p, g):
    return a * e * g * p ** 2 / ((e ** 2 - p ** 2) ** 2 + (e * g) ** 2)


def two(e, h1, c1, w1, h2, c2, w2, b0, b1):
    return lorentzian(e, h1, c1, w1, b0, b1) + lorentzian(e, h2, c2, w2, 0, 0)


def poisson(kind, energy, counts):
    """Maximum likelihood of a + b·u with a logarithmic link, by a general minimiser."""
    u = np.log(energy / energy.mean()) if kind == "power-law" else energy - energy.mean()

    def cost(p):
        mean = np.exp(p[0] + p[1] * u)
        return float((mean - counts * (p[0] + p[1] * u)).sum() / counts.sum())

    start = [np.log(counts.mean()), -1.0 if kind == "power-law" else -0.001]
    best = optimize.minimize(cost, start, method="Nelder-Mead", options=dict(xatol=1e-13, fatol=1e-16, maxiter=20000))
    a, b = best.x

    def background(e):
        v = np.log(e / energy.mean()) if kind == "power-law" else e - energy.mean()
        return np.exp(a + b * v)

    return float(b), background


def aluminium(folder):
    s = hs.load(folder + "/eels_single/AL-DFoffset0.00.dm3")
    c = s.data.astype(float)
    e = s.axes_manager[-1].axis
    top = int(np.argmax(c))
    parabola = np.polyfit([-1, 0, 1], np.log(c[top - 1:top + 2]), 2)
    bulk = inside(e, 13, 17)
    wide = inside(e, 4, 20)
    peak = s.isig[12.0:18.0]
    width = peak.estimate_peak_width(factor=0.5, return_interval=False)
    smooth = ndimage.uniform_filter1d(c, 25, mode="nearest")[inside(e, 3, 30)]
    found, found_properties = signal.find_peaks(smooth, prominence=2e4)
    ratio = fit(two, e[wide], c[wide], [2e5, 6.5, 2, 4e6, 15, 0.7, 2e5, 0])
    threshold = 3.0
    result = dict(
        channels=len(c), offset=float(e[0]), scale=float(e[1] - e[0]), largest=top,
        zeroLoss=float(e[0] + (e[1] - e[0]) * (top - parabola[1] / (2 * parabola[0]))),
        hyperspyZeroLoss=float(s.estimate_zero_loss_peak_centre().data[0]),
        hyperspyThickness=float(s.isig[-3.0:].estimate_thickness(threshold=threshold).data.ravel()[0]),
        lorentzian=fit(lorentzian, e[bulk], c[bulk], [4e6, 15, 0.7, 2e5, 0]),
        gaussian=fit(gaussian, e[bulk], c[bulk], [4e6, 15, 0.7, 2e5, 0]),
        drude=fit(drude, e[bulk], c[bulk], [2e5, 15, 0.7]),
        twoLorentzians=ratio,
        surfaceToBulk=ratio[0] * abs(ratio[2]) / (ratio[3] * abs(ratio[5])),
        hyperspyWidth=float(width.data.ravel()[0]),
        smoothedPeaks=len(found),
    )
    return result


def titanate(folder):
    s = hs.load(folder + "/eels_single/EELS_STO.dm3")
    c = s.data.astype(float)
    e = s.axes_manager[-1].axis
    before, edge = inside(e, 400, 450), inside(e, 455, 475)
    slope, background = poisson("power-law", e[before], c[before])
    decay, falling = poisson("exponential", e[before], c[before])
    law = hs.model.components1D.PowerLaw()
    law.estimate_parameters(s, 400.0, 450.0, only_current=True)
    removed = s.remove_background(signal_range=(400.0, 450.0), background_type="PowerLaw", fast=True)
    return dict(
        powerLawExponent=-slope, edgeArea=float((c[edge] - background(e[edge])).sum()),
        exponentialDecay=-decay, edgeAreaExponential=float((c[edge] - falling(e[edge])).sum()),
        hyperspyExponent=float(law.r.value), hyperspyEdgeArea=float(removed.data[edge].sum()),
        centre=float((e[edge] * c[edge]).sum() / c[edge].sum()),
        windowRatio=float(c[edge].sum() / c[before].sum()),
        expression=float((c[edge].mean() - c[before].mean()) / c[edge].max()),
    )


def manganese(folder):
    cube = np.load(folder + "/mn3o4_eels/malspy_SI_data.npz")["X"]
    mean = cube.mean(axis=(0, 1))
    components = np.array([cube[0, 0], cube[12, 11], cube[23, 21]])
    spectrum = cube[10, 20]
    free, *_ = np.linalg.lstsq(components.T, spectrum, rcond=None)
    kept, _ = optimize.nnls(components.T, spectrum)
    peaks = [int(i) for i in np.argsort(mean)[::-1][:3]]
    return dict(
        channels=cube.shape[2], brightest=peaks, free=[float(v) for v in free], nonNegative=[float(v) for v in kept],
        cosine=float(1 - distance.cosine(spectrum, mean)), correlation=float(np.corrcoef(spectrum, mean)[0, 1]),
        angle=float(np.degrees(np.arccos(1 - distance.cosine(spectrum, mean)))),
    )


def main():
    folder = sys.argv[1]
    json.dump(
        dict(
            madeBy="tests/reference/spectra.py", hyperspy=hs.__version__ if hasattr(hs, "__version__") else "1.7.3",
            scipy=scipy.__version__, numpy=np.__version__,
            aluminium=aluminium(folder), titanate=titanate(folder), manganese=manganese(folder)),
        sys.stdout, indent=1)
    sys.stdout.write("\n")


main()
