"""Whatever is merged, taken out and taken back: every point stays, once, as it was typed."""

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import factories as make
from tests.budget import examples
from workshop.deliberation.capture.models import Point, PointKind
from workshop.deliberation.merging import rules
from workshop.deliberation.merging.similar_points import suggestions
from workshop.platform.errors import RuleBroken


def points(*texts: str, **but: object) -> dict[int, Point]:
    found = {}
    for number, text in enumerate(texts, 1):
        found[number] = make.point(number, text=text, **but)
        found[number].id = number
    return found


@pytest.mark.on_one_database("plain sets")
@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sets(st.integers(1, 8), min_size=1, max_size=4)), max_size=12))
def test_no_merge_loses_or_doubles_a_point(acts: list[tuple[bool, set[int]]]) -> None:
    noted = points(*"abcdefgh")
    clusters: rules.Clusters = []
    for merges, ids in acts:
        if merges:
            try:
                whole = rules.merge([noted[id] for id in ids], clusters, noted, "")
            except RuleBroken:
                continue
            clusters = rules.after_merge(clusters, whole)
        else:
            clusters = rules.after_taking_out(clusters, min(ids))
        shown = [point.id for entry in rules.entries(noted.values(), clusters) for point in entry.points]
        assert sorted(shown) == sorted(noted)
        assert all(len(each) > 1 for each in clusters)


def test_voices_of_a_cluster_are_not_added_up(app: Flask) -> None:
    noted = points("a", "b")
    noted[1].voices, noted[2].voices = 4, 3
    (entry,) = rules.entries(noted.values(), [{1, 2}])
    assert entry.voices == 4


def test_a_minority_view_is_merged_with_others_only_with_a_reason(app: Flask) -> None:
    noted = points("a", "b")
    noted[2].kind = PointKind.DISAGREEMENT
    with pytest.raises(RuleBroken, match="reason"):
        rules.merge(list(noted.values()), [], noted, " ")
    assert rules.merge(list(noted.values()), [], noted, "The speaker said so.") == {1, 2}


def test_what_is_struck_or_merged_or_alone_is_not_merged(app: Flask) -> None:
    noted = points("a", "b")
    for chosen, clusters in (([noted[1]], []), (list(noted.values()), [{1, 2}])):
        with pytest.raises(RuleBroken):
            rules.merge(chosen, clusters, noted, "")
    noted[2].struck_at = make.NOON
    with pytest.raises(RuleBroken, match="struck"):
        rules.merge(list(noted.values()), [], noted, "")


@pytest.mark.parametrize(
    ("language", "one", "other", "apart"),
    [
        (
            "en",
            "Registries of diaspora associations are missing.",
            "There is no registry of the diaspora association.",
            "Fees for transfers are too high.",
        ),
        (
            "fr",
            "Les registres des associations de la diaspora manquent.",
            "Il n’y a pas de registre des associations de diaspora.",
            "Les frais de transfert sont trop élevés.",
        ),
        (
            "ar",
            "لا توجد سجلات لجمعيات المغتربين.",
            "سجلات جمعيات المغتربين غير متاحة.",
            "رسوم التحويل مرتفعة جدا.",
        ),
    ],
)
def test_points_that_use_the_same_words_are_suggested(
    app: Flask, language: str, one: str, other: str, apart: str
) -> None:
    noted = points(one, other, apart, language=language)
    found = suggestions(list(noted.values()), [])
    assert [(a.id, b.id) for a, b in found] == [(1, 2)]
    assert suggestions(list(noted.values()), [{1, 2}]) == []
