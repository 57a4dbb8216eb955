"""An adapter that cannot be had is told in one sentence; one that lies in a file finds what lies beside it."""

import os
import socket
import subprocess
import sys
import textwrap

from dkl_bridge.loading import NEEDED, instrument_class

from .support import PACKAGE, PATIENCE, BridgeTestCase

WHOLE = "from dkl_bridge import Instrument\nclass MyScope(Instrument):\n" + "\n".join(
    f"    def {name}(self): pass" for name in NEEDED)


class AFile(BridgeTestCase):
    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(text))
        return self.path(name)

    def refused(self, adapter, *words):
        """With the command, as a user has it; a relative path, from another folder."""
        ended = subprocess.run(
            [sys.executable, "-m", "dkl_bridge", "--instrument", adapter, "--blank"], cwd=self.folder, text=True,
            env={**os.environ, "PYTHONPATH": PACKAGE}, capture_output=True, timeout=PATIENCE, check=False)
        self.assertEqual((ended.returncode, ended.stdout), (2, ""), ended.stderr)
        self.assertNotIn("Traceback", ended.stderr)
        self.assertEqual(ended.stderr.count("\n"), 1, ended.stderr)
        for word in words:
            self.assertIn(word, ended.stderr)

    def test_finds_the_modules_beside_it(self):
        before = list(sys.path)
        self.addCleanup(lambda: sys.path.__setitem__(slice(None), before))
        self.write("dkl_test_beside.py", "NAME = 'beside'\n")
        self.write("my_scope.py", f"import dkl_test_beside\n{WHOLE}\n    name = dkl_test_beside.NAME\n")
        self.assertEqual(instrument_class(self.path("my_scope.py") + ":MyScope").name, "beside")

    def test_that_lacks_methods_is_refused_with_their_names(self):
        self.write("half.py", "from dkl_bridge import Instrument\nclass Half(Instrument):\n"
                              "    def unblank(self): pass\n    def survey(self, *what): pass\n")
        self.refused("half.py:Half", "Half lacks describe(), capabilities(), blank(), is_blanked(), move_probe(), ")

    def test_whose_class_is_misspelt_says_which_there_are(self):
        self.write("my_scope.py", WHOLE + "\nclass Other(MyScope): pass\n")
        self.refused("my_scope.py:Myscope", "no class Myscope", "MyScope, Other", "Do you mean MyScope?")
        self.write("none.py", "x = 1\nclass MyScope: pass\n")
        self.refused("none.py:YourScope", "none that is a subclass")
        self.refused("none.py:MyScope", "class MyScope(Instrument)")

    def test_that_cannot_be_imported_says_why_and_where(self):
        self.refused("gone.py:MyScope", "there is no file", "gone.py")
        self.write("wrong.py", "\ndef x(:\n    pass\n")
        self.refused("wrong.py:MyScope", "wrong.py, line 2")
        self.write("needs.py", "\nimport dkl_no_such_vendor\n")
        self.refused("needs.py:MyScope", "dkl_no_such_vendor cannot be imported (needs.py, line 2)", sys.executable)
        self.write("raises.py", "\n\nopen('/no/such/file')\n")
        self.refused("raises.py:MyScope", "FileNotFoundError", "(raises.py, line 3)")
        self.refused("dkl_no_such_module:MyScope", "dkl_no_such_module cannot be imported")
        self.refused("unheard-of", "known are simulated, nion-swift")

    def test_of_vendors_says_where_it_runs(self):
        self.refused("nion-swift", "runs within Nion Swift")
        self.refused("gms", "runs within DigitalMicrograph")


class AStart(BridgeTestCase):
    def failing(self, *options, code):
        ended = subprocess.run(
            [sys.executable, "-m", "dkl_bridge", "--instrument", "simulated", "--token-file", self.token_file(),
             "--journal", self.path("another"), *options], cwd=PACKAGE, text=True, capture_output=True,
            timeout=PATIENCE, check=False)
        self.assertEqual(ended.returncode, code, ended.stderr)
        self.assertNotIn("Traceback", ended.stderr)
        return ended.stderr

    def test_on_a_port_that_is_taken_says_so(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            said = self.failing("--port", str(taken.getsockname()[1]), code=2)
        self.assertIn("is taken, perhaps by another bridge", said)
        self.assertIn("--port", said)
        self.assertIn("from 0 to 65535", self.failing("--port", "70000", code=2))

    def test_with_a_journal_that_another_one_has_says_so(self):
        self.process()
        self.assertIn("give this one another --journal", self.failing("--journal", self.path("journal"), code=2))
        self.assertIn("--journal says", self.failing("--journal", self.path("no/journal"), code=2))

    def test_without_the_vendors_software_says_what_is_missing(self):
        said = self.failing("--instrument", "autoscript", code=1)
        self.assertIn("autoscript_tem_microscope_client cannot be imported", said)
        self.assertIn(sys.executable, said)

    def test_that_a_signal_ends_says_how_the_beam_is(self):
        process, _ = self.process()
        process.terminate()
        self.assertEqual(process.wait(PATIENCE), 0)
        self.assertTrue(process.stdout.read().decode().endswith("Ended; the beam is blanked.\n"))

    def test_without_numpy_says_how_to_get_it(self):
        # A folder without what is installed: python -S leaves site-packages out.
        ended = subprocess.run([sys.executable, "-S", "-m", "dkl_bridge", "--help"], cwd=PACKAGE, text=True,
                               env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
                               capture_output=True, timeout=PATIENCE, check=False)
        self.assertNotEqual(ended.returncode, 0)
        self.assertIn("python3 -m pip install numpy", ended.stderr)
        self.assertIn("apt install python3-numpy", ended.stderr)
        self.assertEqual(ended.stderr.count("\n"), 1, ended.stderr)
