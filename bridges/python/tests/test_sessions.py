"""One session commands, and one that is not heard any more has let go."""

from .support import BridgeTestCase, Calling, Client


class ASession(BridgeTestCase):
    def test_is_opened_with_the_beam_blanked(self):
        instrument, client = self.start()
        instrument.blanked = False
        opened = client.open(heartbeat_s=3.0).json
        self.assertTrue(instrument.blanked)
        self.assertEqual(opened["capabilities"], client.get("/v1/capabilities").json)
        self.assertEqual(opened["state"]["session"]["client"], "test")
        self.assertEqual(opened["state"]["beam"], {"blanked": True, "alarm": None, "exposing": None})

    def test_is_needed_by_what_commands(self):
        _, client = self.start()
        for answer in (client.survey(), client.expose(), client.put("/v1/probe", row=1, column=1),
                       client.put("/v1/stage", x_nm=1, y_nm=1), client.post("/v1/heartbeat"),
                       client.ask("DELETE", "/v1/session")):
            self.refused(answer, 409, "session-over")
        for path in ("/v1", "/v1/capabilities", "/v1/state", "/v1/probe", "/v1/stage"):
            self.assertEqual(client.get(path).status, 200, path)

    def test_keeps_another_one_out(self):
        _, client = self.start()
        client.open()
        other = Client(self.running.address)
        self.assertIn("test", self.refused(other.open(), 409, "in-use"))
        self.assertEqual(client.post("/v1/heartbeat").status, 200)

    def test_is_taken_over_blanked(self):
        instrument, client = self.started()
        exposing = self.hang(instrument, "acquire")
        exposure = Calling(client.expose, dwell_s=60)
        self.assertTrue(exposing.wait(20))
        other = Client(self.running.address)
        self.assertEqual(other.open(take_over=True).status, 200)
        self.assertTrue(instrument.blanked)
        self.assertEqual(exposure.result.json["ended_by"], "command")
        self.assertIn("took over", self.refused(client.expose("r2"), 409, "session-over"))
        self.assertIn("took over", self.refused(client.post("/v1/heartbeat"), 409, "session-over"))
        self.assertEqual(other.post("/v1/heartbeat").status, 200)

    def test_is_closed_blanked(self):
        instrument, client = self.started()
        instrument.blanked = False
        self.assertEqual(client.ask("DELETE", "/v1/session").json, {"blanked": True})
        self.assertTrue(instrument.blanked)
        self.assertIsNone(client.state()["session"])
        self.refused(client.expose(), 409, "session-over")
        self.assertEqual(Client(self.running.address).open().status, 200)

    def test_takes_a_heartbeat_of_half_a_second_to_a_minute(self):
        _, client = self.start()
        self.refused(client.open(heartbeat_s=0.4), 422, "outside-limits")
        self.refused(client.open(heartbeat_s=61), 422, "outside-limits")

    def test_begins_with_permits_of_its_own(self):
        _, client = self.started()
        client.post("/v1/beam/blank", permit=100)
        other = Client(self.running.address)
        other.open(take_over=True)
        self.assertEqual(other.expose(permit=1).json["outcome"], "exposed")


class Silence(BridgeTestCase):
    def test_blanks_ends_what_exposes_and_closes_the_session(self):
        instrument, client = self.start()
        client.open()
        client.survey()
        other = Client(self.running.address)
        other.open(heartbeat_s=0.5, take_over=True)
        exposing = self.hang(instrument, "acquire")
        exposure = Calling(other.expose, dwell_s=60)
        self.assertTrue(exposing.wait(20))
        outcome = exposure.result.json
        self.assertEqual((outcome["outcome"], outcome["ended_by"], outcome["blanked"]),
                         ("cut-short", "heartbeat", True))
        self.assertTrue(instrument.blanked)
        self.assertIn("no heartbeat", self.refused(other.post("/v1/heartbeat"), 409, "session-over"))
        self.assertIn("no heartbeat", self.refused(other.expose("r2"), 409, "session-over"))

    def test_is_broken_by_any_request_of_the_session(self):
        _, client = self.start()
        client.open(heartbeat_s=60)
        before = client.state()["session"]["silent_s"]
        self.assertLess(before, 60)
        session = self.running._bridge._sessions.current
        session.heard_at -= 30
        client.get("/v1/capabilities")
        self.assertLess(session.silent_s, 25)
        session.heard_at -= 30
        Client(self.running.address).get("/v1/capabilities")
        self.assertGreater(session.silent_s, 25, "a request that names no session is no sign of life")

    def test_blanks_also_what_nobody_exposes(self):
        instrument, client = self.start()
        client.open(heartbeat_s=0.5)
        instrument.blanked = False
        self.eventually(lambda: instrument.blanked, "the bridge blanks when its client falls silent")


class TheState(BridgeTestCase):
    def test_reads_the_blanker_at_that_moment(self):
        instrument, client = self.start()
        instrument.blanked = False
        self.assertFalse(client.state()["beam"]["blanked"])
        instrument.blanked = True
        self.assertTrue(client.state()["beam"]["blanked"])
        instrument.on["is_blanked"] = lambda: None
        self.assertFalse(client.state()["beam"]["blanked"], "what does not say yes is not blanked")

    def test_has_conditions_as_they_come_and_go(self):
        instrument, client = self.start()
        client.open()
        instrument.on["conditions"] = lambda: ["vacuum: 3e-6 mbar"]
        self.eventually(lambda: client.post("/v1/heartbeat").json["conditions"] == ["vacuum: 3e-6 mbar"], "it is said")
        instrument.on["conditions"] = lambda: 1 / 0
        self.eventually(lambda: "conditions() failed" in client.state()["conditions"][0], "that it fails is said")
        instrument.on["conditions"] = list
        self.eventually(lambda: client.state()["conditions"] == [], "it is over")

    def test_has_a_new_revision_when_limits_change(self):
        instrument, client = self.started()
        before = client.state()["revision"]
        self.assertEqual(client.get("/v1/capabilities").json["revision"], before)
        instrument.longest_dwell_s = 0.5
        self.eventually(lambda: client.post("/v1/heartbeat").json["revision"] == before + 1, "the revision goes up")
        self.assertEqual(client.get("/v1/capabilities").json["limits"]["dwell_s"], [0.001, 0.5])
        self.refused(client.expose(dwell_s=1), 422, "outside-limits")

    def test_is_answered_while_the_instrument_hangs(self):
        instrument, client = self.started()
        hanging = self.hang(instrument, "move_probe")
        moving = Calling(client.put, "/v1/probe", row=1, column=1)
        self.assertTrue(hanging.wait(20))
        self.assertEqual(client.post("/v1/heartbeat").status, 200)
        self.released.set()
        self.assertEqual(moving.result.status, 200)

    def test_says_who_answers(self):
        _, client = self.start(name="titan")
        answer = client.get("/v1")
        said = answer.json
        self.assertEqual((said["protocol"], said["version"], said["name"], said["instrument"], said["simulated"]),
                         ("dkl-bridge", 1, "titan", "scripted", True))
        self.assertEqual((answer.headers["Dkl-Bridge"], answer.headers["Dkl-Instance"]), ("1", said["instance"]))
        self.assertRegex(said["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
