"""The house: wings in the order of a workshop's life. Each package may use what stands before it, never what comes after.

A wing lists its `PACKAGES` in order. A package names its `SCREENS`, the modules that hold pages and join its blueprint,
in `TASKS` those that only do what follows a commit, and in `ANSWERS` those that only answer earlier packages.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module

from flask import Blueprint

WINGS = ("platform", "secretariat", "programme", "participation", "consultation", "deliberation", "follow_up", "front")


def packages() -> list[str]:
    """Every package with a wing of its own before it, in order: "secretariat.accounts" comes first."""
    return [f"{wing}.{name}" for wing in WINGS[1:] for name in import_module(f"workshop.{wing}").PACKAGES]


@cache
def place(module: str) -> int:
    """How far back in the house a module of this name stands; what stands in no wing comes last."""
    known = packages()
    name = ".".join(module.split(".")[1:3])
    return known.index(name) if name in known else len(known)


def blueprints() -> Iterator[Blueprint]:
    """The blueprint of each package that has pages, once all its modules have joined it."""
    for name in packages():
        package = import_module(f"workshop.{name}")
        for module in (module for kind in ("SCREENS", "TASKS", "ANSWERS") for module in getattr(package, kind, ())):
            import_module(f"workshop.{name}.{module}")
        if hasattr(package, "bp"):
            yield package.bp
