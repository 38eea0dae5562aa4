"""Programme: which scene a screen shows that follows its track."""

from __future__ import annotations

from enum import StrEnum

from facilitate.domain.ballots import BallotState
from facilitate.domain.chair import ItemPhase, ItemStep, TrackState
from facilitate.domain.programme import ItemKind, Phase


class Scene(StrEnum):
    """What a screen shows."""

    HOLDING = "holding"
    RUNNING_ORDER = "running-order"
    PASSAGE = "passage"
    WALL = "wall"
    ROOM = "room"
    THEMES = "themes"
    BALLOT = "ballot"
    RESULT = "result"


_SCENES = {
    (ItemKind.ROUND, ItemPhase.WAITING): Scene.PASSAGE,
    (ItemKind.ROUND, ItemPhase.RUNNING): Scene.ROOM,
    (ItemKind.ROUND, ItemPhase.OVER): Scene.WALL,
    (ItemKind.THEMES, ItemPhase.WAITING): Scene.WALL,
    (ItemKind.THEMES, ItemPhase.RUNNING): Scene.WALL,
    (ItemKind.THEMES, ItemPhase.OVER): Scene.THEMES,
}

# What was taken back or does not count was seen all the same, and the room is told so.
_UNSEEN = (BallotState.DRAFT,)


def scene_for(track: TrackState) -> Scene:
    """What a screen that follows the track shows.

    While tables talk the room is shown by numbers only: the points of others would steer a table that has
    not spoken yet. The wall with its words comes when the round is over. A result is shown once published.
    """
    item = track.current
    if track.phase is not Phase.HALL:
        return Scene.HOLDING
    if item is None:
        return Scene.RUNNING_ORDER if track.following else Scene.HOLDING
    return _ballot_scene(item) or _SCENES.get((item.kind, item.phase), Scene.RUNNING_ORDER)


def _ballot_scene(item: ItemStep) -> Scene | None:
    """The last ballot that the room has seen; before the first one, its passage."""
    seen = [ballot.state for ballot in item.ballots if ballot.state not in _UNSEEN]
    if seen:
        return Scene.RESULT if seen[-1] is BallotState.PUBLISHED else Scene.BALLOT
    return Scene.PASSAGE if item.kind is ItemKind.BALLOT else None
