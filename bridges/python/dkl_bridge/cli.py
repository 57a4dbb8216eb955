"""``python3 -m dkl_bridge``: reads the command line, starts a bridge, ends it on a signal."""

import argparse
import logging
import logging.handlers
import os
import secrets
import signal
import sys
import threading

from . import guard
from .checking import AdapterCheck
from .httpd import AddressTaken
from .instrument import InstrumentFault
from .journal import JournalError
from .loading import BUILT_IN, WrongUse, instrument_class, not_imported, where
from .run import start
from .security import SecurityError
from .version import VERSION

log = logging.getLogger("dkl_bridge")


def _parser():
    parser = argparse.ArgumentParser(
        prog="dkl_bridge", add_help=False, formatter_class=argparse.RawTextHelpFormatter,
        description="Lets a DklActors daemon drive the microscope of this computer.",
        epilog="With --instrument, --help shows the instrument's own options as well.")
    parser.add_argument("--help", action="store_true", help="shows this")
    parser.add_argument("--version", action="version", version=f"dkl-bridge {VERSION}")
    parser.add_argument("--instrument", metavar="NAME", help=f"{', '.join(BUILT_IN)}, FILE.py:Class or module:Class")
    parser.add_argument("--token-file", metavar="FILE", help="the token, in a file that only its owner can read")
    parser.add_argument("--make-token", action="store_true", help="makes the token file where there is none")
    parser.add_argument("--guard", action="store_true", help="starts a second process that blanks when this one dies;\n"
                        "the instrument has to let two of them in")
    parser.add_argument("--blank", action="store_true", help="blanks, reads back, and ends; needs no token")
    parser.add_argument("--check", action="store_true", help="tries the adapter, with a few exposures; says what is "
                        "wrong with it,\nand ends; needs no token")
    parser.add_argument("--check-stage", action="store_true", help="likewise, and moves the stage by up to 1 um and "
                        "back")
    parser.add_argument("--as-guard", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--bind", metavar="ADDRESS", default="127.0.0.1", help="where to listen (127.0.0.1)")
    parser.add_argument("--port", type=_port, default=7840, help="7840; 0 takes a free one")
    parser.add_argument("--certificate", metavar="FILE", help="TLS: the certificate, PEM")
    parser.add_argument("--key", metavar="FILE", help="TLS: its key, PEM")
    parser.add_argument("--address-file", metavar="FILE", help="gets the address, once the bridge listens")
    parser.add_argument("--journal", metavar="FILE", default="dkl-bridge.journal",
                        help="which requests were carried out (dkl-bridge.journal); keep it")
    parser.add_argument("--log", metavar="FILE", help="the log, beside stderr; five files of 5 MB at most")
    parser.add_argument("--log-level", choices=("debug", "info", "warning", "error"),
                        help="info; with --check only what is critical")
    parser.add_argument("--name", help="what the microscope is called (the computer's name)")
    parser.add_argument("--connections", type=int, default=32, help="most at once (32)")
    return parser


def _port(text):
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r}: a port is a number from 0 to 65535")
    return int(text)


def _start_log(path, level):
    handlers = [logging.StreamHandler()]
    if path:
        handlers.append(logging.handlers.RotatingFileHandler(path, maxBytes=5_000_000, backupCount=4, encoding="utf-8"))
    logging.basicConfig(level=level.upper(), handlers=handlers,
                        format="%(asctime)s %(levelname)-8s %(threadName)s %(name)s: %(message)s")


def _make_token(path):
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48) + "\n")


def _blank(instrument):
    instrument.start()
    try:
        if not guard.blank(instrument):
            print("The beam could NOT be blanked.", file=sys.stderr)
            return 4
        print("The beam is blanked.")
        return 0
    finally:
        instrument.close()


def _guard_command(argv):
    """The same program with the same instrument, found from wherever it was started."""
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    code = f"import sys; sys.path.insert(0, {folder!r}); from dkl_bridge.cli import main; sys.exit(main())"
    return [sys.executable, "-c", code, *(sys.argv[1:] if argv is None else argv), "--as-guard"]


def _arguments(argv):
    parser = _parser()
    known, _ = parser.parse_known_args(argv)
    found = None
    if known.instrument:
        found = instrument_class(known.instrument)
        found.add_arguments(parser.add_argument_group(known.instrument))
    if known.help:
        parser.print_help()
        return None, None
    arguments = parser.parse_args(argv)
    arguments.check |= arguments.check_stage
    if found is None or not (arguments.token_file or arguments.blank or arguments.check or arguments.as_guard):
        raise WrongUse("--instrument and --token-file are needed; --help shows the rest.")
    return found, arguments


def _instrument(found, arguments):
    """The adapter as the command line wants it; what it says against that is a sentence, not a trace."""
    try:
        return found.from_arguments(arguments)
    except (InstrumentFault, ValueError, OSError) as fault:
        raise WrongUse(f"--instrument {arguments.instrument}: {fault}") from None


def _check(instrument, arguments):
    """Whatever ends it blanks first: a signal is taken for Ctrl+C."""
    for name in ("SIGTERM", "SIGBREAK", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    return AdapterCheck(instrument, arguments.check_stage).run()


def _serve(found, arguments, argv):
    if arguments.make_token:
        _make_token(arguments.token_file)
    ended = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: ended.set())
    running = start(
        _instrument(found, arguments), arguments.token_file, arguments.journal, arguments.bind, arguments.port,
        arguments.certificate, arguments.key, arguments.address_file, arguments.name, arguments.connections,
        _guard_command(argv) if arguments.guard else None)
    print(f"The bridge listens on {running.address}; Ctrl+C ends it.", flush=True)
    # With a time, so that signals arrive on Windows too.
    while not ended.wait(0.5):
        pass
    if not running.stop():
        print("Ended; the beam could NOT be blanked.", file=sys.stderr)
        return 4
    print("Ended; the beam is blanked.", flush=True)
    return 0


def main(argv=None):
    """0 ended as asked, 1 failed, 2 wrong use, 4 ended with a beam that could not be blanked."""
    try:
        found, arguments = _arguments(argv)
        if found is None:
            return 0
        level = arguments.log_level or ("critical" if arguments.check else "info")
        _start_log(None if arguments.as_guard else arguments.log, level)
        if arguments.as_guard:
            return guard.main(_instrument(found, arguments))
        if arguments.blank:
            return _blank(_instrument(found, arguments))
        if arguments.check:
            return _check(_instrument(found, arguments), arguments)
        return _serve(found, arguments, argv)
    except (WrongUse, SecurityError, JournalError, AddressTaken) as fault:
        print(fault, file=sys.stderr)
        return 2
    except (ImportError, InstrumentFault, OSError) as fault:
        log.debug("The bridge could not start", exc_info=True)
        said = not_imported(fault) if isinstance(fault, ImportError) else f"{fault}{where(fault)}"
        print(f"The bridge could not start: {said}", file=sys.stderr)
        return 1
    except Exception as fault:
        log.exception("The bridge could not start")
        print(f"The bridge could not start: {type(fault).__name__}: {fault}", file=sys.stderr)
        return 1
