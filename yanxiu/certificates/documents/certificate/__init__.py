"""学时证明 on paper: one page that is handed in, and its entries behind it."""

from yanxiu.certificates.documents.certificate.data import content_of
from yanxiu.certificates.documents.certificate.paper import pdf

__all__ = ["content_of", "pdf"]
