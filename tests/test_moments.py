"""Days and hours as people say them, said on Tuesday 24 November 2026: read, or asked back, and never guessed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from reviewer.language.moments import Unclear, clock_in, in_full, read_moment, read_promise, zone_of

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=CHICAGO)
MOMENTS = {
    "tomorrow 10am": "2026-11-25T10:00",
    "yesterday 4pm": "2026-11-23T16:00",
    "today at noon": "2026-11-24T12:00",
    "12 March 2026 at 12:30am": "2026-03-12T00:30",
    "27 November 15:00": "2026-11-27T15:00",
    "2026-03-10T10:00": "2026-03-10T10:00",
    "2026-03-10": "2026-03-10",
    "a week ago": "2026-11-17",
    "two weeks ago": "2026-11-10",
    "a fortnight ago": "2026-11-10",
    "in a week": "2026-12-01",
    "in 3 weeks": "2026-12-15",
    "in a month": "2026-12-24",
    "this Friday": "2026-11-27",
    "the day after tomorrow": "2026-11-26",
    "27/11 3pm": "2026-11-27T15:00",
}


@pytest.mark.parametrize("said", MOMENTS)
def test_a_moment_is_read_in_its_zone(said: str) -> None:
    read = read_moment(said, NOW, CHICAGO)
    wanted = MOMENTS[said]
    if "T" in wanted:
        assert read == datetime.fromisoformat(wanted).replace(tzinfo=CHICAGO)
    else:
        assert read == date.fromisoformat(wanted)


UNCLEAR = {
    "Friday 10am": ["2026-11-20", "2026-11-27"],
    "10am": ["2026-11-24", "2026-11-25"],
    "next week": [],
    "last week": [],
    "next month 3pm": [],
    "tomorrow 10": [],
    "tomorrow at 10": [],
    "tomorrow 10am or 2pm": [],
    "tomorrow 10am EST": [],
    "2026-03-20 or 2026-03-21": [],
    "soon": [],
    "25:00 tomorrow": [],
    "tomorrow 13pm": [],
    "next Friday 10am": ["2026-11-27", "2026-12-04"],
    "3/12 at 2pm": ["2026-12-03", "2027-03-12"],
    "the 5th": ["2026-11-05", "2026-12-05"],
    "the 31st": ["2026-10-31", "2026-12-31"],
    "in December": [],
    "mid next week": [],
    "in two or three weeks": [],
    "before Christmas": [],
    "in the new year": [],
}


@pytest.mark.parametrize("said", UNCLEAR)
def test_what_leaves_a_choice_is_asked_back(said: str) -> None:
    with pytest.raises(Unclear) as caught:
        read_moment(said, NOW, CHICAGO)
    assert [day.isoformat() for day in caught.value.choices] == UNCLEAR[said]


PROMISES = {
    "Friday": "2026-11-27",
    "by the end of next week": "2026-12-04",
    "next week": "2026-12-04",
    "two weeks": "2026-12-08",
    "10 business days": "2026-12-08",
    "within a week": "2026-12-01",
    "end of the month": "2026-11-30",
    "before Christmas": "2026-12-24",
    "mid December": "2026-12-20",
    "in December": "2026-12-31",
    "sometime next week": "2026-12-04",
    "in a week or so": "2026-12-01",
    "2-3 weeks": "2026-12-15",
    "by Friday 5pm": "2026-11-27",
    "the 5th": "2026-12-05",
    "25/12": "2026-12-25",
}
VAGUE = ("soon", "Shortly", "in a few days", "within the next few weeks", "in due course", "after the holidays",
         "in the new year", "once everybody has been seen", "ASAP")  # fmt: skip


@pytest.mark.parametrize("said", PROMISES)
def test_a_promise_is_to_come_and_runs_to_its_end(said: str) -> None:
    assert read_promise(said, NOW.date()) == date.fromisoformat(PROMISES[said])


@pytest.mark.parametrize("said", VAGUE)
def test_a_vague_promise_names_no_day(said: str) -> None:
    assert read_promise(said, NOW.date()) is None


@pytest.mark.parametrize(
    "said", ["next Friday", "3/12", "Friday or Monday", "after Friday", "Frday", "in 20 or so", ""]
)
def test_a_promise_that_leaves_a_choice_or_is_not_understood_is_asked_back(said: str) -> None:
    with pytest.raises(Unclear):
        read_promise(said, NOW.date())


def test_hours_zones_and_days_in_full() -> None:
    assert clock_in("Friday at 10:30 am, room 4") == "at 10:30 am" and clock_in("Friday") == ""
    assert in_full(datetime(2026, 3, 10, 10, tzinfo=CHICAGO)) == "Tuesday 10 March 2026, 10:00 CDT"
    assert in_full(datetime(2026, 3, 6, 10, tzinfo=CHICAGO)) == "Friday 6 March 2026, 10:00 CST"
    with pytest.raises(Unclear, match="no time zone is called so"):
        zone_of("Chicago")
