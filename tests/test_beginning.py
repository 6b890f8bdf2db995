"""How a process begins: what it does not load, and addresses whose links are written when they are first made."""

import gc
import sys

from flask import Flask
from werkzeug.routing import Rule

from workshop.beginning import Address, nothing_to_collect, without


def test_what_is_hidden_is_not_found_and_afterwards_it_is() -> None:
    sys.modules.pop("this", None)
    with without("this", "json"):
        try:
            import this  # noqa: F401
        except ImportError:
            found = False
        else:
            found = True
        import json  # it was loaded already
    assert not found
    assert json.loads("1") == 1
    assert "this" not in sys.modules


def test_links_are_those_of_the_library(app: Flask) -> None:
    """Some addresses of the program, with and without something that is in no place of them, twice."""
    rules = [rule for rule in app.url_map.iter_rules() if isinstance(rule, Address)]
    assert len(rules) > 500
    for rule in rules[::20]:
        plain = Rule(rule.rule, endpoint="x", defaults=rule.defaults)
        Flask("x").url_map.add(plain)
        plain.map.converters.update(app.url_map.converters)
        values = {
            name: 7 if "int" in type(rule._converters[name]).__name__.lower() else "a b" for name in rule.arguments
        }
        for more in ({}, {"page": "2 é"}):
            for unknown in (True, False):
                built = plain.build(values | more, append_unknown=unknown)
                assert rule.build(values | more, append_unknown=unknown) == built
                assert rule.build(values | more, append_unknown=unknown) == built


def test_a_link_is_written_with_the_first(app: Flask) -> None:
    rule = Address("/late/<name>", endpoint="late")
    Flask("x").url_map.add(rule)
    before = rule._build
    assert rule.build({"name": "a"}, append_unknown=False) == ("", "/late/a")
    assert rule._build is not before
    assert rule._build.__code__.co_filename == "<werkzeug routing>"


def test_what_others_have_frozen_stays_so() -> None:
    frozen = gc.get_freeze_count()
    gc.freeze()
    try:
        held = gc.get_freeze_count()
        with nothing_to_collect():
            assert not gc.isenabled()
        assert gc.isenabled()
        assert gc.get_freeze_count() == held > 0
    finally:
        if not frozen:
            gc.unfreeze()
