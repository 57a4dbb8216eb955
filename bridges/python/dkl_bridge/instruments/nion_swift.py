"""Run against Nion's simulator (nionswift-usim of February 2024), not against a microscope yet.

Nion Swift: a bridge within Swift, from its Run Script window or a plug-in; docs/instruments.md shows the script. It
needs nothing but what Swift registers: the STEM controller, its scan device, and the EELS and Ronchigram cameras.

- The blanker is a control of the instrument, ``C_Blank`` by default, 1 is blanked.
- A survey is a *record* of the scan device with the field of view that Swift has; the probe is parked by
  ``probe_position``, which runs from 0 to 1 across that field.
- An exposure is a *record* of a camera. Swift says that it is done when the frame is there, so the beam is on for the
  camera's read-out as well, and that dose is charged.
- What the cameras deliver is asked with one frame of the shortest dwell while the beam is blanked.
"""

import copy

import numpy as np

from ..instrument import (Angle, Beam, Capabilities, Detector, Energy, Instrument, InstrumentFault, Limits, Survey,
                          SurveyLimits)


class NionSwift(Instrument):
    """blanker: name of the control. current: that of the beam's current in A, None where there is none.

    patience_s: how much longer than the dwell a frame or scan may take before it is given up.
    """

    simulated = False
    single_thread = True

    def __init__(self, blanker="C_Blank", current="BeamCurrent", dwell_s=(0.001, 30.0), longest_s=60.0,
                 patience_s=10.0):
        self._blanker = blanker
        self._current = current
        self._dwell_s = dwell_s
        self._longest_s = longest_s
        self._patience_s = patience_s
        self._controller = None
        self._scan = None
        self._detectors = None
        self._size = None
        self._frame = None
        self._task = None

    @classmethod
    def add_arguments(cls, parser):
        parser.add_argument("--blanker", default="C_Blank", help="the control that blanks (C_Blank)")

    @classmethod
    def from_arguments(cls, arguments):
        raise InstrumentFault("This adapter runs within Nion Swift: its Run Script window calls dkl_bridge.start; "
                              "docs/instruments.md shows the script.", "permanent")

    def start(self):
        from nion.utils import Registry
        self._controller = Registry.get_component("stem_controller")
        if self._controller is None:
            raise InstrumentFault("Swift has no STEM controller: load the instrument's plug-in.", "permanent")
        self._scan = self._controller.scan_controller
        if self._scan is None:
            raise InstrumentFault("Swift has no scan device: load the instrument's plug-in.", "permanent")
        if not self._controller.TryGetVal(self._blanker)[0]:
            raise InstrumentFault(f"The instrument has no control {self._blanker}: name the one that blanks.",
                                  "permanent")

    def describe(self):
        return f"Nion Swift, {type(self._controller).__module__.split('.')[-1]}, scan {self._scan.display_name}"

    def capabilities(self):
        cameras = self._cameras()
        if self._detectors is None and self.is_blanked():
            self._detectors = {name: self._look(name, camera) for name, camera in cameras.items()}
        known, volts = self._controller.TryGetVal("EHT")
        return Capabilities(
            limits=Limits(self._dwell_s, self._longest_s, SurveyLimits((16, 4096), (16, 4096), (1e-7, 1e-2))),
            channels=tuple(self._channels()), detectors=tuple((self._detectors or {}).values()),
            beam=Beam(volts / 1000 if known and volts else 0.0, self.current()), settle_s=0.001)

    # The beam

    def unblank(self):
        self._set_blanked(0.0)

    def blank(self):
        self._set_blanked(1.0)

    def is_blanked(self):
        return self._controller.GetVal(self._blanker) != 0.0

    def _set_blanked(self, value):
        if not self._controller.SetVal(self._blanker, value):
            raise InstrumentFault(f"Swift did not set {self._blanker} to {value:g}.", "unknown")

    # Survey and probe

    def survey(self, channel, rows, columns, dwell_s):
        from nion.utils import Geometry
        index = self._channels()[channel]
        parameters = copy.deepcopy(self._scan.get_current_frame_parameters())
        parameters.pixel_size = Geometry.IntSize(rows, columns)
        parameters.pixel_time_us = dwell_s * 1e6
        self._scan.set_enabled_channels([index])
        self._scan.set_current_frame_parameters(parameters)
        images = self._scan.record_immediate(parameters, sync_timeout=rows * columns * dwell_s + self._patience_s)
        if not images or images[0] is None:
            raise InstrumentFault("The scan device returned no image.", "transient")
        image = images[0]
        self._place_probe_in(parameters)
        self._size = (rows, columns)
        self.move_probe((rows - 1) / 2, (columns - 1) / 2)
        calibration = image.dimensional_calibrations[1]
        pixel_nm = calibration.scale if calibration.units == "nm" and calibration.scale > 0 else None
        return Survey(np.asarray(image.data, np.float32), pixel_nm)

    def _place_probe_in(self, parameters):
        """Positions of the probe are parts of Swift's scan context, which older versions take from view scans only."""
        context = self._controller.scan_context
        if not context.is_valid or context.fov_nm != parameters.fov_nm or context.center_nm != parameters.center_nm:
            self._controller._update_scan_context(
                parameters.pixel_size, parameters.center_nm, parameters.fov_nm, parameters.rotation_rad)
        # Swift tells the scan device of a change only.
        self._scan.probe_position = None

    def move_probe(self, row, column):
        from nion.utils import Geometry
        rows, columns = self._size
        self._scan.probe_position = Geometry.FloatPoint(y=(row + 0.5) / rows, x=(column + 0.5) / columns)

    def probe(self):
        position = self._scan.probe_position
        if position is None or self._size is None:
            return None
        return position.y * self._size[0] - 0.5, position.x * self._size[1] - 0.5

    def _channels(self):
        return {self._scan.get_channel_state(index).name: index for index in range(self._scan.channel_count)}

    # Exposures

    def _cameras(self):
        cameras = {"eels": self._controller.eels_camera, "ronchigram": self._controller.ronchigram_camera}
        return {name: camera for name, camera in cameras.items() if camera is not None}

    def _camera(self, name):
        camera = self._cameras().get(name)
        if camera is None:
            raise InstrumentFault(f"Swift has no {name} camera any more.", "permanent")
        return camera

    def _record(self, camera, dwell_s):
        parameters = copy.deepcopy(camera.get_current_frame_parameters())
        parameters.exposure_ms = dwell_s * 1000
        # Spectra are summed here, so that their energy axis comes with them.
        parameters.processing = None
        self._task = camera.start_recording(frame_parameters=parameters)
        try:
            frames = self._task.grab_xdatas(timeout=dwell_s + self._patience_s)
        finally:
            self._task = None
        if not frames or frames[0] is None:
            raise InstrumentFault("The camera returned no frame.", "transient")
        return frames[0]

    def _look(self, name, camera):
        frame = self._record(camera, self._dwell_s[0])
        vertical, horizontal = frame.dimensional_calibrations[-2], frame.dimensional_calibrations[-1]
        if name == "eels":
            energy = Energy(horizontal.offset, horizontal.scale) if horizontal.units == "eV" else None
            return Detector(name, "spectrum", frame.data.shape[-1:], "<f4", self._patience_s, energy=energy)
        angle = None
        if horizontal.units == "rad" and horizontal.scale > 0:
            centre = (-vertical.offset / vertical.scale, -horizontal.offset / horizontal.scale)
            angle = Angle(horizontal.scale * 1000, centre)
        return Detector(name, "pattern", frame.data.shape[-2:], "<f4", self._patience_s, angle=angle)

    def acquire(self, detector, dwell_s):
        self._frame = self._record(self._camera(detector), dwell_s)

    def read_out(self, detector):
        frame, self._frame = self._frame, None
        if frame is None:
            raise InstrumentFault("There is no frame to read out.", "permanent")
        data = np.asarray(frame.data, np.float32)
        return data.sum(axis=0) if detector == "eels" and data.ndim == 2 else data

    def abort(self):
        for camera in self._cameras().values():
            camera.abort_recording()
        self._scan.abort_recording()

    # Current

    def current(self):
        if not self._current:
            return None
        known, amperes = self._controller.TryGetVal(self._current)
        return amperes * 1e12 if known and amperes is not None and amperes >= 0 else None
