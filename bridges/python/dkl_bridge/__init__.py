"""The bridge of DklActors: a small server that lets the daemon drive a microscope from another computer.

docs/bridge-protocol.md says what goes over the line, docs/instruments.md how to write an adapter. What an adapter
needs is here: :class:`Instrument`, what it describes itself with, and :func:`start` for software that runs scripts
within itself.
"""

from .instrument import (Angle, Beam, Capabilities, Detector, Energy, Instrument, InstrumentFault, Limits,
                         StageLimits, Survey, SurveyLimits)
from .run import start
from .version import VERSION as __version__

__all__ = ["Angle", "Beam", "Capabilities", "Detector", "Energy", "Instrument", "InstrumentFault", "Limits",
           "StageLimits", "Survey", "SurveyLimits", "start", "__version__"]
