"""A house that answers under a second name, as in a school, and whose network can be cut.

"No network" is a server that is not there.
"""

import base64
import hashlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser

from tests.journeys.conftest import ARGUMENTS, PATIENCE, House, command, free_port

NAME = "yanxiu.school.test"


@dataclass
class Door:
    """The second door of a house, which can be shut and opened again."""

    house: House
    port: int
    certificate: Path | None
    demo: bool = True
    server: subprocess.Popen[str] | None = None

    def opens(self) -> None:
        """Serve, and wait until somebody answers."""
        words = ["--port", str(self.port), "--public-url", self.house.url, "--workers", "1"]
        if self.certificate:
            key = self.certificate.with_name("key.pem")
            words += ["--tls-cert", str(self.certificate), "--tls-key", str(key)]
        self.server = command(
            "serve", *words, data=self.house.data, demo=self.demo, url=self.house.url
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.server.poll() is None, self.server.stdout and self.server.stdout.read()
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=5):
                return
            time.sleep(0.2)
        pytest.fail("the server did not answer in time")

    def shuts(self) -> None:
        """Be gone, as a network is."""
        if self.server:
            self.server.terminate()
            try:
                self.server.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                self.server.kill()
        self.server = None


@contextmanager
def second_door(house: House, folder: Path | None, *, demo: bool = True) -> Iterator[Door]:
    """Serve the house under NAME; with a throw-away certificate if there is a `folder`."""
    port = free_port()
    url = f"{'https' if folder else 'http'}://{NAME}:{port}"
    certificate = folder / "cert.pem" if folder else None
    door = Door(House(url, house.data, house.logins), port, certificate, demo)
    door.opens()
    try:
        yield door
    finally:
        door.shuts()


def make_certificate(folder: Path) -> Path:
    """Put a throw-away certificate for NAME into `folder`, and return that."""
    leaf = trustme.CA().issue_cert(NAME)
    leaf.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    leaf.private_key_pem.write_to_path(folder / "key.pem")
    return folder


@contextmanager
def browsing_from_afar(certificate: Path, browser: Browser) -> Iterator[Browser]:
    """Open a browser that knows NAME and trusts its certificate.

    Trust has to be the network's own: with errors merely ignored, Chromium allows no service
    worker.
    """
    leaf = x509.load_pem_x509_certificate((certificate / "cert.pem").read_bytes())
    spki = leaf.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pin = base64.b64encode(hashlib.sha256(spki).digest()).decode()
    far = browser.browser_type.launch(
        executable_path=shutil.which("chromium"),
        args=[
            *ARGUMENTS,
            f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
            f"--ignore-certificate-errors-spki-list={pin}",
        ],
    )
    try:
        yield far
    finally:
        far.close()


class WithoutNetwork(list[str]):
    """The faults of a page whose network is gone: that the browser notes each try is none."""

    def append(self, text: str) -> None:
        """Keep what is a fault of ours."""
        if "net::ERR_" not in text:
            super().append(text)
