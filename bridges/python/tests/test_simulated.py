"""The simulated instrument: what is in the file is measured, and it fails as it is told to."""

import os
import subprocess
import sys
import unittest

import numpy as np

from dkl_bridge.instruments import specimen
from dkl_bridge.instruments.simulated import _TAKES, FAULTS, SimulatedInstrument, dose_of

from .support import PACKAGE, PATIENCE, BridgeTestCase


class AFile(BridgeTestCase):
    def setUp(self):
        super().setUp()
        self.image = np.arange(32 * 24, dtype=np.float32).reshape(32, 24)
        self.spectra = np.arange(32 * 24 * 50, dtype=np.float32).reshape(32, 24, 50) / 100
        self.data = self.path("film.npz")
        np.savez(self.data, haadf=self.image, eds=self.spectra, energy_keV=np.linspace(-0.1, 4.8, 50), px_um=0.0005)

    def measuring(self, *options):
        _, client = self.process("--data", self.data, *options)
        client.open()
        survey = client.survey(rows=32, columns=24, dwell_s=1e-7)
        self.assertEqual(survey.status, 200, survey.body)
        return client, survey

    def frame(self, client, request="r1", row=3, column=7, **changed):
        self.assertEqual(client.put("/v1/probe", row=row, column=column).status, 200)
        outcome = client.expose(request, **changed)
        self.assertEqual(outcome.json["outcome"], "exposed")
        return client.get(f"/v1/exposures/{request}/frame")

    def test_is_what_is_measured(self):
        client, survey = self.measuring("--no-noise", "--data-dwell", "0.1")
        np.testing.assert_allclose(survey.array, self.image, atol=1e-3)
        self.assertAlmostEqual(survey.meta["pixel_nm"], 0.5)
        frame = self.frame(client, dwell_s=0.05)
        np.testing.assert_allclose(frame.array, self.spectra[3, 7] / 2, rtol=1e-6)
        self.assertAlmostEqual(frame.meta["energy"]["origin_ev"], -100)
        self.assertAlmostEqual(frame.meta["energy"]["dispersion_ev"], 100)

    def test_is_scanned_with_as_many_pixels_as_is_asked_for(self):
        client, _ = self.measuring("--no-noise")
        finer = client.survey("finer", rows=63, columns=47, dwell_s=1e-7)
        np.testing.assert_allclose(finer.array[::2, ::2], self.image, atol=1e-3)
        self.assertAlmostEqual(finer.meta["pixel_nm"], 0.25)
        frame = self.frame(client, row=6, column=14, dwell_s=0.1)
        np.testing.assert_allclose(frame.array, self.spectra[3, 7], rtol=1e-6)

    def test_is_counted_with_the_same_noise_for_the_same_seed(self):
        frames = []
        for seed in ("1", "1", "2"):
            os.path.exists(self.path("journal")) and os.unlink(self.path("journal"))
            client, _ = self.measuring("--seed", seed)
            frames.append(self.frame(client, dwell_s=0.1).array)
        np.testing.assert_array_equal(frames[0], frames[1])
        self.assertTrue((frames[0] != frames[2]).any())
        self.assertTrue((frames[0] == np.round(frames[0])).all(), "counts are whole")
        self.assertAlmostEqual(frames[0].mean() / self.spectra[3, 7].mean(), 1, delta=0.1)

    def test_says_how_many_electrons_made_it_and_counts_follow_from_the_current(self):
        np.savez(self.data, image=self.image, frames=self.spectra, energy=np.arange(50.0), electrons_per_frame=1e7)
        electrons = specimen.load(self.data).electrons
        self.assertEqual(electrons, 1e7)
        # 1 pA is 6.2415e6 electrons a second.
        for said, follows in (((None, None), (0.1, 16.0218)), ((None, 16.0218), (0.1, 16.0218)),
                              ((0.1, None), (0.1, 16.0218)), ((None, 32.0436), (0.05, 32.0436)),
                              ((0.2, None), (0.2, 8.0109)), ((0.2, 50.0), (0.2, 50.0))):
            with self.subTest(said):
                np.testing.assert_allclose(dose_of(electrons, *said), follows, rtol=1e-4)
        self.assertEqual((dose_of(None, None, None), dose_of(None, 0.2, 3.0)), ((0.1, 50.0), (0.2, 3.0)))
        client, _ = self.measuring("--no-noise", "--current", "32.0435")
        self.assertAlmostEqual(client.get("/v1/capabilities").json["beam"]["current_pa"], 32.0435)
        np.testing.assert_allclose(self.frame(client, dwell_s=0.1).array, 2 * self.spectra[3, 7], rtol=1e-4)

    def test_of_patterns_is_what_a_camera_sees(self):
        patterns = np.arange(32 * 24 * 6 * 4, dtype=np.uint16).reshape(32, 24, 6, 4)
        np.savez(self.data, image=self.image, frames=patterns, diffraction_pixel=0.5, truth_strain_xx=self.image)
        client, _ = self.measuring("--no-noise")
        frame = self.frame(client, detector="camera", dwell_s=0.1)
        np.testing.assert_allclose(frame.array, patterns[3, 7], rtol=1e-6)
        self.assertEqual(client.get("/v1/capabilities").json["detectors"][0]["angle"]["pixel_mrad"], 0.5)

    def test_that_cannot_be_read_is_told_in_a_sentence(self):
        with self.assertRaisesRegex(ValueError, "no such file"):
            specimen.load(self.path("nothing.npz"))
        np.save(self.path("one.npy"), self.image)
        with open(self.path("text.npz"), "w", encoding="ascii") as file:
            file.write("no archive")
        for name in ("one.npy", "text.npz"):
            with self.assertRaisesRegex(ValueError, "cannot be read as an npz archive"):
                specimen.load(self.path(name))

    def test_is_no_claim_about_files_that_do_not_fit(self):
        for arrays, said in (({"image": self.image}, "--frames"), ({"eds": self.spectra}, "--image"),
                             ({"a": self.image, "b": self.image, "eds": self.spectra}, "--image"),
                             ({"image": self.image[1:], "eds": self.spectra}, "--image")):
            np.savez(self.data, **arrays)
            with self.assertRaisesRegex(ValueError, said):
                specimen.load(self.data)
        np.savez(self.data, a=self.image, b=2 * self.image, eds=self.spectra)
        self.assertEqual(specimen.load(self.data, image="b").image[0, 1], 2)


