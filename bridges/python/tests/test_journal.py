"""The request journal, and bridges that die at the wrong moment."""

import os
import signal
import threading
import time
import unittest

from dkl_bridge.journal import JournalError, RequestJournal, hash_of

from .support import PATIENCE, BridgeTestCase, Calling


class TheJournal(BridgeTestCase):
    def open(self, **options):
        journal = RequestJournal(self.path("journal"), **options)
        self.addCleanup(self.close, journal)
        return journal

    @staticmethod
    def close(journal):
        try:
            journal.close()
        except OSError:
            pass  # Closed by the test.

    def again(self, journal, **options):
        journal.close()
        return self.open(**options)

    def test_remembers_what_was_asked_for_and_what_became_of_it(self):
        journal = self.open()
        entry, new = journal.intend("r1", "exposure", "body")
        self.assertTrue(new)
        self.assertEqual(journal.intend("r1", "exposure", "other"), (entry, False))
        journal.settle(entry, {"outcome": "exposed"})
        entry = self.again(journal).find("r1")
        self.assertEqual((entry.kind, entry.body, entry.outcome), ("exposure", "body", {"outcome": "exposed"}))

    def test_calls_unknown_what_has_no_outcome(self):
        journal = self.open()
        journal.intend("r1", "exposure", "body")
        self.assertEqual(self.again(journal).find("r1").outcome, {"outcome": "unknown"})

    def test_drops_a_torn_last_line_wherever_it_was_torn(self):
        journal = self.open()
        for number in range(3):
            journal.settle(journal.intend(f"r{number}", "exposure", "body")[0], {"outcome": "exposed"})
        journal.intend("last", "exposure", "body")
        journal.close()
        with open(self.path("journal"), "rb") as file:
            whole = file.read()
        begin = whole.rindex(b"\n", 0, -1) + 1
        for end in range(begin, len(whole)):
            with open(self.path("journal"), "wb") as file:
                file.write(whole[:end])
            journal = self.open()
            self.assertEqual(journal.find("r2").outcome, {"outcome": "exposed"})
            self.assertIsNone(journal.find("last"))
            journal.settle(journal.intend("next", "exposure", "body")[0], {"outcome": "exposed"})
            journal = self.again(journal)
            self.assertEqual(journal.find("next").outcome, {"outcome": "exposed"})
            journal.close()

    def test_refuses_a_file_that_is_damaged_before_its_end(self):
        journal = self.open()
        for number in range(5):
            journal.settle(journal.intend(f"r{number}", "exposure", "body")[0], {"outcome": "exposed"})
        journal.close()
        with open(self.path("journal"), "r+b") as file:
            file.seek(30)
            file.write(b"#")
        with self.assertRaisesRegex(JournalError, "line 1: damaged.*move the file away"):
            RequestJournal(self.path("journal"))

    def test_belongs_to_one_bridge(self):
        self.open()
        with self.assertRaisesRegex(JournalError, "another bridge"):
            RequestJournal(self.path("journal"))

    def test_is_written_anew_and_keeps_the_last_ones(self):
        journal = self.open(keep=10)
        journal.SYNC_AFTER_S = 0.0
        for number in range(100):
            journal.settle(journal.intend(f"r{number}", "exposure", "body")[0], {"outcome": "exposed"})
        self.eventually(lambda: os.path.getsize(self.path("journal")) < 100 * 60, "the file stays small")
        self.assertEqual(journal.find("r99").outcome, {"outcome": "exposed"})
        journal = self.again(journal, keep=10)
        for number in range(90, 100):
            self.assertEqual(journal.find(f"r{number}").outcome, {"outcome": "exposed"})
        self.assertIsNone(journal.find("r50"))
        self.assertFalse(os.path.exists(self.path("journal.new")))

    def test_holds_the_last_ten_thousand(self):
        journal = self.open()
        for number in range(25_000):  # As intend does, without twenty thousand syncs.
            journal._append({"id": f"r{number}", "kind": "exposure", "body": "b"})
            journal._append({"id": f"r{number}", "outcome": {"outcome": "exposed"}})
        began = time.monotonic()
        journal = self.again(journal)
        self.assertLess(time.monotonic() - began, PATIENCE)
        self.assertIsNone(journal.find("r14999"))
        for number in (15_000, 20_000, 24_999):
            self.assertEqual(journal.find(f"r{number}").outcome, {"outcome": "exposed"})

    def test_that_cannot_be_written_exposes_nothing(self):
        instrument, client = self.started()
        before = instrument.count("unblank")
        journal = self.running._bridge._journal
        usual = journal._append

        def full(value):
            raise OSError(28, "No space left on device")

        journal._append = full
        self.assertIn("No space left", self.refused(client.expose(), 500, "journal"))
        self.assertEqual(instrument.count("unblank"), before)
        journal._append = usual
        self.assertEqual(client.expose().json["outcome"], "exposed")

    def test_hash_leaves_out_who_and_when(self):
        self.assertEqual(hash_of("exposure", {"a": 1, "b": 2}), hash_of("exposure", {"b": 2, "a": 1}))
        self.assertNotEqual(hash_of("exposure", {"a": 1}), hash_of("survey", {"a": 1}))


