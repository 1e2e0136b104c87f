"""通知: a notice of a school on the page of GB/T 9704."""

from yanxiu.reports.documents.letter.filling import content_of, file_name, lacking, word_of
from yanxiu.reports.documents.letter.prefilling import Beginning, begun_from

__all__ = ["Beginning", "begun_from", "content_of", "file_name", "lacking", "word_of"]
