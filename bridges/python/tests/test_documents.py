"""What the documents show works as they show it, and the sources keep the house's measures."""

import glob
import os
import re
import sys
import time
import types
import unittest
from unittest import mock

import numpy as np

from dkl_bridge.checking import AdapterCheck
from dkl_bridge.loading import BUILT_IN, instrument_class

from .support import PACKAGE, BridgeTestCase

DOCUMENTS = os.path.join(os.path.dirname(os.path.dirname(PACKAGE)), "docs")
MOST_COLUMNS, MOST_LINES = 120, 450


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


class Scope:
    """The imaginary microscope's own software: positions as (x, y) from 0 to 1, currents in nA."""

    serial_number = "0042"
    current_na = 0.052
    field_nm = 60.0

    def __init__(self):
        self.blanked = False
        self.x = self.y = 0.0

    def set_blanker(self, blanked):
        self.blanked = blanked

    def get_blanker(self):
        return self.blanked

    def scan(self, channel, rows, columns, pixel_us):
        assert not self.blanked and channel == "HAADF" and pixel_us < 100
        return np.arange(rows * columns, dtype=np.float32).reshape(rows, columns)

    def park(self, x, y):
        self.x, self.y = x, y

    def parked_at(self):
        return self.x, self.y

    def integrate(self, seconds):
        assert not self.blanked
        time.sleep(seconds)

    def read_spectrum(self):
        assert self.blanked
        return np.full(2048, self.y * 1000 + self.x, np.float32)


class TheExample(BridgeTestCase):
    def adapter(self):
        """The class that stands in the document, and the microscope that it finds."""
        code = re.search(r"```python\n(# my_scope\.py.*?)```", read(DOCUMENTS, "instruments.md"), re.S).group(1)
        with open(self.path("my_scope.py"), "w", encoding="utf-8") as file:
            file.write(code)
        scope = Scope()
        vendor = types.ModuleType("vendor")
        vendor.connect = lambda: scope
        with mock.patch.dict(sys.modules, vendor=vendor):
            before = list(sys.path)
            self.addCleanup(lambda: sys.path.__setitem__(slice(None), before))
            return instrument_class(self.path("my_scope.py") + ":MyScope")(), scope

    def test_passes_its_check(self):
        adapter, scope = self.adapter()
        said = []
        self.assertEqual(AdapterCheck(adapter, say=said.append).run(), 0, "\n".join(said))
        self.assertTrue(scope.blanked)
        self.assertTrue(any(line.startswith("ok      exposure with eels") for line in said), said)

    def test_runs_as_it_stands_in_the_document(self):
        adapter, scope = self.adapter()
        _, client = self.start(adapter)
        self.assertTrue(scope.blanked)
        client.open()
        self.assertEqual(client.get("/v1").json["instrument"], "MyScope 0042")
        self.assertAlmostEqual(client.get("/v1/capabilities").json["beam"]["current_pa"], 52.0)
        survey = client.survey(rows=40, columns=60, longest_s=10.0)
        self.assertEqual((survey.array.shape, survey.meta["pixel_nm"]), ((40, 60), 1.0))
        self.assertEqual(client.put("/v1/probe", row=3, column=7.5).json, {"row": 3.0, "column": 7.5})
        self.assertEqual(client.expose(dwell_s=0.01, longest_s=10.0).json["outcome"], "exposed")
        spectrum = client.get("/v1/exposures/r1/frame").array
        np.testing.assert_allclose(spectrum, 3.5 / 40 * 1000 + 8 / 60, rtol=1e-6)
        self.assertTrue(scope.blanked)


class TheProtocol(unittest.TestCase):
    def test_has_every_code_that_the_server_knows_with_its_status(self):
        from dkl_bridge import protocol
        table = dict((code, int(status)) for status, code in
                     re.findall(r"^\| (\d{3}) \| `([a-z-]+)` \|", read(DOCUMENTS, "bridge-protocol.md"), re.M))
        self.assertEqual(table, protocol._STATUS)

    def test_names_the_types_of_arrays(self):
        from dkl_bridge import arrays
        named = re.search(r"one of `([^`]*)`", read(DOCUMENTS, "bridge-protocol.md")).group(1).split()
        self.assertEqual(tuple(named), arrays.DTYPES)


class TheSources(unittest.TestCase):
    def setUp(self):
        self.files = glob.glob(os.path.join(PACKAGE, "**", "*.py"), recursive=True)
        self.assertGreater(len(self.files), 25)

    def test_keep_the_measures(self):
        for path in self.files:
            lines = read(path).split("\n")
            self.assertLessEqual(len(lines), MOST_LINES, path)
            for number, line in enumerate(lines, 1):
                self.assertLessEqual(len(line), MOST_COLUMNS, f"{path}:{number}")
                self.assertEqual(line, line.rstrip(), f"{path}:{number}")
                self.assertNotIn("\t", line, f"{path}:{number}")

    def test_every_module_says_what_it_is(self):
        for path in self.files:
            if os.path.basename(path) not in ("__init__.py", "__main__.py", "version.py"):
                self.assertTrue(read(path).startswith('"""'), path)

    def test_every_adapter_says_what_it_was_run_against(self):
        for name, where in BUILT_IN.items():
            first = read(PACKAGE, where.partition(":")[0].replace(".", os.sep) + ".py")
            self.assertRegex(first.split("\n")[0], "^\"\"\"(Not run against|Run against|The simulated)", name)
