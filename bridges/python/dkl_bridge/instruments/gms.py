"""Not run against DigitalMicrograph yet: written after its Python documentation and scripts that labs publish.

Gatan Microscopy Suite 3.4 and later: a bridge within DigitalMicrograph, from a Python script with *Execute on
background thread*; docs/instruments.md shows the script. DigiScan scans and parks the probe, the active camera or
spectrometer is the detector, ``Py_Microscope`` blanks.

- ``SetBeamBlanked`` needs a microscope whose communication with DigitalMicrograph includes its blanker. Look first
  whether ``DM.Py_Microscope().GetBeamBlanked()`` follows what is pressed on the panel; if not, this adapter is not for
  that microscope, since the bridge raises an alarm at the first blank.
- Look whether DigitalMicrograph lets Python's other threads run within its calls. If the bridge's log says that the
  lease clock could not run, it cannot blank within an exposure, and only the frame's own end does.
- ``AcquireInPlace`` returns when the frame is read out, so the beam is on for that long too, and that dose is charged.
- The positions of DigiScan are computed from the tags of the survey, as DigitalMicrograph itself does.
- Pixel times are in us, the stage's positions in um.
"""

import numpy as np

from ..instrument import (Beam, Capabilities, Detector, Energy, Instrument, InstrumentFault, Limits, StageLimits,
                          Survey, SurveyLimits)


