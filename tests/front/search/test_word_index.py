"""The index says where words stand, and is made again only where what can be found has changed."""

from workshop.front.search.index_entries import Entry, Group
from workshop.front.search.word_index import KEPT, IndexStore, SearchIndex
from workshop.platform.db import Words


def entry(title: str, *, file: int | None = None, words: str = "") -> Entry:
    return Entry(Group.PAPERS, Words(en=title), ("file", title), file=file, file_words=words)


def test_words_of_titles_and_of_files_lead_to_their_entries() -> None:
    index = SearchIndex([entry("Migration"), entry("Trade", file=7, words="migration remittances")])
    assert index.with_words({"migration": 8, "trade": 8}) == {0: {"migration"}, 1: {"migration", "trade"}}
    assert index.files_with(["migration", "remittances"]) == [7]
    assert index.files_with(["migration", "unheard"]) == []
    assert "remittances" in index.words


def test_the_words_of_a_file_are_kept_once() -> None:
    one = entry("Trade", file=7, words="migration remittances")
    SearchIndex([one])
    assert one.file_words == ""


def test_an_index_is_made_once_for_each_state_and_old_ones_go() -> None:
    store, made = IndexStore(), []

    def make() -> list[Entry]:
        made.append(1)
        return [entry("Migration")]

    first = store.get(("public", 1, 1), make)
    assert store.get(("public", 1, 1), make) is first
    assert store.get(("public", 1, 2), make) is not first
    assert len(made) == 2
    for number in range(KEPT):
        store.get(("public", 2, number), make)
    assert store.get(("public", 1, 1), make) is not first
