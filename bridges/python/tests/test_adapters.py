"""The vendors' adapters against stand-ins that have the documented calls: that rows are rows, units right, handles let
go. What the vendors' own software does only it can show."""

import sys
import time
import types
from types import SimpleNamespace as Thing
from unittest import mock

import numpy as np

from dkl_bridge.instruments.autoscript import AutoScript
from dkl_bridge.instruments.gms import DigitalMicrograph

from .support import BridgeTestCase


class Column:
    """A beam over a specimen whose intensity at (row, column) of a 256 x 256 field is row + column / 1000."""

    def __init__(self):
        self.blanked = False
        self.x = self.y = 0.5
        self.stage = [1e-6, 2e-6]
        self.unblanked_scans = 0

    def scan(self, rows, columns):
        if self.blanked:
            return np.zeros((rows, columns))
        self.unblanked_scans += 1
        row, column = np.mgrid[:rows, :columns]
        return row * (256 / rows) + column * (256 / columns) / 1000

    def at_probe(self, dwell_s):
        time.sleep(dwell_s)
        return 0.0 if self.blanked else np.floor(self.y * 256) + np.floor(self.x * 256) / 1000


def autoscript(column):
    class Client:
        def connect(self, host, port):
            self.connected = (host, port)

        def disconnect(self):
            self.connected = None

        def __init__(self):
            def blank(to):
                column.blanked = to

            def camera(kind, size, exposure):
                assert kind == "BM-Ceta"
                return Thing(data=np.full((size, size), column.at_probe(exposure)))

            class Optics:
                scan_field_of_view = 1e-7

                @property
                def blanker(self):
                    return Thing(blank=lambda: blank(True), unblank=lambda: blank(False),
                                 is_beam_blanked=column.blanked)

                @property
                def paused_scan_beam_position(self):
                    return Thing(x=column.x, y=column.y)

                @paused_scan_beam_position.setter
                def paused_scan_beam_position(self, place):
                    column.x, column.y = place

            class Stage:
                @property
                def position(self):
                    return column.stage

                def absolute_move_safe(self, place):
                    column.stage = [place.x, place.y]

            def spectrum(settings):
                assert settings.exposure_time_type == "LiveTime"
                return Thing(data=np.full(4096, column.at_probe(settings.exposure_time)))

            self.optics = Optics()
            self.acquisition = Thing(
                acquire_stem_image=lambda kind, size, dwell: Thing(data=column.scan(size, size)),
                acquire_camera_image=camera)
            self.analysis = Thing(eds=Thing(acquire_spectrum=spectrum))
            self.service = Thing(system=Thing(name="Spectra", serial_number="9000"))
            self.source = Thing(acceleration_voltage=Thing(value=300000.0))
            self.vacuum = Thing(state="Ready", column_valves=Thing(state="Open"))
            self.specimen = Thing(stage=Stage())

    package = types.ModuleType("autoscript_tem_microscope_client")
    package.TemMicroscopeClient = Client
    enumerations = types.ModuleType("enumerations")
    enumerations.DetectorType = Thing(HAADF="HAADF")
    enumerations.CameraType = Thing(BM_CETA="BM-Ceta")
    enumerations.EdsDetectorType = Thing(SUPER_X="SuperX")
    enumerations.ExposureTimeType = Thing(LIVE_TIME="LiveTime")
    structures = types.ModuleType("structures")
    structures.StagePosition = lambda: Thing(x=None, y=None)
    structures.EdsAcquisitionSettings = Thing
    return {package.__name__: package, package.__name__ + ".enumerations": enumerations,
            package.__name__ + ".structures": structures}


def digital_micrograph(column):
    class TagGroup:
        # DigiScan's units: from -1 to 1 over the field, as offset of the centre and step.
        def __init__(self, rows, columns):
            self.tags = {"Horizontal DS Offset": 0.0, "Horizontal Image Center": columns / 2,
                         "Horizontal Spacing": 2 / columns, "Vertical DS Offset": 0.0,
                         "Vertical Image Center": rows / 2, "Vertical Spacing": 2 / rows}

        def GetTagAsFloat(self, name):
            return (True, self.tags[name]) if name in self.tags else (False, 0.0)

    class Image:
        def __init__(self, array, units):
            self.array = array
            self.units = units

        def GetID(self):
            return id(self)

        def GetNumArray(self):
            return self.array

        def GetTagGroup(self):
            return [Thing(GetTagAsFloat=lambda _: (False, 0.0)), "a tag", TagGroup(*self.array.shape)]

        def GetDimensionScale(self, _):
            return {"nm": 0.4, "eV": 0.5}[self.units]

        def GetDimensionOrigin(self, _):
            return -10.0

        def GetDimensionUnitString(self, _):
            return self.units

    images, open_parameters = {}, {}
    dm = types.ModuleType("DigitalMicrograph")

    def create_image(array):
        image = Image(array, "nm")
        images[image.GetID()] = image
        return image

    def create_parameters(width, height, rotation, pixel_us, synchronized):
        open_parameters[1] = [width, height, None]
        return 1

    def set_signal(parameters, signal, size, selected, image_id):
        open_parameters[parameters][2] = image_id

    def scan(parameters, continuous, synchronous):
        assert synchronous and not continuous
        width, height, image_id = open_parameters[parameters]
        images[image_id].array = column.scan(height, width)

    def move_beam(x, y):
        column.x, column.y = (x + 1) / 2, (y + 1) / 2

    class Camera:
        def PrepareForAcquire(self):
            pass

        def GetName(self):
            return "K3"

        def CreateImageForAcquire(self, x_binning, y_binning, processing, *region):
            return Image(np.zeros((8, 64)), "eV")

        def AcquireInPlace(self, image, exposure, x_binning, y_binning, processing, *region):
            image.array = np.full((8, 64), column.at_probe(exposure))

    class Microscope:
        def SetBeamBlanked(self, blanked):
            column.blanked = blanked

        def GetBeamBlanked(self):
            return column.blanked

        def GetMicroscopeName(self):
            return "TEM"

        def GetHighTension(self):
            return 200000.0

        def GetColumnValvesOpen(self):
            return True

        def GetStageX(self):
            return column.stage[0] * 1e6

        def GetStageY(self):
            return column.stage[1] * 1e6

        def SetStageX(self, x_um):
            column.stage[0] = x_um / 1e6

        def SetStageY(self, y_um):
            column.stage[1] = y_um / 1e6

    dm.CreateImage, dm.DS_CreateParameters, dm.DS_SetParametersSignal = create_image, create_parameters, set_signal
    dm.DS_StartAcquisition, dm.DS_DeleteParameters = scan, open_parameters.pop
    dm.DS_MoveBeamTo, dm.DS_GetScanControl = move_beam, lambda: None
    dm.DS_GetBeamDSPosition = lambda: (2 * column.x - 1, 2 * column.y - 1)
    dm.GetActiveCamera, dm.Py_Microscope = Camera, Microscope
    dm.GetCameraGainNormalizedEnum = lambda: 3
    dm.open_parameters = open_parameters
    return {"DigitalMicrograph": dm}


