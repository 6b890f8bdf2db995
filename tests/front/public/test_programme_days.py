from workshop.front.public import people_list, programme_days

A_SESSION = {
    "id": 1,
    "number": 1,
    "title": {"en": "One"},
    "format": "plenary",
    "starts_at": "2026-03-02T22:30:00+00:00",
    "ends_at": "2026-03-02T23:30:00+00:00",
    "people": [],
    "items": [],
}


def test_days_are_those_of_the_place():
    [(day, _blocks)] = programme_days.days([A_SESSION], [], [], zone="Pacific/Auckland")
    assert str(day) == "2026-03-03"


def test_sessions_of_a_day_are_in_order_of_time():
    earlier = A_SESSION | {"id": 2, "number": 2, "starts_at": "2026-03-02T08:00:00+00:00"}
    [(_day, blocks)] = programme_days.days([A_SESSION, earlier], [], [], zone="UTC")
    assert [block.session["number"] for block in blocks] == [2, 1]


def test_what_has_no_time_comes_last():
    open_one = A_SESSION | {"id": 3, "number": 0, "starts_at": None, "ends_at": None}
    days = programme_days.days([open_one, A_SESSION], [], [], zone="UTC")
    assert [day for day, _ in days][-1] is None


def test_people_are_listed_once_with_every_appearance():
    who = {"id": 7, "name": "Ines Synthetic", "family_name": "Synthetic", "part": "speaker"}
    twice = [A_SESSION | {"people": [who]}, A_SESSION | {"number": 2, "people": [who | {"part": "chair"}]}]
    [one] = people_list.people(twice, [], "en")
    assert [session["number"] for _, session in one.appearances] == [1, 2]
