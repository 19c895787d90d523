"""Who takes part in what a trigger tells, whatever its type: the rules of each type stand in a module of its own."""

from transforms.events.arguments import Filled, Scene
from transforms.events.ceasefires import fill as of_ceasefire
from transforms.events.meetings import fill as of_meeting
from transforms.events.reading import Reading
from transforms.events.sanctions import fill as of_sanctions
from transforms.events.triggers import Found
from transforms.vocabulary import EventType

_FILL = {EventType.MEETING: of_meeting, EventType.CEASEFIRE: of_ceasefire, EventType.SANCTIONS: of_sanctions}


def fill(found: Found, reading: Reading, scene: Scene) -> list[Filled]:
    """The parties to one stage that a trigger tells, as far as its sentence gives them."""
    return _FILL[found.trigger.type](found, reading, scene)
