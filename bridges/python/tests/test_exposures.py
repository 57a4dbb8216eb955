"""Exposures and surveys: what is asked for, at most once."""

import threading
import time

import numpy as np

from .support import BridgeTestCase, Calling


class AnExposure(BridgeTestCase):
    def test_unblanks_exposes_blanks_reads_back_and_then_reads_out(self):
        instrument, client = self.started()
        instrument.calls.clear()

        answer = client.expose()
        frame = client.get("/v1/exposures/r1/frame")

        seen = [call for call in instrument.calls if call in ("unblank", "acquire", "blank", "read_out")]
        self.assertEqual(seen, ["unblank", "acquire", "blank", "read_out"])
        outcome = answer.json
        self.assertGreaterEqual(outcome.pop("beam_on_s"), 0.005)
        self.assertEqual(outcome, {"request": "r1", "outcome": "exposed", "ended_by": "dwell", "blanked": True,
                                   "duplicate": False})
        np.testing.assert_array_equal(frame.array, np.arange(64, dtype=np.float32))
        self.assertEqual(frame.array.dtype, np.dtype("<f4"))
        self.assertEqual(frame.headers["Dkl-Request"], "r1")
        self.assertEqual(frame.meta, {"detector": "eels", "dwell_s": 0.005,
                                      "energy": {"origin_ev": 0.0, "dispersion_ev": 0.5}})

    def test_of_a_pattern_has_rows_and_columns_and_its_declared_type(self):
        _, client = self.started()
        client.expose("p", detector="camera")
        frame = client.get("/v1/exposures/p/frame")
        self.assertEqual((frame.array.shape, frame.array.dtype), ((8, 12), np.dtype("<u2")))
        self.assertEqual(frame.meta["angle"], None)

    def test_is_answered_before_its_frame_is_read_out(self):
        instrument, client = self.started()
        reading, go_on = threading.Event(), threading.Event()

        def slow(_):
            reading.set()
            go_on.wait(20)
            return np.zeros(64)

        instrument.on["read_out"] = slow
        self.assertEqual(client.expose().json["outcome"], "exposed")
        self.assertTrue(reading.wait(20))
        frame = Calling(client.get, "/v1/exposures/r1/frame")
        # The probe moves meanwhile.
        self.assertEqual(client.put("/v1/probe", row=1, column=2).status, 200)
        self.assertFalse(frame.is_done)
        go_on.set()
        self.assertEqual(frame.result.status, 200)

    def test_sent_again_exposes_once(self):
        instrument, client = self.started()
        first = client.expose().json
        exposed = instrument.count("acquire")
        again = client.expose().json
        self.assertEqual(again, {**first, "duplicate": True})
        self.assertEqual(instrument.count("acquire"), exposed)

    def test_sent_again_while_it_is_under_way_waits_for_the_first(self):
        instrument, client = self.started()
        exposing, go_on = threading.Event(), threading.Event()

        def acquire(*_):
            exposing.set()
            go_on.wait(20)

        instrument.on["acquire"] = acquire
        first = Calling(client.expose)
        self.assertTrue(exposing.wait(20))
        second = Calling(client.expose)
        outcome = Calling(client.get, "/v1/exposures/r1")
        time.sleep(0.05)
        self.assertFalse(second.is_done or outcome.is_done)
        go_on.set()
        self.assertEqual(first.result.json["duplicate"], False)
        self.assertEqual(second.result.json, {**first.result.json, "duplicate": True})
        self.assertEqual(outcome.result.json["outcome"], "exposed")
        self.assertEqual(instrument.count("acquire"), 1)

    def test_with_the_id_of_another_is_refused(self):
        _, client = self.started()
        client.expose()
        self.refused(client.expose(dwell_s=0.006), 409, "request-reused")
        self.refused(client.expose("survey"), 409, "request-reused")

    def test_that_never_came_is_not_found(self):
        _, client = self.started()
        self.refused(client.get("/v1/exposures/r9"), 404, "not-found")
        self.refused(client.get("/v1/exposures/r9/frame"), 404, "not-found")

    def test_has_an_id_of_any_printable_characters(self):
        _, client = self.started()
        name = "r/1?%#&=\"'~"
        self.assertEqual(client.expose(name).status, 200)
        frame = client.get("/v1/exposures/r%2F1%3F%25%23%26%3D%22%27~/frame")
        self.assertEqual(frame.headers["Dkl-Request"], name)

    def test_beside_another_one_is_refused(self):
        instrument, client = self.started()
        exposing = self.hang(instrument, "acquire")
        first = Calling(client.expose)
        self.assertTrue(exposing.wait(20))
        self.refused(client.expose("r2"), 409, "busy")
        self.refused(client.put("/v1/probe", row=1, column=1), 409, "busy")
        self.refused(client.put("/v1/stage", x_nm=1, y_nm=1), 409, "busy")
        self.assertEqual(client.state()["beam"], {"blanked": False, "alarm": None, "exposing": "r1"})
        self.released.set()
        self.assertEqual(first.result.json["outcome"], "exposed")

    def test_keeps_the_last_eight_frames(self):
        _, client = self.started()
        for number in range(9):
            client.expose(f"e{number}")
        self.refused(client.get("/v1/exposures/e0/frame"), 410, "data-gone")
        self.assertEqual(client.get("/v1/exposures/e0").json["outcome"], "exposed")
        self.assertEqual(client.get("/v1/exposures/e1/frame").status, 200)

    def test_that_ends_too_early_is_cut_short_and_has_no_frame(self):
        instrument, client = self.started()
        instrument.on["acquire"] = lambda *_: None
        outcome = client.expose(dwell_s=0.5).json
        self.assertEqual((outcome["outcome"], outcome["ended_by"]), ("cut-short", "fault"))
        self.assertLess(outcome["beam_on_s"], 0.5)
        self.refused(client.get("/v1/exposures/r1/frame"), 410, "data-gone")

    def test_outside_the_limits_never_begins(self):
        instrument, client = self.started()
        before = instrument.count("unblank")
        self.assertIn("dwell_s", self.refused(client.expose(dwell_s=61), 422, "outside-limits"))
        self.assertIn("dwell_s", self.refused(client.expose(dwell_s=0.0001), 422, "outside-limits"))
        self.assertIn("longest_s", self.refused(client.expose(longest_s=121), 422, "outside-limits"))
        self.assertIn("longest_s", self.refused(client.expose(dwell_s=2, longest_s=1), 422, "outside-limits"))
        self.refused(client.expose(detector="eds"), 404, "not-found")
        self.assertEqual(instrument.count("unblank"), before)
        # What was refused was not carried out: the same id may ask for something else.
        self.assertEqual(client.expose().json["outcome"], "exposed")