class WhatItDoesOnPurpose(unittest.TestCase):
    def make(self, **options):
        instrument = SimulatedInstrument(specimen.make(3, 24, 64), read_out_s=0.0, **options)
        instrument.survey("HAADF", 24, 24, 1e-7)
        return instrument

    def measure(self, instrument, row=5, column=6):
        instrument.move_probe(row, column)
        instrument.unblank()
        instrument.acquire("eels", 0.001)
        instrument.blank()
        return instrument.read_out("eels")

    def test_drifts_by_exposures(self):
        steady, drifting = self.make(noise=False), self.make(noise=False, drift_per_exposure=(2.0, 1.0))
        self.measure(drifting)
        # As a recipe's drift: the sample has moved down and to the right, and at (5, 6) lies what was at (1, 4).
        np.testing.assert_array_equal(self.measure(drifting), self.measure(steady, 1, 4))

    def test_drifts_by_the_minute(self):
        drifting = self.make(noise=False, drift=(60.0, 0.0))
        drifting._began -= 3.0
        image = drifting.survey("HAADF", 24, 24, 1e-7).image
        still = self.make(noise=False).survey("HAADF", 24, 24, 1e-7).image
        self.assertLess(np.abs(image[3:] - still[:21]).max(), np.abs(still).max() * 0.2)
        self.assertGreater(np.abs(image - still).max(), 0)

    def test_reads_back_with_noise(self):
        instrument = self.make(read_back_px=0.1)
        instrument.move_probe(5, 6)
        places = np.array([instrument.probe() for _ in range(500)])
        np.testing.assert_allclose(places.mean(0), (5, 6), atol=0.03)
        np.testing.assert_allclose(places.std(0), 0.1, atol=0.02)

    def test_spectra_of_a_made_specimen_differ_where_its_particles_are(self):
        made = specimen.make(1)
        self.assertEqual((made.image.shape, made.frames.shape), ((64, 64), (64, 64, 2048)))
        particle = np.unravel_index(made.image.argmax(), made.image.shape)
        film = np.unravel_index(made.image.argmin(), made.image.shape)
        self.assertGreater(np.abs(made.frames[particle] - made.frames[film]).max(), 1)


