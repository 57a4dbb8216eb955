"""An instrument that raises, lies or returns rubbish is answered for, and the beam is off."""

import threading
import time

import numpy as np

from dkl_bridge import InstrumentFault, Survey

from .support import PATIENCE, BridgeTestCase, Scripted


def failing(fault):
    def fails(*_):
        raise fault
    return fails


class AFault(BridgeTestCase):
    def test_within_an_exposure_is_its_outcome(self):
        instrument, client = self.started()
        instrument.on["acquire"] = failing(InstrumentFault("no light", "transient"))
        outcome = client.expose().json
        self.assertEqual((outcome["outcome"], outcome["ended_by"], outcome["blanked"]), ("failed", "fault", True))
        self.assertIn("no light", outcome["reason"])
        self.assertTrue(instrument.blanked)
        del instrument.on["acquire"]
        self.assertEqual(client.expose("r2").json["outcome"], "exposed")

    def test_when_it_unblanks_blanks_all_the_same(self):
        instrument, client = self.started()

        def unblank():
            instrument.blanked = False
            raise RuntimeError("line 7")

        instrument.on["unblank"] = unblank
        outcome = client.expose().json
        self.assertEqual((outcome["outcome"], outcome["ended_by"], outcome["blanked"]), ("failed", "fault", True))
        self.assertIn("line 7", outcome["reason"])
        self.assertTrue(instrument.blanked)
        self.assertEqual(instrument.count("acquire"), 0)

    def test_of_a_survey_a_move_or_a_reading_is_its_own_message(self):
        instrument, client = self.started()
        for name, ask in (("survey", lambda: client.survey("s2")),
                          ("move_probe", lambda: client.put("/v1/probe", row=1, column=1)),
                          ("move_stage", lambda: client.put("/v1/stage", x_nm=1, y_nm=1)),
                          ("probe", lambda: client.get("/v1/probe"))):
            with self.subTest(name):
                instrument.on[name] = failing(InstrumentFault("the server is away", "transient"))
                answer = ask()
                self.assertIn("the server is away", self.refused(answer, 500, "instrument"))
                if name != "survey":
                    self.assertEqual(answer.json["fault"], "transient")
                del instrument.on[name]
        self.assertTrue(instrument.blanked)

    def test_of_any_kind_is_caught(self):
        instrument, client = self.started()
        for fault in (SystemExit(3), KeyboardInterrupt(), MemoryError(), RecursionError(), Exception()):
            with self.subTest(repr(fault)):
                instrument.on["acquire"] = failing(fault)
                self.assertEqual(client.expose(repr(fault).replace(" ", "")).json["outcome"], "failed")
        self.assertEqual(client.get("/v1").status, 200)

    def test_of_a_read_out_is_told_with_the_frame(self):
        instrument, client = self.started()
        instrument.on["read_out"] = failing(InstrumentFault("buffer lost", "permanent"))
        self.assertEqual(client.expose().json["outcome"], "exposed")
        answer = client.get("/v1/exposures/r1/frame")
        self.assertIn("buffer lost", self.refused(answer, 500, "instrument"))
        self.assertEqual(answer.json["fault"], "permanent")

    def test_of_a_read_out_that_hangs_is_a_timeout_and_then_busy(self):
        instrument, client = self.started()
        self.hang(instrument, "read_out")
        bridge = self.running._bridge
        bridge._frames.PATIENCE_S = bridge._exposing.TURN_S = 0.1
        self.assertEqual(client.expose().json["outcome"], "exposed")
        self.refused(client.get("/v1/exposures/r1/frame"), 504, "timeout")
        self.refused(client.expose("r2"), 409, "busy")
        self.assertEqual(client.put("/v1/probe", row=1, column=1).status, 200)

    def test_of_a_move_that_hangs_is_a_timeout(self):
        instrument, client = self.started()
        self.hang(instrument, "move_probe")
        self.running._bridge.PROBE_S = 0.1
        self.refused(client.put("/v1/probe", row=1, column=1), 504, "timeout")


