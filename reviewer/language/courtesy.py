"""What a good follow-up does: thanks, asks where things stand, offers more, points to the next step.

Sources: 000.3, 000.4, 001.5, 001.12, 002.13, 003.2, 004.12.
"""

from reviewer.language.acts import Act, readings
from reviewer.message import Message

__all__ = ["shows"]

_ENOUGH = {Act.THANKS: 0.15, Act.NEWS: 0.25}
_LIKELY = 0.12


def shows(message: Message, *acts: Act) -> bool:
    """Whether some sentence does one of these, as far as one can tell; in doubt it does: an absence wants proof."""
    return any(reading[act] >= _ENOUGH.get(act, _LIKELY) for reading in readings(message) for act in acts)
