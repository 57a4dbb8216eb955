"""There is no request that leaves the beam on, whatever the instrument does."""

import threading

from .support import BridgeTestCase, Calling, Scripted


class TheLeaseClock(BridgeTestCase):
    def test_blanks_while_the_detector_hangs_and_the_request_is_answered(self):
        instrument, client = self.started()
        hanging = self.hang(instrument, "acquire")
        answer = Calling(client.expose, longest_s=0.2)
        self.assertTrue(hanging.wait(20))
        outcome = answer.result.json
        self.assertEqual((outcome["outcome"], outcome["ended_by"], outcome["blanked"]), ("failed", "lease", True))
        self.assertGreaterEqual(outcome["beam_on_s"], 0.2)
        self.assertTrue(instrument.blanked)
        self.assertTrue(instrument.aborted.wait(20), "the detector is asked to stop")

    def test_cuts_a_dwell_short_that_the_detector_draws_out(self):
        instrument, client = self.started()
        self.hang(instrument, "acquire")
        outcome = client.expose(dwell_s=0.2, longest_s=0.2).json
        # As long as the dwell, and yet no frame, since the detector has not said that it is done.
        self.assertEqual((outcome["outcome"], outcome["ended_by"]), ("failed", "lease"))
        self.refused(client.get("/v1/exposures/r1/frame"), 410, "data-gone")

    def test_blanks_while_a_survey_hangs(self):
        instrument, client = self.start()
        client.open()
        self.hang(instrument, "survey")
        self.assertIn("lease", self.refused(client.survey(longest_s=0.1), 500, "instrument"))
        self.assertTrue(instrument.blanked)

    def test_blanks_again_when_a_call_that_unblanks_returns_too_late(self):
        instrument, client = self.started()

        def late():
            self.released.wait(20)
            instrument.blanked = False

        instrument.on["unblank"] = late
        self.running._bridge._beam.PATIENCE_S = 0.1
        self.refused(client.expose(longest_s=0.1), 423, "beam-alarm")
        outcome = client.get("/v1/exposures/r1").json
        self.assertEqual((outcome["outcome"], outcome["blanked"]), ("failed", False))
        self.assertIn("unblank", self.refused(client.post("/v1/beam/clear", by="me"), 423, "beam-alarm"))
        self.released.set()
        self.eventually(lambda: client.post("/v1/beam/clear", by="me").status == 200, "the alarm can be cleared")
        self.assertTrue(instrument.blanked)

    def test_leaves_the_instrument_busy_until_it_comes_back(self):
        instrument, client = self.started()
        self.hang(instrument, "acquire")
        client.expose(longest_s=0.1)
        self.running._bridge._exposing.TURN_S = self.running._bridge.TURN_S = 0.1
        self.assertIn("r1", self.refused(client.expose("r2"), 409, "busy"))
        self.refused(client.put("/v1/probe", row=1, column=1), 409, "busy")
        self.refused(client.get("/v1/exposures/r2"), 404, "not-found")
        self.assertEqual(client.post("/v1/heartbeat").status, 200)
        self.released.set()
        del instrument.on["acquire"]
        self.eventually(lambda: client.expose("r3").status == 200, "it exposes again")


class Blanking(BridgeTestCase):
    def test_ends_an_exposure_that_is_under_way(self):
        instrument, client = self.started()
        exposing = self.hang(instrument, "acquire")
        exposure = Calling(client.expose, dwell_s=60)
        self.assertTrue(exposing.wait(20))
        self.assertEqual(client.post("/v1/beam/blank", permit=client.permit).json, {"blanked": True})
        self.assertTrue(instrument.blanked)
        outcome = exposure.result.json
        self.assertEqual((outcome["outcome"], outcome["ended_by"], outcome["blanked"]), ("cut-short", "command", True))
        self.assertLess(outcome["beam_on_s"], 60)

    def test_needs_no_session(self):
        instrument, client = self.start()
        instrument.blanked = False
        self.assertEqual(client.post("/v1/beam/blank", permit=None).json, {"blanked": True})
        self.assertTrue(instrument.blanked)

    def test_is_done_however_wrongly_it_is_asked_for(self):
        instrument, client = self.start()
        for body in (b"{", b'{"permit": -1}', b'{"permit": 1, "also": 2}', b"[]", b"\xff"):
            with self.subTest(body):
                instrument.blanked = False
                self.refused(client.ask("POST", "/v1/beam/blank", body), 400, "bad-request")
                self.assertTrue(instrument.blanked)

    def test_revokes_a_permit_that_has_not_arrived_yet(self):
        instrument, client = self.started()
        before = instrument.count("unblank")
        client.post("/v1/beam/blank", permit=12)
        self.refused(client.expose(permit=11), 409, "permit-revoked")
        self.refused(client.expose(permit=12), 409, "permit-revoked")
        self.refused(client.survey("s2", permit=3), 409, "permit-revoked")
        self.assertEqual(instrument.count("unblank"), before)
        self.assertEqual(client.expose(permit=13).json["outcome"], "exposed")

    def test_without_a_number_revokes_all_that_were_given(self):
        _, client = self.started()
        client.expose("r1", permit=7)
        client.post("/v1/beam/blank", permit=None)
        self.refused(client.expose("r2", permit=7), 409, "permit-revoked")
        self.assertEqual(client.expose("r2", permit=8).json["outcome"], "exposed")

    def test_that_revoked_a_permit_leaves_its_request_free_to_come_with_a_new_one(self):
        _, client = self.started()
        client.post("/v1/beam/blank", permit=5)
        self.refused(client.expose("r1", permit=5), 409, "permit-revoked")
        self.assertEqual(client.expose("r1", permit=6).json["duplicate"], False)

    def test_wins_over_an_exposure_that_is_just_being_unblanked(self):
        instrument, client = self.started()
        unblanking, go_on = threading.Event(), threading.Event()

        def unblank():
            unblanking.set()
            go_on.wait(20)
            instrument.blanked = False

        instrument.on["unblank"] = unblank
        before = instrument.count("blank")
        exposure = Calling(client.expose)
        self.assertTrue(unblanking.wait(20))
        blank = Calling(client.post, "/v1/beam/blank", permit=None)
        self.eventually(lambda: instrument.count("blank") > before, "it blanks at once")
        go_on.set()
        self.assertEqual(blank.result.json, {"blanked": True})
        self.assertEqual(exposure.result.json["ended_by"], "command")
        self.assertTrue(instrument.blanked)
        self.assertEqual(instrument.count("acquire"), 0)

    def test_is_not_held_up_by_a_read_back_that_hangs(self):
        instrument, client = self.started()
        self.running._bridge._beam.PATIENCE_S = 0.2
        once = []

        def hangs_once():
            if not once:
                once.append(1)
                self.released.wait(60)
            return instrument.blanked

        instrument.on["is_blanked"] = hangs_once
        self.assertEqual(client.post("/v1/beam/blank", permit=None).json, {"blanked": True})


