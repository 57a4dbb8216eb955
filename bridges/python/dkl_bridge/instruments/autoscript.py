"""Not run against AutoScript yet: written after its documentation and scripts that labs publish.

Thermo Fisher AutoScript TEM: on the microscope's computer, or on another one that reaches its AutoScript server.

    python -m dkl_bridge --instrument autoscript --autoscript-camera BM_CETA --token-file token

- The probe is parked by ``optics.paused_scan_beam_position``, which runs from 0 to 1 across the field of view.
- ``acquire_camera_image`` returns when the frame is read out, so the beam is on for that long too, and that
  dose is charged. The same holds for the X-ray detector, whose exposure is in live time and so takes longer than the
  dwell.
- Its client sends one call at a time, so the blanker has a connection of its own and is not held up by an exposure.
- Lengths are in m there.
"""

import numpy as np

from ..instrument import (Beam, Capabilities, Detector, Energy, Instrument, InstrumentFault, Limits, StageLimits,
                          Survey, SurveyLimits)


class AutoScript(Instrument):
    """camera: a name of AutoScript's CameraType, None for none. eds: whether there is an X-ray detector.

    stage_um: how far from where it stood at the start the stage may be sent, in each direction; None leaves it alone.
    """

    single_thread = True

    def __init__(self, host="localhost", port=9095, camera="BM_CETA", camera_size=512, eds=None, eds_dispersion_ev=5.0,
                 channels=("HAADF",), dwell_s=(0.001, 30.0), longest_s=60.0, read_out_s=2.0, stage_um=None):
        self._host, self._port = host, port
        self._camera = camera
        self._camera_size = camera_size
        self._eds = eds
        self._eds_dispersion_ev = eds_dispersion_ev
        self._channels = tuple(channels)
        self._dwell_s = dwell_s
        self._longest_s = longest_s
        self._read_out_s = read_out_s
        self._stage_um = stage_um
        self._stage_began = None
        self._microscope = None
        self._blanking = None
        self._size = None
        self._frame = None
        self._detectors = None

    @classmethod
    def add_arguments(cls, parser):
        parser.add_argument("--autoscript-host", default="localhost", metavar="HOST", help="the server (localhost)")
        parser.add_argument("--autoscript-port", type=int, default=9095, metavar="PORT", help="its port (9095)")
        parser.add_argument("--autoscript-camera", default="BM_CETA", metavar="TYPE",
                            help="of CameraType: BM_CETA, BM_FALCON, EF_CCD, FLUCAM, ...; NONE for none")
        parser.add_argument("--autoscript-camera-size", type=int, default=512, metavar="PX", help="of its frames (512)")
        parser.add_argument("--autoscript-eds", metavar="TYPE", help="of EdsDetectorType, such as SUPER_X")
        parser.add_argument("--autoscript-channels", default="HAADF", metavar="A,B", help="of DetectorType (HAADF)")
        parser.add_argument("--autoscript-stage", type=float, metavar="UM", help="how far the stage may be sent")

    @classmethod
    def from_arguments(cls, arguments):
        camera = None if arguments.autoscript_camera == "NONE" else arguments.autoscript_camera
        return cls(arguments.autoscript_host, arguments.autoscript_port, camera, arguments.autoscript_camera_size,
                   arguments.autoscript_eds, channels=arguments.autoscript_channels.split(","),
                   stage_um=arguments.autoscript_stage)

    def start(self):
        from autoscript_tem_microscope_client import TemMicroscopeClient
        self._microscope, self._blanking = TemMicroscopeClient(), TemMicroscopeClient()
        for client in (self._microscope, self._blanking):
            client.connect(self._host, self._port)
        if self._stage_um is not None:
            self._stage_began = self.stage()

    def close(self):
        for client in (self._microscope, self._blanking):
            if client is not None:
                client.disconnect()

    def describe(self):
        system = self._microscope.service.system
        return f"AutoScript TEM, {system.name}, serial number {system.serial_number}"

    def capabilities(self):
        if self._detectors is None and self.is_blanked():
            self._detectors = tuple(self._look())
        stage = None
        if self._stage_began is not None:
            (x, y), reach = self._stage_began, self._stage_um * 1000
            stage = StageLimits((x - reach, x + reach), (y - reach, y + reach))
        return Capabilities(
            limits=Limits(self._dwell_s, self._longest_s, SurveyLimits((256, 4096), (256, 4096), (1e-7, 1e-3)), stage),
            channels=self._channels, detectors=self._detectors or (),
            beam=Beam(self._microscope.source.acceleration_voltage.value / 1000), settle_s=0.01,
            stage_moves=stage is not None)

    # The beam

    def unblank(self):
        self._blanking.optics.blanker.unblank()

    def blank(self):
        self._blanking.optics.blanker.blank()

    def is_blanked(self):
        return bool(self._blanking.optics.blanker.is_beam_blanked)

    # Survey and probe

    def survey(self, channel, rows, columns, dwell_s):
        if rows != columns:
            raise InstrumentFault(f"AutoScript scans square images, not {rows} x {columns}.", "permanent")
        from autoscript_tem_microscope_client.enumerations import DetectorType
        image = self._microscope.acquisition.acquire_stem_image(getattr(DetectorType, channel), rows, dwell_s)
        self._size = (rows, columns)
        field_nm = self._microscope.optics.scan_field_of_view * 1e9
        return Survey(np.asarray(image.data, np.float32), field_nm / columns)

    def move_probe(self, row, column):
        rows, columns = self._size
        self._microscope.optics.paused_scan_beam_position = [(column + 0.5) / columns, (row + 0.5) / rows]

    def probe(self):
        if self._size is None:
            return None
        at = self._microscope.optics.paused_scan_beam_position
        x, y = (at.x, at.y) if hasattr(at, "x") else at
        return y * self._size[0] - 0.5, x * self._size[1] - 0.5

    # Exposures

    def _look(self):
        """What the detectors deliver, from one frame each of the shortest dwell while the beam is blanked."""
        if self._camera:
            self.acquire("camera", self._dwell_s[0])
            yield Detector("camera", "pattern", self.read_out("camera").shape, "<f4", self._read_out_s)
        if self._eds:
            self.acquire("eds", self._dwell_s[0])
            yield Detector("eds", "spectrum", self.read_out("eds").shape, "<f4", self._read_out_s,
                           energy=Energy(0.0, self._eds_dispersion_ev))

    def acquire(self, detector, dwell_s):
        if detector == "eds":
            self._frame = self._acquire_eds(dwell_s)
            return
        from autoscript_tem_microscope_client.enumerations import CameraType
        self._frame = np.asarray(self._microscope.acquisition.acquire_camera_image(
            getattr(CameraType, self._camera), self._camera_size, dwell_s).data)

    def _acquire_eds(self, dwell_s):
        from autoscript_tem_microscope_client.enumerations import EdsDetectorType, ExposureTimeType
        from autoscript_tem_microscope_client.structures import EdsAcquisitionSettings
        settings = EdsAcquisitionSettings()
        settings.eds_detector = getattr(EdsDetectorType, self._eds)
        settings.dispersion = self._eds_dispersion_ev
        settings.shaping_time = 3e-6
        settings.exposure_time = dwell_s
        settings.exposure_time_type = ExposureTimeType.LIVE_TIME
        return np.asarray(self._microscope.analysis.eds.acquire_spectrum(settings).data).reshape(-1)

    def read_out(self, detector):
        frame, self._frame = self._frame, None
        if frame is None:
            raise InstrumentFault("There is no frame to read out.", "permanent")
        return np.asarray(frame, np.float32)

    # Stage and conditions

    def stage(self):
        position = self._microscope.specimen.stage.position
        return float(position[0]) * 1e9, float(position[1]) * 1e9

    def move_stage(self, x_nm, y_nm):
        from autoscript_tem_microscope_client.structures import StagePosition
        place = StagePosition()
        place.x, place.y = x_nm * 1e-9, y_nm * 1e-9
        self._microscope.specimen.stage.absolute_move_safe(place)

    def conditions(self):
        vacuum = self._microscope.vacuum
        said = []
        if str(vacuum.state).rpartition(".")[2].lower() != "ready":
            said.append(f"vacuum: {vacuum.state}")
        if str(vacuum.column_valves.state).rpartition(".")[2].lower() != "open":
            said.append(f"the column valves are {vacuum.column_valves.state}")
        return said
