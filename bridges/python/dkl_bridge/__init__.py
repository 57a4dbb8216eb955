"""The bridge of DklActors: a small server that lets the daemon drive a microscope from another computer.

docs/bridge-protocol.md says what goes over the line, docs/instruments.md how to write an adapter. What an adapter
needs is here: :class:`Instrument`, what it describes itself with, and :func:`start` for software that runs scripts
within itself.
"""

import sys

try:
    import numpy  # noqa: F401
except ImportError as fault:
    _TEXT = (f"The bridge needs NumPy, which {sys.executable} does not have ({fault}). Install it with "
            "'python3 -m pip install numpy'; on Debian and Ubuntu with 'apt install python3-numpy', and then start the "
            "bridge with /usr/bin/python3.")
    # So it is while "python3 -m dkl_bridge" looks for its module; a script that imports gets an exception.
    if sys.argv[:1] == ["-m"]:
        sys.exit(_TEXT)
    raise ImportError(_TEXT) from None

from .instrument import (Angle, Beam, Capabilities, Detector, Energy, Instrument, InstrumentFault, Limits,
                         StageLimits, Survey, SurveyLimits)
from .run import start
from .version import VERSION as __version__

__all__ = ["Angle", "Beam", "Capabilities", "Detector", "Energy", "Instrument", "InstrumentFault", "Limits",
           "StageLimits", "Survey", "SurveyLimits", "start", "__version__"]
