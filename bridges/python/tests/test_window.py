"""What positions mean after the bridge was started anew."""

from dkl_bridge import InstrumentFault

from .support import BridgeTestCase


class Window(BridgeTestCase):
    def test_is_confirmed_where_the_instrument_knows_it(self):
        instrument, client = self.start()
        instrument.resume_window = lambda rows, columns: None
        client.open()
        self.refused(client.put("/v1/probe", row=3.0, column=4.0), 422, "outside-limits")

        answer = client.put("/v1/window", rows=16, columns=24)

        self.assertEqual((answer.status, answer.json), (200, {"rows": 16, "columns": 24}))
        self.assertEqual(client.get("/v1/capabilities").json["limits"]["probe"], {"row": [0, 15], "column": [0, 23]})
        self.assertEqual(client.put("/v1/probe", row=3.0, column=4.0).status, 200)

    def test_is_refused_where_the_instrument_does_not(self):
        _, client = self.start()
        client.open()
        self.assertIn("take a survey", self.refused(client.put("/v1/window", rows=16, columns=24), 500, "instrument"))
        self.refused(client.put("/v1/probe", row=3.0, column=4.0), 422, "outside-limits")

    def test_is_that_of_the_last_survey(self):
        instrument, client = self.started()

        def must_not_be_asked(*_):
            raise InstrumentFault("asked")

        instrument.resume_window = must_not_be_asked
        self.assertEqual(client.put("/v1/window", rows=16, columns=24).status, 200)
        self.refused(client.put("/v1/window", rows=32, columns=24), 422, "outside-limits")
        self.refused(client.put("/v1/window", rows=10 ** 6, columns=24), 422, "outside-limits")

    def test_needs_the_session(self):
        _, client = self.start()
        self.refused(client.put("/v1/window", rows=16, columns=24), 409, "session-over")
