"""An instrument whose blanker is a file that two processes reach, as two of them reach a microscope's server."""

import os
import time

from dkl_bridge.instruments import specimen
from dkl_bridge.instruments.simulated import SimulatedInstrument


class FileScope(SimulatedInstrument):
    def __init__(self, path):
        super().__init__(specimen.make(1, 24, 64))
        self._path = path

    @classmethod
    def add_arguments(cls, parser):
        parser.add_argument("--blanker", required=True)

    @classmethod
    def from_arguments(cls, arguments):
        return cls(arguments.blanker)

    def _write(self, text):
        # Under a name of its own, since both processes may write at the same time.
        new = f"{self._path}.{os.getpid()}.{time.monotonic_ns()}"
        with open(new, "w", encoding="ascii") as file:
            file.write(text)
        os.replace(new, self._path)

    def unblank(self):
        super().unblank()
        self._write("on")

    def blank(self):
        super().blank()
        self._write("blanked")

    def is_blanked(self):
        with open(self._path, encoding="ascii") as file:
            return file.read() == "blanked"