class TheStage(BridgeTestCase):
    """Of a specimen of 96 px of 0.5 nm, of which 32 are seen at once."""

    def seeing(self, *options):
        _, client = self.process("--specimen", "96", "--field", "32", "--no-noise", *options)
        client.open()
        return client, specimen.make(1, 96)

    def survey(self, client, name):
        return client.survey(name, rows=32, columns=32, dwell_s=1e-7).array

    def test_shows_another_part_of_the_specimen(self):
        client, made = self.seeing()
        np.testing.assert_allclose(self.survey(client, "middle"), made.image[32:64, 32:64], rtol=1e-5)
        self.assertEqual(client.put("/v1/stage", x_nm=10, y_nm=-4).json, {"x_nm": 10.0, "y_nm": -4.0})
        np.testing.assert_allclose(self.survey(client, "moved"), made.image[24:56, 52:84], rtol=1e-5)
        client.put("/v1/probe", row=3, column=7)
        client.expose("r1", dwell_s=0.1)
        np.testing.assert_allclose(client.get("/v1/exposures/r1/frame").array, made.frames[27, 59], rtol=1e-4)

    def test_goes_as_far_as_there_is_a_specimen(self):
        client, _ = self.seeing()
        self.assertEqual(client.get("/v1/capabilities").json["limits"]["stage"],
                         {"x_nm": [-16.0, 16.0], "y_nm": [-16.0, 16.0]})
        self.assertIn("x_nm", self.refused(client.put("/v1/stage", x_nm=16.1, y_nm=0), 422, "outside-limits"))
        self.assertEqual(client.get("/v1/stage").json, {"x_nm": 0.0, "y_nm": 0.0})

    def test_misses_on_purpose(self):
        client, _ = self.seeing("--fault", "stage-elsewhere=3", "--fault", "raise-stage=2")
        self.assertEqual(client.put("/v1/stage", x_nm=1, y_nm=2).json, {"x_nm": 4.0, "y_nm": 2.0})
        self.refused(client.put("/v1/stage", x_nm=5, y_nm=5), 500, "instrument")
        self.assertEqual(client.get("/v1/stage").json, {"x_nm": 4.0, "y_nm": 2.0})

    def test_may_not_be_quite_where_it_says(self):
        client, _ = self.seeing("--stage-error", "1")
        first = self.survey(client, "first")
        self.assertEqual(client.put("/v1/stage", x_nm=0, y_nm=0).json, {"x_nm": 0.0, "y_nm": 0.0})
        self.assertGreater(np.abs(self.survey(client, "again") - first).max(), 1)

    def test_needs_to_know_how_large_a_pixel_is(self):
        without = specimen.make(1, 24, 64)
        without.pixel_nm = None
        for found, field in ((without, 16), (specimen.make(1, 24, 64), 25)):
            with self.assertRaisesRegex(ValueError, "field"):
                SimulatedInstrument(found, field_px=field)


class TheCommandLine(unittest.TestCase):
    def run_with(self, *options):
        return subprocess.run([sys.executable, "-m", "dkl_bridge", "--instrument", "simulated", "--blank", *options],
                              cwd=PACKAGE, capture_output=True, text=True, timeout=PATIENCE, check=False)

    def test_refuses_what_it_does_not_know_and_says_what_there_is(self):
        for option, value, words in (
                ("--fault", "wrong-shap", ("Do you mean wrong-shape?", "change-limits-after=N", "vacuum")),
                ("--fault", "slow", ("slow=SECONDS",)), ("--fault", "nan=3", ("write nan",)),
                ("--fault", "hang-acquire=x", ("hang-acquire[=N]",)),
                ("--drift", "0.06", ("rows and of columns", "0.06,-0.04")), ("--drift", "1,nan", ("two numbers",)),
                ("--current", "0", ("above 0",)), ("--data", "/no/film.npz", ("/no/film.npz", "no such file"))):
            with self.subTest(f"{option} {value}"):
                ended = self.run_with(option, value)
                self.assertEqual((ended.returncode, ended.stdout), (2, ""), ended.stderr)
                for word in words:
                    self.assertIn(word, ended.stderr)
                self.assertNotIn("Traceback", ended.stderr)

    def test_takes_every_fault_that_it_names(self):
        named = {name.strip().partition("=")[0].partition("[")[0] for line in FAULTS.split("\n")
                 for name in line.replace("; ", ", ").replace("  ", ", ").split(", ")
                 if name.strip() and " " not in name.strip()}
        self.assertEqual(named, set(_TAKES))

    def test_takes_drift_that_begins_with_a_minus(self):
        self.assertEqual(self.run_with("--drift=-0.06,0.04", "--fault", "slow=0.1").returncode, 0)