class Adapters(BridgeTestCase):
    def bridge(self, modules, instrument):
        patch = mock.patch.dict(sys.modules, modules)
        patch.start()
        self.addCleanup(patch.stop)
        _, client = self.start(instrument)
        self.assertTrue(client.state()["beam"]["blanked"])
        client.open()
        return client

    def place(self, client, detector, row, column, rows, columns):
        moved = client.put("/v1/probe", row=row, column=column).json
        self.assertAlmostEqual(moved["row"], row)
        self.assertAlmostEqual(moved["column"], column)
        name = f"{detector}-{row}-{column}"
        self.assertEqual(client.expose(name, detector=detector).json["outcome"], "exposed")
        value = client.get(f"/v1/exposures/{name}/frame").array.flat[0]
        return value, row * 256 / rows + column * 256 / columns / 1000

    def test_autoscript(self):
        column = Column()
        client = self.bridge(autoscript(column), AutoScript(camera_size=16, eds="SUPER_X", stage_um=10))
        capabilities = client.get("/v1/capabilities").json
        detectors = [tuple(detector[key] for key in ("id", "kind", "shape")) for detector in capabilities["detectors"]]
        self.assertEqual(detectors, [("camera", "pattern", [16, 16]), ("eds", "spectrum", [4096])])
        self.assertEqual(capabilities["beam"]["energy_kev"], 300.0)
        self.refused(client.survey("oblong", rows=256, columns=512), 500, "instrument")
        survey = client.survey("s", rows=256, columns=256)
        np.testing.assert_allclose(survey.array, np.add.outer(np.arange(256), np.arange(256) / 1000), rtol=1e-5)
        self.assertAlmostEqual(survey.meta["pixel_nm"], 100 / 256)
        for detector in ("camera", "eds"):
            value, expected = self.place(client, detector, 200.0, 30.0, 256, 256)
            self.assertAlmostEqual(value, expected, 3)
        self.assertEqual(client.get("/v1/stage").json, {"x_nm": 1000.0, "y_nm": 2000.0})
        moved = client.put("/v1/stage", x_nm=5000, y_nm=-3000).json
        self.assertAlmostEqual(moved["x_nm"], 5000)
        self.assertAlmostEqual(column.stage[1], -3e-6)
        self.refused(client.put("/v1/stage", x_nm=11001, y_nm=0), 422, "outside-limits")
        self.assertEqual(client.state()["conditions"], [])
        self.assertTrue(column.blanked)
        self.assertEqual(column.unblanked_scans, 1)

    def test_digital_micrograph(self):
        column = Column()
        modules = digital_micrograph(column)
        client = self.bridge(modules, DigitalMicrograph(stage_um=10))
        detector = client.get("/v1/capabilities").json["detectors"][0]
        self.assertEqual((detector["kind"], detector["shape"], detector["energy"]),
                         ("spectrum", [64], {"origin_ev": -10.0, "dispersion_ev": 0.5}))
        survey = client.survey("s", rows=128, columns=64)
        self.assertEqual(survey.array.shape, (128, 64))
        self.assertAlmostEqual(float(survey.array[10, 0]), 20, 3)
        self.assertAlmostEqual(float(survey.array[0, 10]), 0.04, 3)
        self.assertEqual(survey.meta["pixel_nm"], 0.4)
        value, expected = self.place(client, "camera", 100.0, 20.0, 128, 64)
        self.assertAlmostEqual(value / 8, expected, 3)  # Eight rows were summed.
        self.assertEqual(modules["DigitalMicrograph"].open_parameters, {}, "parameters are let go")
        moved = client.put("/v1/stage", x_nm=5000, y_nm=-3000).json
        self.assertAlmostEqual(moved["x_nm"], 5000)
        self.assertAlmostEqual(column.stage[1], -3e-6)
        self.assertTrue(column.blanked)
