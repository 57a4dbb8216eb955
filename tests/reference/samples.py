"""Writes small files of each format with the software that people write them with, and what they hold, for the tests
of the readers.

    /usr/bin/python3 tests/reference/samples.py tests/Instruments.Tests/Files/Samples
"""

import json
import logging
import os
import sys
import warnings

import h5py
import numpy as np

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
import hyperspy.api as hs  # noqa: E402
import PIL  # noqa: E402
from PIL import Image  # noqa: E402

expected = {}


def ramp(*shape, dtype="<f4", step=1):
    return (np.arange(int(np.prod(shape))) * step % 1000).astype(dtype).reshape(shape)


def note(name, data, shape=None):
    data = np.asarray(data)
    expected[name] = {"shape": list(shape or data.shape), "values": [float(v) for v in data.reshape(-1)]}


def hyperspy_files(folder):
    s = hs.signals.Signal2D(ramp(2, 3, 4, 5, dtype="<u2"))
    for axis, (name, unit, scale, offset) in zip(
            s.axes_manager._axes, [("y", "nm", 0.5, 1), ("x", "nm", 0.5, 2), ("ky", "1/nm", 0.1, -0.2), ("kx", "1/nm", 0.1, -0.2)]):
        axis.name, axis.units, axis.scale, axis.offset = name, unit, scale, offset
    s.metadata.General.title = "four dimensions"
    s.set_signal_type("")
    s.metadata.set_item("Acquisition_instrument.TEM.beam_energy", 200.0)
    s.save(os.path.join(folder, "four.hspy"), overwrite=True)
    note("four.hspy", s.data)

    axis = {"axis": np.array([0.0, 1, 3, 7]), "name": "Energy", "units": "eV"}
    u = hs.signals.Signal1D(ramp(3, 4), axes=[{"size": 3, "name": "x", "units": "nm", "scale": 2.0}, axis])
    u.metadata.General.title = "uneven"
    u.save(os.path.join(folder, "uneven.hspy"), overwrite=True)
    note("uneven.hspy", u.data)

    ragged = np.empty(3, dtype=object)
    for i in range(3):
        ragged[i] = np.arange(i + 1.0)
    hs.signals.BaseSignal(ragged, ragged=True).save(os.path.join(folder, "ragged.hspy"), overwrite=True)

    b = hs.signals.Signal2D(ramp(2, 3, 4, 4, dtype="u1"))
    b.axes_manager[0].scale = b.axes_manager[1].scale = 2.5
    b.axes_manager[2].scale = b.axes_manager[3].scale = 0.05
    for axis, unit in zip(b.axes_manager._axes, ["nm", "nm", "cm", "cm"]):
        axis.units = unit
    b.metadata.set_item("Acquisition_instrument.TEM.beam_energy", 300.0)
    b.save(os.path.join(folder, "patterns.blo"), overwrite=True)
    note("patterns.blo", b.data)

    e = hs.signals.EDSTEMSpectrum(ramp(2, 3, 6, dtype="<i4"))
    for axis, (name, unit, scale) in zip(e.axes_manager._axes, [("y", "nm", 3), ("x", "nm", 3), ("E", "keV", 0.01)]):
        axis.name, axis.units, axis.scale = name, unit, scale
    e.metadata.General.title = "cube"
    e.save(os.path.join(folder, "cube.emd"), overwrite=True)
    # HyperSpy writes its arrays into NCEM files transposed.
    note("cube.emd", e.data)


def usid(folder):
    data = ramp(6, 4)
    with h5py.File(os.path.join(folder, "usid.h5"), "w") as h:
        g = h.create_group("Measurement_000/Channel_000")
        # x is fastest: 2 rows of 3 columns.
        index = np.array([[c, r] for r in range(2) for c in range(3)], dtype="<u4")
        p = g.create_dataset("Position_Indices", data=index)
        v = g.create_dataset("Position_Values", data=(index * [0.5, 0.5] + [1, 2]).astype("<f4"))
        q = g.create_dataset("Spectroscopic_Indices", data=np.arange(4, dtype="<u4")[None])
        w = g.create_dataset("Spectroscopic_Values", data=(np.arange(4, dtype="<f4") * 0.25 + 100)[None])
        for d in (p, v):
            d.attrs["labels"] = np.array(["X", "Y"], dtype=object)
            d.attrs["units"] = np.array(["nm", "nm"], dtype=object)
        for d in (q, w):
            d.attrs["labels"] = np.array(["Energy"], dtype=object)
            d.attrs["units"] = np.array(["eV"], dtype=object)
        m = g.create_dataset("Raw_Data", data=data, compression="gzip")
        m.attrs["quantity"], m.attrs["units"] = "Counts", "electrons"
        for name, d in zip(
                ["Position_Indices", "Position_Values", "Spectroscopic_Indices", "Spectroscopic_Values"], (p, v, q, w)):
            m.attrs[name] = d.ref
    note("usid.h5", data, (2, 3, 4))


