"""Finds the adapter that a command line names, and says in a sentence why it cannot be had."""

import difflib
import importlib
import importlib.util
import os
import sys
import traceback

from .instrument import Instrument

BUILT_IN = {
    "simulated": "dkl_bridge.instruments.simulated:SimulatedInstrument",
    "nion-swift": "dkl_bridge.instruments.nion_swift:NionSwift",
    "gms": "dkl_bridge.instruments.gms:DigitalMicrograph",
    "autoscript": "dkl_bridge.instruments.autoscript:AutoScript",
}

# Without one of these an adapter drives nothing; the others have something that they usually do.
NEEDED = ("describe", "capabilities", "unblank", "blank", "is_blanked", "survey", "move_probe", "probe", "acquire",
          "read_out")


class WrongUse(Exception):
    """What the command line asks for is not there."""


def instrument_class(name):
    """The adapter that a name stands for: a built-in one, ``module:Class`` or ``file.py:Class``.

    A file's folder goes in front of where modules are searched, so that what lies beside an adapter is found.
    Raises WrongUse where it is not there, cannot be imported, or lacks what an adapter needs.
    """
    module_name, _, class_name = BUILT_IN.get(name, name).rpartition(":")
    if not module_name:
        known = ", ".join(BUILT_IN)
        raise WrongUse(f"--instrument {name}: known are {known}, or FILE.py:Class, or module:Class.")
    try:
        module = _file(module_name) if module_name.endswith(".py") else importlib.import_module(module_name)
    except WrongUse as fault:
        raise WrongUse(f"--instrument {name}: {fault}") from None
    except SyntaxError as fault:
        raise WrongUse(f"--instrument {name}: {fault.filename}, line {fault.lineno}: {fault.msg}.") from None
    except ImportError as fault:
        raise WrongUse(f"--instrument {name}: {not_imported(fault)}") from None
    except Exception as fault:  # A module may do whatever it likes when it is imported.
        raise WrongUse(f"--instrument {name}: {type(fault).__name__}: {fault}{where(fault)}.") from None
    found = getattr(module, class_name, None)
    if found is None:
        raise WrongUse(f"--instrument {name}: {_no_class(module_name, class_name, module)}")
    if not (isinstance(found, type) and issubclass(found, Instrument)):
        raise WrongUse(f"--instrument {name}: {class_name} is no subclass of dkl_bridge.Instrument; "
                       f"begin it with class {class_name}(Instrument).")
    lacking = [f"{method}()" for method in NEEDED if getattr(found, method) is getattr(Instrument, method)]
    if lacking:
        raise WrongUse(f"--instrument {name}: {class_name} lacks {', '.join(lacking)}; "
                       "docs/instruments.md shows what each of them does.")
    return found


def not_imported(fault):
    """A sentence on a module that could not be imported, and what may help."""
    wanted = f"{fault.name} cannot be imported" if isinstance(fault, ModuleNotFoundError) and fault.name else str(fault)
    return (f"{wanted}{where(fault)}. This is the Python of {sys.executable}; a vendor's software brings one of its "
            "own, or has to be asked for its module: start the bridge with the Python that has it.")


def where(fault):
    """`` (my_scope.py, line 12)``: the last line of the adapter's that an exception came through, or nothing."""
    own = os.path.dirname(os.path.abspath(__file__)) + os.sep
    instruments = os.path.join(own, "instruments") + os.sep
    for frame in reversed(traceback.extract_tb(fault.__traceback__)):
        path = os.path.abspath(frame.filename)
        outside = not path.startswith(own) and not frame.filename.startswith("<") and "importlib" not in path
        if (outside or path.startswith(instruments)) and "site-packages" not in path and not _is_standard(path):
            return f" ({os.path.basename(path)}, line {frame.lineno})"
    return ""


def _is_standard(path):
    return path.startswith(os.path.dirname(os.path.abspath(os.__file__)) + os.sep)


def _file(path):
    path = os.path.abspath(path)
    if not os.path.isfile(path):
        raise WrongUse(f"there is no file {path}.")
    folder = os.path.dirname(path)
    if folder not in sys.path:
        sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location("dkl_bridge_adapter", path)
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _no_class(module_name, class_name, module):
    there = [name for name, value in vars(module).items()
             if isinstance(value, type) and issubclass(value, Instrument) and value is not Instrument]
    if not there:
        return f"{module_name} has no class {class_name}, and none that is a subclass of dkl_bridge.Instrument."
    near = difflib.get_close_matches(class_name.lower(), [name.lower() for name in there], 1)
    meant = next((name for name in there if near and name.lower() == near[0]), None)
    return (f"{module_name} has no class {class_name}; there " + ("is " if len(there) == 1 else "are ")
            + ", ".join(there) + (f". Do you mean {meant}?" if meant and len(there) > 1 else "."))