class Faults(BridgeTestCase):
    def failing(self, *faults):
        _, client = self.process(*(part for fault in faults for part in ("--fault", fault)))
        client.open()
        return client, client.survey(rows=32, columns=32, dwell_s=1e-7)

    def test_of_frames(self):
        for fault, said in (("wrong-shape", "shape"), ("nothing", "nothing"), ("wrong-type", "real numbers"),
                            ("raise-read-out", "not ready")):
            with self.subTest(fault):
                client, _ = self.failing(fault)
                self.assertEqual(client.expose(fault, dwell_s=0.001).json["outcome"], "exposed")
                self.assertIn(said, self.refused(client.get(f"/v1/exposures/{fault}/frame"), 500, "instrument"))
                self._end(self._running())

    def test_of_surveys(self):
        for fault in ("survey-nan", "survey-wrong-shape", "survey-nothing", "raise-survey"):
            with self.subTest(fault):
                _, survey = self.failing(fault)
                self.refused(survey, 500, "instrument")
                self._end(self._running())
                os.unlink(self.path("journal"))

    def test_of_exposures(self):
        client, _ = self.failing("raise-acquire=2", "hang-acquire=3", "nan", "probe-elsewhere", "vacuum",
                                 "change-limits-after=1")
        self.assertEqual(client.put("/v1/probe", row=1, column=2).json, {"row": 6.0, "column": 7.0})
        self.assertEqual(client.expose("a", dwell_s=0.001).json["outcome"], "exposed")
        self.assertTrue(np.isnan(client.get("/v1/exposures/a/frame").array[0]))
        self.assertEqual(client.expose("b", dwell_s=0.001).json["ended_by"], "fault")
        self.assertEqual(client.expose("c", dwell_s=0.001, longest_s=0.1).json["ended_by"], "lease")
        state = client.state()
        self.assertEqual((state["beam"]["blanked"], state["conditions"]), (True, ["vacuum: 3e-6 mbar"]))

    def test_of_limits(self):
        client, _ = self.failing("change-limits-after=1")
        before = client.state()["revision"]
        client.expose("a", dwell_s=0.001)
        self.eventually(lambda: client.post("/v1/heartbeat").json["revision"] > before, "a new revision")
        self.assertEqual(client.get("/v1/capabilities").json["limits"]["dwell_s"][1], 5.0)

    def test_of_a_blanker_that_sticks_for_a_while(self):
        client, _ = self.failing("blank-sticks=2")
        self.assertEqual(client.expose("a", dwell_s=0.001).json["blanked"], True)
        self.assertIsNone(client.state()["beam"]["alarm"])

    def test_of_slowness(self):
        client, _ = self.failing("slow=0.05")
        outcome = client.expose("a", dwell_s=0.01).json
        self.assertGreater(outcome["beam_on_s"], 0.1)
        self.assertEqual(outcome["outcome"], "exposed")

    def process(self, *options):
        self._last, client = super().process(*options)
        return self._last, client

    def _running(self):
        return self._last


class TheBenchmark(unittest.TestCase):
    def test_runs(self):
        # Whether the goals are reached is no matter of a test on a machine that does other things as well.
        ended = subprocess.run([sys.executable, "bench.py", "--rounds", "10"], cwd=PACKAGE, capture_output=True,
                               text=True, timeout=4 * PATIENCE, check=False)
        self.assertIn(ended.returncode, (0, 1), ended.stderr)
        self.assertEqual(ended.stdout.count("ratio"), 3, ended.stdout + ended.stderr)
