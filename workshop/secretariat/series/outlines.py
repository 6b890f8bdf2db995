"""What a workshop can begin from: a sequence of sessions that such meetings have, to be filled and changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from workshop.platform.db import Words

from .models import MeetingMode, Stage


@dataclass(frozen=True)
class OutlineSession:
    """One session: on which day (from 1), from when ("09:30"), for how many minutes, with how many break-out groups.

    `format` is the value of a session's format, which a later package knows.
    """

    day: int
    start: str
    minutes: int
    format: str
    title: Words
    groups: int = 0


@dataclass(frozen=True)
class Outline:
    """A kind of meeting. `stages` says when each stage is due, in days from the first day."""

    key: str
    title: Words
    description: Words
    days: int
    mode: MeetingMode
    sessions: tuple[OutlineSession, ...]
    stages: Mapping[Stage, int]

    def title_in(self, language: str) -> str:
        return self.title.in_(language, "en")[0]


@cache
def outlines() -> dict[str, Outline]:
    """Every outline by its key, in the order in which they are offered."""
    read = yaml.safe_load(Path(__file__).with_name("outlines.yaml").read_text(encoding="utf-8"))
    titles = {key: Words(title) for key, title in read["titles"].items()}
    return {key: outline_of(key, entry, titles) for key, entry in read["outlines"].items()}


def outline_of(key: str, entry: Mapping[str, Any], titles: Mapping[str, Words]) -> Outline:
    return Outline(
        key=key,
        title=Words(entry["title"]),
        description=Words(entry["description"]),
        days=entry["days"],
        mode=MeetingMode(entry.get("mode", "on_record")),
        sessions=tuple(
            OutlineSession(day, start, minutes, format, titles[title], *groups)
            for day, start, minutes, format, title, *groups in entry["sessions"]
        ),
        stages={Stage(stage): days for stage, days in entry["stages"].items()},
    )