class ASurvey(BridgeTestCase):
    def test_is_an_array_whose_pixels_are_the_positions_from_now_on(self):
        instrument, client = self.start()
        client.open()
        self.refused(client.put("/v1/probe", row=0, column=0), 422, "outside-limits")
        self.assertIsNone(client.get("/v1/capabilities").json["limits"]["probe"])

        survey = client.survey("s1", rows=20, columns=30)

        np.testing.assert_array_equal(survey.array, np.arange(600, dtype=np.float32).reshape(20, 30))
        meta = survey.meta
        self.assertGreaterEqual(meta.pop("beam_on_s"), 0)
        self.assertEqual(meta, {"pixel_nm": 0.25, "channel": "HAADF", "ended_by": "done", "duplicate": False})
        self.assertTrue(instrument.blanked)
        capabilities = client.get("/v1/capabilities").json
        self.assertEqual(capabilities["limits"]["probe"], {"row": [0, 19], "column": [0, 29]})
        self.assertEqual(client.put("/v1/probe", row=19, column=29).json, {"row": 19.0, "column": 29.0})
        self.assertIn("column", self.refused(client.put("/v1/probe", row=0, column=29.5), 422, "outside-limits"))
        self.assertIn("row", self.refused(client.put("/v1/probe", row=-0.1, column=0), 422, "outside-limits"))

    def test_sent_again_is_the_same_array_and_no_dose(self):
        instrument, client = self.started()
        again = client.survey()
        self.assertEqual((again.status, again.meta["duplicate"]), (200, True))
        self.assertEqual(again.array.shape, (16, 24))
        self.assertEqual(instrument.count("survey"), 1)
        self.assertEqual(client.get("/v1/exposures/survey").json["ended_by"], "done")
        self.assertEqual(client.get("/v1/exposures/survey/frame").array.shape, (16, 24))

    def test_outside_the_limits_never_begins(self):
        instrument, client = self.start()
        client.open()
        for changed, status, code in (({"rows": 15}, 422, "outside-limits"), ({"columns": 2049}, 422, "outside-limits"),
                                      ({"dwell_s": 1.0}, 422, "outside-limits"), ({"channel": "SE"}, 404, "not-found"),
                                      ({"longest_s": 1000}, 422, "outside-limits"),
                                      ({"dwell_s": 1e-3, "longest_s": 0.3}, 422, "outside-limits"),
                                      ({"rows": 16.5}, 400, "bad-request")):
            with self.subTest(changed):
                self.refused(client.survey(**changed), status, code)
        self.assertEqual(instrument.count("unblank"), 0)

    def test_that_is_ended_early_has_no_array(self):
        instrument, client = self.start()
        client.open()
        scanning = self.hang(instrument, "survey")
        survey = Calling(client.survey)
        self.assertTrue(scanning.wait(20))
        self.assertEqual(client.post("/v1/beam/blank", permit=None).json, {"blanked": True})
        answer = survey.result
        self.assertIn("command", self.refused(answer, 500, "instrument"))
        self.assertEqual(answer.json["ended_by"], "command")
        self.assertGreater(answer.json["beam_on_s"], 0)
        self.assertIsNone(client.get("/v1/capabilities").json["limits"]["probe"])


class ProbeAndStage(BridgeTestCase):
    def test_are_moved_and_read_back(self):
        instrument, client = self.started()
        instrument.on["probe"] = lambda: (3.24, 7.01)
        self.assertEqual(client.put("/v1/probe", row=3.25, column=7.0).json, {"row": 3.24, "column": 7.01})
        self.assertEqual(client.get("/v1/probe").json, {"row": 3.24, "column": 7.01})
        self.assertEqual(client.put("/v1/stage", x_nm=120, y_nm=-40).json, {"x_nm": 120.0, "y_nm": -40.0})
        self.assertEqual(client.get("/v1/stage").json, {"x_nm": 120.0, "y_nm": -40.0})
        self.assertIn("x_nm", self.refused(client.put("/v1/stage", x_nm=1001, y_nm=0), 422, "outside-limits"))
        self.assertTrue(instrument.blanked)
        self.assertEqual(client.state()["stage"], {"x_nm": 120.0, "y_nm": -40.0})
