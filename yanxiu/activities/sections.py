"""What other apps show on the page of a session: plans talked about, lessons heard, works brought.

They stand above activities and hand their sections in when they are ready.
"""

from yanxiu.activities.models import Session
from yanxiu.people.models import Teacher
from yanxiu.ui.sections import Sections

SECTIONS: Sections[Session, Teacher] = Sections("session")
register = SECTIONS.register
"""Places: preparation 10, lessons 20, works 30."""
filled = SECTIONS.filled