class Rubbish(BridgeTestCase):
    def test_as_a_frame_is_refused(self):
        instrument, client = self.started()
        for number, (frame, said) in enumerate((
                (None, "nothing"), (np.zeros(65), "shape"), (np.zeros((64, 1)), "shape"), ("spectrum", "real numbers"),
                (np.zeros(64, complex), "real numbers"), (np.zeros(64, object), "real numbers"), ([[1], [2, 3]], ""),
                (3.0, "shape"))):
            with self.subTest(said):
                instrument.on["read_out"] = lambda _, frame=frame: frame
                self.assertEqual(client.expose(f"e{number}").json["outcome"], "exposed")
                message = self.refused(client.get(f"/v1/exposures/e{number}/frame"), 500, "instrument")
                self.assertIn(said, message)

    def test_that_would_wrap_around_is_refused(self):
        instrument, client = self.started()
        for number, frame in enumerate((np.full((8, 12), 65536), np.full((8, 12), -1), np.full((8, 12), 1.5))):
            instrument.on["read_out"] = lambda _, frame=frame: frame
            client.expose(f"c{number}", detector="camera")
            self.assertIn("fit", self.refused(client.get(f"/v1/exposures/c{number}/frame"), 500, "instrument"))

    def test_in_a_frame_that_is_not_a_number_goes_to_the_client_who_flags_it(self):
        instrument, client = self.started()
        instrument.on["read_out"] = lambda _: np.full(64, np.nan)
        client.expose()
        self.assertTrue(np.isnan(client.get("/v1/exposures/r1/frame").array).all())

    def test_as_a_survey_is_refused(self):
        instrument, client = self.start()
        client.open()
        nan = np.ones((16, 24))
        nan[3, 4] = np.nan
        for number, (survey, said) in enumerate((
                (None, "NoneType"), (np.ones((16, 24)), "ndarray"), (Survey(None), "nothing"),
                (Survey(np.ones((16, 25))), "shape"), (Survey(nan), "1 of 384"),
                (Survey(np.full((16, 24), np.inf)), "384 of 384"), (Survey(np.ones((16, 24)), -1.0), "nm"),
                (Survey(np.ones((16, 24)), float("nan")), "nm"))):
            with self.subTest(said):
                instrument.on["survey"] = lambda *_, survey=survey: survey
                answer = client.survey(f"s{number}")
                self.assertIn(said, self.refused(answer, 500, "instrument"))
                self.assertEqual(answer.json["ended_by"], "fault")
                self.assertIn(said, self.refused(client.survey(f"s{number}"), 500, "instrument"))
        self.assertIsNone(client.get("/v1/capabilities").json["limits"]["probe"])

    def test_as_a_position_is_refused(self):
        instrument, client = self.started()
        for position in ((1, float("nan")), (1,), "here", (None, 1)):
            with self.subTest(position):
                instrument.on["probe"] = lambda position=position: position
                self.refused(client.put("/v1/probe", row=1, column=1), 500, "instrument")
        instrument.on["probe"] = lambda: None
        self.refused(client.put("/v1/probe", row=1, column=1), 500, "instrument")
        self.refused(client.get("/v1/probe"), 404, "not-found")

    def test_in_the_capabilities_keeps_the_bridge_from_starting(self):
        for capabilities, said in ((None, "NoneType"), ({}, "dict")):
            instrument = Scripted()
            instrument.on["capabilities"] = lambda capabilities=capabilities: capabilities
            with self.assertRaisesRegex(ValueError, said):
                self.start(instrument)
            self.assertTrue(instrument.blanked)

    def test_in_the_capabilities_later_is_a_condition(self):
        instrument, client = self.start()
        instrument.on["capabilities"] = lambda: None
        self.eventually(lambda: any("capabilities" in condition for condition in client.state()["conditions"]), "said")
        self.assertEqual(client.get("/v1/capabilities").status, 200)


class OneThread(BridgeTestCase):
    def test_makes_all_calls_but_blanking_and_the_read_back(self):
        class OneThreaded(Scripted):
            single_thread = True

        instrument = OneThreaded()
        threads = {}
        for name in ("survey", "move_probe", "acquire", "read_out", "probe", "conditions"):
            usual = getattr(Scripted, name)

            def noting(*arguments, name=name, usual=usual):
                threads.setdefault(name, set()).add(threading.get_ident())
                return usual(instrument, *arguments)

            setattr(instrument, name, noting)
        _, client = self.start(instrument)
        client.open()
        client.survey()
        client.put("/v1/probe", row=1, column=1)
        client.expose()
        self.assertEqual(client.get("/v1/exposures/r1/frame").status, 200)
        self.assertEqual(set(threads), {"survey", "move_probe", "acquire", "read_out", "probe", "conditions"})
        self.assertEqual(len(set().union(*threads.values())), 1)

    def test_of_many_clients_stands_a_storm(self):
        instrument, client = self.started()
        stop = time.monotonic() + 2
        results = []

        def storm(number):
            count = 0
            while time.monotonic() < stop:
                count += 1
                answer = client.post("/v1/exposures", request=f"{number}/{count}", permit=1000 + number * 1000 + count,
                                     detector="eels", dwell_s=0.001, longest_s=5)
                results.append(answer.json.get("outcome") or answer.json["error"])
                if number == 0:
                    client.post("/v1/beam/blank", permit=1)

        threads = [threading.Thread(target=storm, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        # One that is ended when its dwell is over but the detector has not returned has failed.
        self.assertTrue(set(results) <= {"exposed", "cut-short", "failed", "busy"}, set(results))
        self.assertIn("exposed", results)
        self.assertTrue(instrument.blanked)
        self.eventually(lambda: instrument.count("read_out") == results.count("exposed"), "each frame is read out once")
        self.assertGreaterEqual(instrument.count("acquire"), results.count("exposed"))
        self.assertLessEqual(instrument.count("acquire"), len(results) - results.count("busy"))
