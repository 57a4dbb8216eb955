"""The adapter for Nion Swift against Nion's own simulator: ``PYTHONPATH=... python3 -m tests.vendor.nion_usim``.

Not among the tests, since the packages are not to be had everywhere: nionswift, nionswift-instrumentation and
nionswift-usim have to be importable. Starts Swift without a window, a bridge within it, and measures over HTTP.
"""

import sys
import tempfile
import unittest

import numpy as np

from dkl_bridge.instruments.nion_swift import NionSwift

from ..support import BridgeTestCase


class NionSwiftOnItsSimulator(BridgeTestCase):
    def swift(self, is_eels):
        from nion.instrumentation.test import AcquisitionTestContext
        from nion.swift import Application, Facade
        from nion.ui import TestUI
        application = Application.Application(TestUI.UserInterface(), set_global=False)
        application.workspace_dir = tempfile.gettempdir()
        Facade.initialize()
        context = AcquisitionTestContext.test_context(is_eels=is_eels)
        self.addCleanup(context.close)
        return context

    def measure(self, is_eels, detector):
        context = self.swift(is_eels)
        _, client = self.start(NionSwift(dwell_s=(0.005, 30.0)))
        self.assertTrue(context.instrument.is_blanked, "the bridge blanks when it starts")
        opened = client.open().json
        print(opened["capabilities"])
        survey = client.survey(rows=64, columns=48, dwell_s=2e-6)
        self.assertEqual((survey.status, survey.array.shape), (200, (64, 48)))
        print(survey.meta, float(survey.array.std()))
        self.assertTrue(context.instrument.is_blanked)
        brightest = np.unravel_index(np.argmax(survey.array), survey.array.shape)
        for number, (row, column) in enumerate((brightest, (3.25, 7.0))):
            probe = client.put("/v1/probe", row=float(row), column=float(column)).json
            self.assertAlmostEqual(probe["row"], row, 3)
            self.assertAlmostEqual(probe["column"], column, 3)
            outcome = client.expose(f"e{number}", detector=detector, dwell_s=0.05).json
            self.assertEqual((outcome["outcome"], outcome["blanked"]), ("exposed", True))
            frame = client.get(f"/v1/exposures/e{number}/frame")
            print(outcome, frame.array.shape, float(frame.array.sum()), frame.meta)
            # Thousands of electrons: the probe is where Swift lets the simulator put it.
            self.assertGreater(float(frame.array.sum()), 1e4)
            self.assertTrue(context.instrument.is_blanked)
        return context, client

    def test_eels(self):
        context, client = self.measure(True, "eels")
        self.assertEqual(client.get("/v1/state").json["current_pa"], 200.0)
        # A commanded blank ends a long exposure.
        from ..support import Calling
        exposure = Calling(client.expose, "long", detector="eels", dwell_s=20.0)
        self.eventually(lambda: not context.instrument.is_blanked, "the beam is on")
        client.post("/v1/beam/blank", permit=None)
        self.assertTrue(context.instrument.is_blanked)
        self.assertEqual(exposure.result.json["ended_by"], "command")
        self.eventually(lambda: client.expose("after", detector="eels", dwell_s=0.05).status == 200, "it goes on")

    def test_ronchigram(self):
        self.measure(False, "ronchigram")


if __name__ == "__main__":
    unittest.main(argv=sys.argv)
