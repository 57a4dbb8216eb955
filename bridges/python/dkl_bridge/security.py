"""The token, TLS, and where a bridge may listen without it."""

import hmac
import ipaddress
import os
import socket
import ssl
import stat

LEAST_TOKEN, MOST_TOKEN = 32, 512


class SecurityError(Exception):
    """What a person has to put right before the bridge listens."""


class Token:
    """Read from a file that only its owner can read. It is compared in constant time, and never shown."""

    def __init__(self, path):
        try:
            with open(path, "rb") as file:
                if os.name != "nt" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                    raise SecurityError(f"{path}: others than its owner may read or write it; chmod 600 {path}.")
                text = file.read(MOST_TOKEN + 3).strip()
        except OSError as fault:
            raise SecurityError(f"{path}: {fault.strerror}. --make-token makes a token file.") from None
        if not LEAST_TOKEN <= len(text) <= MOST_TOKEN or not all(0x21 <= byte <= 0x7e for byte in text):
            raise SecurityError(f"{path}: a token has {LEAST_TOKEN} to {MOST_TOKEN} printable ASCII characters.")
        self._text = text

    def matches(self, authorization):
        """Whether an Authorization header's value (bytes, or None) carries the token."""
        scheme, _, text = (authorization or b"").partition(b" ")
        return hmac.compare_digest(text.strip(), self._text) and scheme.lower() == b"bearer"


def is_loopback(host):
    """Whether everything that a host name stands for is this computer itself."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except OSError as fault:
        raise SecurityError(f"{host}: {fault}") from None
    return all(ipaddress.ip_address(address.partition("%")[0]).is_loopback for address in found)


def tls_context(certificate, key, host):
    """The TLS to listen with, or None on a loopback address that has none."""
    if bool(certificate) != bool(key):
        raise SecurityError("TLS takes both --certificate and --key.")
    if not certificate:
        if not is_loopback(host):
            raise SecurityError(f"{host} is no loopback address: a bridge listens there with --certificate and --key "
                                "only, since the token would cross the network in clear text.")
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as fault:
        raise SecurityError(f"{certificate}, {key}: {fault}") from None
    return context
