"""How long the bridge takes beyond the exposure itself, over loopback: ``python3 bench.py [--rounds N]``.

Starts the real server as a process of its own with the simulated instrument, whose read-out time is set to nothing, and
asks it as a client does. Prints medians, the 95th percentile and their ratio to the goal; ends with 1 over a goal.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import zlib

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


class Client:
    """One connection, one write a request, and nothing between it and the socket."""

    def __init__(self, address, token):
        host, port = address.split("//")[1].rsplit(":", 1)
        self._socket = socket.create_connection((host, int(port)))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = f"Host: {host}\r\nAuthorization: Bearer {token}\r\n"
        self.session = ""

    def ask(self, method, path, body=None):
        data = b"" if body is None else json.dumps(body).encode()
        head = (f"{method} {path} HTTP/1.1\r\n{self._head}Dkl-Session: {self.session}\r\n"
                f"Content-Length: {len(data)}\r\n\r\n")
        self._socket.sendall(head.encode() + data)
        buffer = bytearray()
        while b"\r\n\r\n" not in buffer:
            buffer += self._receive()
        head, _, rest = bytes(buffer).partition(b"\r\n\r\n")
        headers = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
        rest = bytearray(rest)
        while len(rest) < int(headers[b"Content-Length"]):
            rest += self._receive()
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(rest.decode())
        if b"Dkl-Crc32" in headers and int(headers[b"Dkl-Crc32"], 16) != zlib.crc32(rest):
            raise RuntimeError("The checksum is wrong.")
        return rest

    def _receive(self):
        data = self._socket.recv(1 << 20)
        if not data:
            raise RuntimeError("The bridge hung up.")
        return data


def serve(folder, data):
    token, address = os.path.join(folder, "token"), os.path.join(folder, "address")
    process = subprocess.Popen(
        [sys.executable, "-m", "dkl_bridge", "--instrument", "simulated", "--data", data, "--no-noise",
         "--read-out", "0", "--token-file", token, "--make-token", "--port", "0", "--address-file", address,
         "--journal", os.path.join(folder, f"journal-{os.path.basename(data)}"), "--log-level", "warning"],
        cwd=HERE, stdout=subprocess.DEVNULL)
    while not os.path.exists(address):
        if process.poll() is not None:
            raise RuntimeError("The bridge did not start.")
        time.sleep(0.02)
    with open(address, encoding="ascii") as file, open(token, encoding="ascii") as secret:
        client = Client(file.read().strip(), secret.read().strip())
    os.unlink(address)
    opened = client.ask("POST", "/v1/session", {"client": "bench", "heartbeat_s": 60})
    client.session = json.loads(opened)["session"]
    return process, client


def expose(client, number, detector, dwell_s):
    """Seconds beyond the dwell, from sending the request to having the frame."""
    began = time.perf_counter()
    client.ask("POST", "/v1/exposures", {"request": f"e{number}", "permit": number, "detector": detector,
                                         "dwell_s": dwell_s, "longest_s": 5})
    client.ask("GET", f"/v1/exposures/e{number}/frame")
    return time.perf_counter() - began - dwell_s


def survey(client, number, size):
    """Seconds beyond the scan, whose pixels take 0.2 us each."""
    began = time.perf_counter()
    client.ask("POST", "/v1/surveys", {"request": f"s{number}", "permit": number, "channel": "HAADF", "rows": size,
                                       "columns": size, "dwell_s": 2e-7, "longest_s": 5})
    return time.perf_counter() - began - size * size * 2e-7


def sync(folder):
    """Seconds that the disk takes for the journal's intent, which is on the way of every exposure."""
    time.sleep(0.01)
    file = os.open(os.path.join(folder, "synced"), os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    began = time.perf_counter()
    os.write(file, b"x" * 100)
    getattr(os, "fdatasync", os.fsync)(file)
    seconds = time.perf_counter() - began
    os.close(file)
    return seconds


def tell(what, seconds, goal_ms):
    seconds = sorted(seconds)
    median, late = statistics.median(seconds) * 1000, seconds[int(len(seconds) * 0.95)] * 1000
    goal = "" if goal_ms is None else f"   goal {goal_ms:4.0f} ms   ratio {median / goal_ms:4.2f}"
    print(f"{what:42} median {median:6.2f} ms   p95 {late:6.2f} ms{goal}", flush=True)
    return goal_ms is None or median <= goal_ms


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--dwell", type=float, default=0.01, metavar="S")
    parser.add_argument("--folder", help="where the journal lies, to see what another disk makes of it")
    arguments = parser.parse_args()
    reached = True
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        tell("the disk: a line written and synced", [sync(folder) for _ in range(max(10, arguments.rounds // 3))], None)
        random = np.random.default_rng(1)
        cases = (("2,048-channel spectrum: expose, frame", "eels", (16, 16, 2048), 2),
                 ("256 x 256 float32 pattern: expose, frame", "camera", (16, 16, 256, 256), 4))
        for what, detector, shape, goal_ms in cases:
            data = os.path.join(folder, f"{detector}.npz")
            np.savez(data, image=random.random(shape[:2]), frames=random.random(shape, np.float32) * 100)
            process, client = serve(folder, data)
            try:
                for number in range(1, 21):
                    expose(client, number, detector, arguments.dwell)
                rounds = range(21, 21 + arguments.rounds)
                reached &= tell(what, [expose(client, number, detector, arguments.dwell) for number in rounds], goal_ms)
                if detector == "eels":
                    times = [survey(client, number, 512) for number in range(10_000, 10_000 + arguments.rounds // 10)]
                    reached &= tell("512 x 512 survey", times, 20)
                    times = []
                    for _ in range(arguments.rounds):
                        began = time.perf_counter()
                        client.ask("POST", "/v1/heartbeat", {})
                        times.append(time.perf_counter() - began)
                    tell("heartbeat", times, None)
            finally:
                process.terminate()
                process.wait(10)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
