"""Reads the real data files with HyperSpy, and with h5py what HyperSpy 1.7 does not read, and writes what the tests of
the readers compare with.

    /usr/bin/python3 tests/reference/files.py ../shared/data > tests/Instruments.Tests/Files/real-files.json
"""

import io
import json
import logging
import os
import sys
import tempfile
import warnings
import zipfile

import h5py
import numpy as np

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
import hyperspy.api as hs  # noqa: E402

FILES = [
    "eels_single/AL-DFoffset0.00.dm3",
    "eels_single/EELS_STO.dm3",
    "formats/EELS_SI.dm4",
    "formats/EMDReader_SpectrumImage_Si.emd",
    "formats/stem_abf.hspy",
    "si_eels_interface/SI-EELS.dm3",
    "si_eels_interface/SI-HAADF.dm3",
    "si_eels_interface/SI-Survey.dm3",
    "sio2_eds/SiO2_EDS_SI.hspy",
    "sio2_eds/SiO2_HAADF.hspy",
]
ZIP = "formats/velox_EELS_EDS.zip"


def samples(data):
    flat = data.reshape(-1)
    places = sorted({int(k * (flat.size - 1) / 16) for k in range(17)} | {int(flat.argmax())})
    return [[k, float(flat[k])] for k in places]


def facts(title, data, axes):
    data = np.asarray(data)
    return {
        "title": title,
        "shape": list(data.shape),
        "sum": float(data.sum(dtype=np.float64)),
        "samples": samples(data),
        "axes": axes,
    }


def unit_of(axis):
    unit = str(axis.units)
    return "" if unit in ("<undefined>", "None") else unit


def with_hyperspy(path):
    loaded = hs.load(path)
    signals = []
    for s in loaded if isinstance(loaded, list) else [loaded]:
        # hs.load has the axes of the probe first, each set slowest first in the order of the array.
        axes = [
            {"length": int(a.size), "unit": unit_of(a), "scale": float(a.scale), "offset": float(a.offset),
             "navigation": bool(a.navigate)}
            for a in s.axes_manager._axes
        ]
        signals.append(facts(s.metadata.General.title, s.data, axes))
    if path.endswith(".emd"):
        # Of the image beside a spectrum image HyperSpy 1.7 takes the first frame; the readers give the mean of all.
        with h5py.File(path, "r") as h:
            mean = next(iter(h["Data/Image"].values()))["Data"][()].mean(axis=-1)
        signals[0] = facts(signals[0]["title"], mean, signals[0]["axes"])
    return signals


def with_h5py(path):
    signals = []
    with h5py.File(path, "r") as h:
        for cube in h["Data/EelsSpectrumImage"].values():
            told = json.loads(bytes(cube["AcquisitionMetadata"][:, 0]).split(b"\0")[0])["Data"]
            data = np.transpose(cube["Data"][()], (2, 0, 1))
            signals.append(facts(f"EELS from {told['offset']:.9g} eV", data, [
                {"length": data.shape[0], "unit": "nm", "scale": 158.65803795969113, "navigation": True},
                {"length": data.shape[1], "unit": "nm", "scale": 158.65803795969113, "navigation": True},
                {"length": data.shape[2], "unit": "eV", "scale": told["dispersion"], "offset": told["offset"],
                 "navigation": False},
            ]))

        # Photons of all detectors; 65535 ends a pixel.
        shape = (16, 20, 4096)
        total = np.zeros((shape[0] * shape[1], shape[2]))
        for stream in h["Data/SpectrumStream"].values():
            pixel = 0
            for channel in stream["Data"][:, 0]:
                if channel == 65535:
                    pixel = (pixel + 1) % total.shape[0]
                else:
                    total[pixel, channel] += 1
        signals.append(facts("EDS, sum of 6 detectors", total.reshape(shape), []))
    return signals


def main(folder):
    result = {"versions": {"hyperspy": hs.__version__, "h5py": h5py.__version__, "numpy": np.__version__}, "files": {}}
    for name in FILES:
        result["files"][name] = with_hyperspy(os.path.join(folder, name))
    with zipfile.ZipFile(os.path.join(folder, ZIP)) as archive, tempfile.TemporaryDirectory() as scratch:
        path = archive.extract(archive.namelist()[0], scratch)
        result["files"][ZIP] = with_h5py(path)
    text = io.StringIO()
    json.dump(result, text, indent=1, ensure_ascii=False)
    print(text.getvalue())


main(sys.argv[1])