def nsid(folder):
    # Stored with the spectral dimension first, as sidpy may.
    stored = ramp(5, 2, 3)
    with h5py.File(os.path.join(folder, "nsid.h5"), "w") as h:
        g = h.create_group("Measurement_000/Channel_000/Spectrum")
        m = g.create_dataset("Spectrum", data=stored, chunks=(2, 2, 2), shuffle=True, compression="gzip", fletcher32=True)
        m.attrs["title"], m.attrs["units"], m.attrs["data_type"] = "Spectrum", "counts", "SPECTRAL_IMAGE"
        for i, (name, unit, kind, values) in enumerate([
                ("energy", "eV", "SPECTRAL", 300 + 0.5 * np.arange(5)), ("y", "nm", "SPATIAL", 2.0 * np.arange(2)),
                ("x", "nm", "SPATIAL", 2.0 * np.arange(3))]):
            d = g.create_dataset(name, data=values)
            d.attrs["name"], d.attrs["units"], d.attrs["dimension_type"] = name, unit, kind
            d.make_scale(name)
            m.dims[i].attach_scale(d)
    note("nsid.h5", np.moveaxis(stored, 0, -1))


def ncem(folder):
    data = ramp(2, 3, 4, 5, dtype=">i2")
    with h5py.File(os.path.join(folder, "ncem.emd"), "w") as h:
        h.attrs["version_major"], h.attrs["version_minor"] = 0, 2
        h.create_group("microscope").attrs["accelerating voltage"] = 300000.0
        g = h.create_group("data/patterns")
        g.attrs["emd_group_type"] = 1
        g.create_dataset("data", data=data, chunks=(1, 2, 4, 3), compression="lzf")
        for i, (name, unit, scale) in enumerate(
                [("y", "[n_m]", 2.0), ("x", "[n_m]", 2.0), ("qy", "[1/nm]", 0.1), ("qx", "[1/nm]", 0.1)]):
            d = g.create_dataset(f"dim{i + 1}", data=scale * np.arange(data.shape[i]))
            d.attrs["name"], d.attrs["units"] = name, unit
    note("ncem.emd", data)


def plain(folder):
    data = ramp(7, 9, dtype="<i4", step=7)
    for name, options in [("plain.h5", {}), ("ordered.h5", {"track_order": True}), ("latest.h5", {"libver": "latest"})]:
        with h5py.File(os.path.join(folder, name), "w", **options) as h:
            h.create_dataset("group/table", data=data, **({} if name == "latest.h5" else {"chunks": (4, 4)}))
            h["group"].attrs["note"] = "Å and µ"
            h["group/table"].attrs["scale"] = 0.5
        note(name, data)
    with h5py.File(os.path.join(folder, "dense.h5"), "w", libver="latest") as h:
        for i in range(12):
            h.create_dataset(f"d{i:02}", data=np.arange(3.0))


def tiff(folder):
    from PIL.TiffImagePlugin import ImageFileDirectory_v2
    small = ramp(11, 13, dtype="<u2", step=37)
    # Long runs and noise, so that LZW makes codes of every length and clears its table.
    wide = (np.random.default_rng(7).integers(0, 200, (70, 90)) * (np.arange(90) > 45)).astype("u1")
    for name, data, options in [
            ("plain.tif", small, {}),
            ("lzw.tif", wide, {"compression": "tiff_lzw"}),
            ("deflate.tif", wide, {"compression": "tiff_adobe_deflate"}),
            ("packbits.tif", wide, {"compression": "packbits"}),
            ("float.tif", ramp(5, 6), {})]:
        Image.fromarray(data).save(os.path.join(folder, name), **options)
        note(name, data)
    tags = ImageFileDirectory_v2()
    tags[270] = "ImageJ=1.53\nimages=3\nslices=3\nunit=nm\n"
    tags[282] = 4.0
    stack = ramp(3, 4, 5, dtype="<u2")
    pages = [Image.fromarray(p) for p in stack]
    pages[0].save(os.path.join(folder, "stack.tif"), save_all=True, append_images=pages[1:], tiffinfo=tags)
    note("stack.tif", stack)


def main(folder):
    os.makedirs(folder, exist_ok=True)
    for write in (hyperspy_files, usid, nsid, ncem, plain, tiff):
        write(folder)
    with open(os.path.join(folder, "expected.json"), "w") as out:
        versions = {"hyperspy": hs.__version__, "h5py": h5py.__version__, "hdf5": h5py.version.hdf5_version,
                    "numpy": np.__version__, "pillow": PIL.__version__}
        json.dump({"versions": versions, "files": expected}, out)
        out.write("\n")


main(sys.argv[1])