class DigitalMicrograph(Instrument):
    """kind: ``spectrum``, whose rows are summed, or ``pattern``.

    region: (top, left, bottom, right) of the camera in unbinned pixels; None is all of it. signals: names of DigiScan's
    signals in the order of its own list. stage_um: how far from where it stood at the start the stage may be sent,
    in each direction; None leaves it alone.
    """

    single_thread = True

    def __init__(self, kind="spectrum", region=None, binning=1, signals=("HAADF",), dwell_s=(0.001, 30.0),
                 longest_s=60.0, read_out_s=2.0, stage_um=None):
        self._kind = kind
        self._region = region
        self._binning = binning
        self._signals = tuple(signals)
        self._dwell_s = dwell_s
        self._longest_s = longest_s
        self._read_out_s = read_out_s
        self._stage_um = stage_um
        self._stage_began = None
        self._dm = None
        self._microscope = None
        self._camera = None
        self._processing = None
        self._image = None
        self._detector = None
        self._digiscan = None

    @classmethod
    def from_arguments(cls, arguments):
        raise InstrumentFault("This adapter runs within DigitalMicrograph: a Python script there calls "
                              "dkl_bridge.start; docs/instruments.md shows it.", "permanent")

    def start(self):
        import DigitalMicrograph as DM
        self._dm = DM
        self._microscope = DM.Py_Microscope()
        self._camera = DM.GetActiveCamera()
        self._camera.PrepareForAcquire()
        self._processing = DM.GetCameraGainNormalizedEnum()
        self._image = self._camera.CreateImageForAcquire(*self._settings())
        DM.DS_GetScanControl()
        self._stage_began = self.stage()

    def close(self):
        # Handles of DigitalMicrograph's images have to be let go, or they stay in its memory.
        self._image = None
        self._camera = None

    def describe(self):
        return f"DigitalMicrograph, {self._microscope.GetMicroscopeName()}, {self._camera.GetName()}"

    def capabilities(self):
        if self._detector is None and self.is_blanked():
            self._detector = self._look()
        stage = None
        if self._stage_um is not None and self._stage_began is not None:
            (x, y), reach = self._stage_began, self._stage_um * 1000
            stage = StageLimits((x - reach, x + reach), (y - reach, y + reach))
        return Capabilities(
            limits=Limits(self._dwell_s, self._longest_s, SurveyLimits((16, 4096), (16, 4096), (1e-6, 1e-2)), stage),
            channels=self._signals, detectors=() if self._detector is None else (self._detector,),
            beam=Beam(self._microscope.GetHighTension() / 1000), settle_s=0.002, stage_moves=stage is not None)

    # The beam

    def unblank(self):
        self._microscope.SetBeamBlanked(False)

    def blank(self):
        self._microscope.SetBeamBlanked(True)

    def is_blanked(self):
        return bool(self._microscope.GetBeamBlanked())

    # Survey and probe

    def survey(self, channel, rows, columns, dwell_s):
        dm = self._dm
        parameters = dm.DS_CreateParameters(columns, rows, 0.0, dwell_s * 1e6, False)
        image = dm.CreateImage(np.zeros((rows, columns), np.uint32))
        try:
            dm.DS_SetParametersSignal(parameters, self._signals.index(channel), 4, True, image.GetID())
            dm.DS_StartAcquisition(parameters, False, True)
            self._digiscan = _digiscan_axes(image)
            pixel_nm = image.GetDimensionScale(0) * {"nm": 1, "um": 1000, "µm": 1000}.get(
                image.GetDimensionUnitString(0), 0)
            # A copy: the array belongs to an image that is let go.
            return Survey(np.array(image.GetNumArray(), np.float32), pixel_nm or None)
        finally:
            dm.DS_DeleteParameters(parameters)
            del image

    def move_probe(self, row, column):
        if self._digiscan is None:
            raise InstrumentFault("There was no survey yet.", "permanent")
        (x, dx), (y, dy) = self._digiscan
        self._dm.DS_MoveBeamTo(x + column * dx, y + row * dy)

    def probe(self):
        if self._digiscan is None:
            return None
        (x, dx), (y, dy) = self._digiscan
        at_x, at_y = self._dm.DS_GetBeamDSPosition()
        return (at_y - y) / dy, (at_x - x) / dx

    # Exposures

    def _settings(self):
        region = () if self._region is None else tuple(self._region)
        return (self._binning, self._binning, self._processing, *region)

    def _look(self):
        """What the camera delivers, from one frame of the shortest dwell while the beam is blanked."""
        self.acquire("camera", self._dwell_s[0])
        shape = self.read_out("camera").shape
        if self._kind == "pattern":
            return Detector("camera", "pattern", shape, "<f4", self._read_out_s)
        energy = None
        if self._image.GetDimensionUnitString(0) == "eV":
            step = self._image.GetDimensionScale(0)
            # DigitalMicrograph's origin is the channel of 0 eV where it is asked for in units of the axis.
            energy = Energy(self._image.GetDimensionOrigin(0), step)
        return Detector("camera", "spectrum", shape, "<f4", self._read_out_s, energy=energy)

    def acquire(self, detector, dwell_s):
        self._camera.AcquireInPlace(self._image, dwell_s, *self._settings())

    def read_out(self, detector):
        frame = np.array(self._image.GetNumArray(), np.float32)
        return frame.sum(axis=0) if self._kind == "spectrum" and frame.ndim == 2 else frame

    # Stage

    def stage(self):
        return self._microscope.GetStageX() * 1000, self._microscope.GetStageY() * 1000

    def move_stage(self, x_nm, y_nm):
        self._microscope.SetStageX(x_nm / 1000)
        self._microscope.SetStageY(y_nm / 1000)

    def conditions(self):
        return [] if self._microscope.GetColumnValvesOpen() else ["the column valves are closed"]


def _digiscan_axes(image):
    """((x of column 0, its step), (y of row 0, its step)) in DigiScan's own units, from an image's tags."""
    for group in image.GetTagGroup():
        if not hasattr(group, "GetTagAsFloat") or not group.GetTagAsFloat("Horizontal DS Offset")[0]:
            continue
        axes = []
        for direction in ("Horizontal", "Vertical"):
            found = [group.GetTagAsFloat(f"{direction} {name}") for name in ("DS Offset", "Image Center", "Spacing")]
            if not all(there for there, _ in found) or not found[2][1]:
                break
            offset, centre, step = (value for _, value in found)
            axes.append((offset - centre * step, step))
        else:
            return tuple(axes)
    raise InstrumentFault("The survey has no tags of DigiScan, so that no position in it is known.", "permanent")