@unittest.skipIf(os.name == "nt", "Windows has no SIGKILL.")
class ABridgeThatDies(BridgeTestCase):
    def test_knows_its_outcomes_when_it_is_started_anew_and_exposes_none_again(self):
        process, client = self.process()
        client.open()
        client.survey(rows=64, columns=64)
        first = client.expose("done", dwell_s=0.01).json
        instance = client.get("/v1").headers["Dkl-Instance"]
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)

        _, client = self.process()
        self.assertNotEqual(client.get("/v1").headers["Dkl-Instance"], instance)
        self.refused(client.expose("done", dwell_s=0.01), 409, "session-over")
        client.open()
        self.assertEqual(client.expose("done", dwell_s=0.01).json, {**first, "duplicate": True})
        self.refused(client.expose("done", dwell_s=0.02), 409, "request-reused")
        self.refused(client.get("/v1/exposures/done/frame"), 410, "data-gone")
        self.refused(client.survey(rows=64, columns=64), 410, "data-gone")
        self.refused(client.put("/v1/probe", row=1, column=1), 422, "outside-limits")

    def test_within_an_exposure_does_not_know_its_outcome_and_says_so(self):
        process, client = self.process()
        client.open()
        exposure = Calling(client.expose, "middle", dwell_s=10.0, longest_s=20.0)
        self.eventually(lambda: client.state()["beam"]["exposing"] == "middle", "it exposes")
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
        with self.assertRaises(OSError):
            exposure.result

        _, client = self.process()
        self.assertTrue(client.state()["beam"]["blanked"])
        client.open()
        outcome = client.expose("middle", dwell_s=10.0, longest_s=20.0).json
        self.assertEqual((outcome["outcome"], outcome["beam_on_s"], outcome["duplicate"]), ("unknown", None, True))
        self.assertEqual(client.get("/v1/exposures/middle").json["outcome"], "unknown")
        self.refused(client.get("/v1/exposures/middle/frame"), 410, "data-gone")

    def test_at_random_never_forgets_what_it_answered_nor_exposes_twice(self):
        answered = {}
        for round_number in range(4):
            process, client = self.process()
            client.open()
            for request, outcome in answered.items():
                self.assertEqual(client.expose(request, dwell_s=0.001).json, {**outcome, "duplicate": True})
            killer = threading.Timer(0.05 + 0.07 * round_number, process.kill)
            killer.start()
            try:
                for number in range(10_000):
                    request = f"{round_number}/{number}"
                    answered[request] = client.expose(request, dwell_s=0.001).json
            except OSError:
                pass
            killer.join()
            process.wait(PATIENCE)
        self.assertGreater(len(answered), 3)

    def test_by_a_signal_blanks_and_ends_well(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            process, client = self.process()
            client.open()
            exposure = Calling(client.expose, f"by-{number}", dwell_s=10.0, longest_s=20.0)
            self.eventually(lambda: client.state()["beam"]["exposing"] is not None, "it exposes")
            process.send_signal(number)
            self.assertEqual(process.wait(PATIENCE), 0)
            try:
                self.assertEqual(exposure.result.json["ended_by"], "command")
            except OSError:
                pass  # The bridge hung up before it could say so; the journal has it.

    def test_with_a_beam_that_cannot_be_blanked_says_so_by_its_exit_code(self):
        process, client = self.process("--fault", "blank-sticks")
        client.open()
        self.refused(client.expose(dwell_s=0.001), 423, "beam-alarm")
        process.terminate()
        self.assertEqual(process.wait(PATIENCE), 4)

    def test_beside_another_one_on_the_same_journal_does_not_start(self):
        self.process()
        with self.assertRaisesRegex(AssertionError, "another bridge"):
            self.process()
