"""Clears away the files that nobody names any more, and those that nobody finished."""

from __future__ import annotations

from dataclasses import dataclass

from server.front_door import settings
from server.photos.arrival import ARRIVING, clear_unfinished
from server.photos.files import PhotoFiles
from server.photos.sweep import sweep_photos
from server.voice.clips import Clips
from server.voice.sweep import sweep_clips


@dataclass(frozen=True)
class Swept:
    photos: int
    clips: int
    unfinished: int


def sweep() -> Swept:
    """Delete unnamed photos and clips that came more than 90 days ago, and pieces of photos of which nothing came for
    14 days; how many of each. Raises UnavailableError; the next time goes on from there."""
    files, clips = PhotoFiles.configured(), Clips.configured()
    unfinished = files.store.clear_unfinished() + clips.store.clear_unfinished()
    unfinished += clear_unfinished(settings().data_dir / ARRIVING)
    return Swept(sweep_photos(files), sweep_clips(clips), unfinished)
