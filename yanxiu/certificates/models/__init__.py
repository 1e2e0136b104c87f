"""Certificates, and what other systems have registered."""

from yanxiu.certificates.models.certificates import (
    Certificate,
    CertificatesStay,
    grouped,
    number_text,
)
from yanxiu.certificates.models.registers import (
    OwnRegister,
    Registered,
    RegisterImport,
    RegisterRow,
)

__all__ = [
    "Certificate",
    "CertificatesStay",
    "OwnRegister",
    "RegisterImport",
    "RegisterRow",
    "Registered",
    "grouped",
    "number_text",
]
