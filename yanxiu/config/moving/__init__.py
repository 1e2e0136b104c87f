"""搬家: a school leaves one installation as an archive and arrives in another.

The archive is a ZIP: `manifest.json`, one file of JSON lines a model, and the attached files by
content. A row names another by uid, or by its running number where it has none, never by primary
key, so the same school gives the same lines wherever it stands.
"""

from yanxiu.config.moving.arriving import Arrival, arrive
from yanxiu.config.moving.leaving import Departure, leave

__all__ = ["Arrival", "Departure", "arrive", "leave"]