class AnAlarm(BridgeTestCase):
    def sticking(self):
        instrument, client = self.started()
        instrument.on["blank"] = lambda: None
        return instrument, client

    def test_is_raised_by_a_blank_that_does_not_read_back_and_keeps_everything_from_exposing(self):
        instrument, client = self.sticking()
        before = instrument.count("blank")
        answer = client.expose()
        self.assertIn("4 attempts", self.refused(answer, 423, "beam-alarm"))
        self.assertGreater(answer.json["beam_on_s"], 0)
        self.assertGreaterEqual(instrument.count("blank") - before, 4)
        state = client.state()["beam"]
        self.assertEqual((state["blanked"], bool(state["alarm"])), (False, True))
        self.assertEqual(client.get("/v1/exposures/r1").json["blanked"], False)
        for refused in (client.expose("r2"), client.survey("s2"), client.put("/v1/probe", row=1, column=1),
                        client.put("/v1/stage", x_nm=1, y_nm=1), client.post("/v1/beam/blank", permit=None)):
            self.refused(refused, 423, "beam-alarm")

    def test_goes_on_blanking_and_stays_until_a_person_has_cleared_it(self):
        instrument, client = self.sticking()
        self.refused(client.expose(), 423, "beam-alarm")
        self.assertIn("stays", self.refused(client.post("/v1/beam/clear", by="me"), 423, "beam-alarm"))
        del instrument.on["blank"]
        self.eventually(lambda: instrument.blanked, "the bridge blanks by itself as soon as it can")
        self.refused(client.expose("r2"), 423, "beam-alarm")
        self.refused(client.post("/v1/beam/clear"), 400, "bad-request")
        self.assertEqual(client.post("/v1/beam/clear", by="me").json, {"blanked": True})
        self.assertEqual(client.expose("r3").json["outcome"], "exposed")

    def test_is_not_raised_by_a_blank_that_works_at_the_second_attempt(self):
        instrument, client = self.started()
        left = [2]

        def blank():
            left[0] -= 1
            if left[0] == 1:
                raise RuntimeError("not now")
            instrument.blanked = left[0] < 0

        instrument.on["blank"] = blank
        outcome = client.expose().json
        self.assertEqual((outcome["outcome"], outcome["blanked"]), ("exposed", True))
        self.assertIsNone(client.state()["beam"]["alarm"])

    def test_is_raised_by_a_blank_that_hangs(self):
        instrument, client = self.started()
        self.running._bridge._beam.PATIENCE_S = 0.1
        self.hang(instrument, "blank")
        self.assertIn("did not return", self.refused(client.expose(longest_s=0.2), 423, "beam-alarm"))
        # Threads that hang are left to themselves; what asks once more is still answered.
        self.refused(client.post("/v1/beam/blank", permit=None), 423, "beam-alarm")
        self.assertEqual(client.get("/v1").status, 200)


class StartAndEnd(BridgeTestCase):
    def test_blank(self):
        instrument = Scripted()
        instrument.blanked = False
        self.start(instrument)
        self.assertTrue(instrument.blanked)
        instrument.blanked = False
        self.assertTrue(self.running.stop())
        self.assertTrue(instrument.blanked)

    def test_the_end_within_an_exposure_blanks_and_writes_its_outcome_down(self):
        instrument, client = self.started()
        exposing = self.hang(instrument, "acquire", before=lambda: None)
        instrument.on["abort"] = self.released.set
        exposure = Calling(client.expose, dwell_s=60)
        self.assertTrue(exposing.wait(20))
        self.assertTrue(self.running.stop())
        self.assertTrue(instrument.blanked)
        try:
            self.assertEqual(exposure.result.json["outcome"], "cut-short")
        except OSError:
            pass  # The bridge hung up before it could say so; the journal has it.
        del instrument.on["acquire"]
        _, again = self.start(instrument)
        self.assertIn(again.get("/v1/exposures/r1").json["outcome"], ("cut-short", "unknown"))

    def test_an_instrument_that_cannot_be_blanked_is_said_at_the_end(self):
        instrument, _ = self.start()
        instrument.on["blank"] = lambda: None
        instrument.blanked = False
        self.assertFalse(self.running.stop())
