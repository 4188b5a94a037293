#!/usr/bin/env python3
"""Writes recurring.json: one week of hours that comes again every week, followed through the changes of clocks of 2027 and
2028, worked out independently of our own code by the functions of make.py.

The hours are chosen so that every change of the zones below happens inside them: each night from 22:00 on, and from midnight
to 04:30 with a break from 01:15 to 01:45. For every change there are the same weekday a week before and a week after, the
day itself, and its neighbours.

Sources of the changes: the IANA time zone database as Python's zoneinfo reads it (the package tzdata, else the system's),
whose files northamerica, europe, australasia, africa and asia quote the laws:
  Europe/Berlin        Directive 2000/84/EC: last Sunday of March and of October, 01:00 UTC
  America/New_York     Energy Policy Act of 2005, section 110: second Sunday of March, first Sunday of November, 02:00
  America/St_Johns     Standard Time Act of Newfoundland and Labrador as amended in 2011: with New York, half an hour aside
  Australia/Lord_Howe  New South Wales' Standard Time Act 1987: by half an hour only
  Africa/Casablanca    Decree 2-18-855 of 2018: an hour back for Ramadan
  Africa/Cairo         Law 24 of 2023: at midnight, so that a day begins at one o'clock
  America/Santiago     Decree 224 of 2022: at midnight as well
  Asia/Kolkata         no change; half an hour from the others
  Pacific/Apia         none since 2021; and in 2011 the 30th of December was left out
"""
import json
from datetime import date, timedelta
from pathlib import Path

from make import instant, slots, transitions, words

ZONES = """Europe/Berlin America/New_York America/St_Johns Australia/Lord_Howe Africa/Casablanca Africa/Cairo America/Santiago
Asia/Kolkata Pacific/Apia""".split()
# A day without a change, for zones that have none.
ORDINARY = [date(2027, 6, 16)]
SKIPPED = {"Pacific/Apia": [date(2011, 12, 29), date(2011, 12, 30), date(2011, 12, 31)]}
HOURS = [(False, 0, 270), (True, 75, 105), (False, 1320, 1440)]
RULES = [
    dict(duration=30, interval=30, buffer_before=0, buffer_after=0),
    dict(duration=90, interval=15, buffer_before=0, buffer_after=0),
]


def week():
    every = range(1, 8)
    return [dict(weekday=w, is_break=b, starts=s, ends=e) for w in every for b, s, e in HOURS]


def a_vector(zone, day, kind, rules):
    now = words(instant(zone, day, 720) - timedelta(days=20))
    rules = dict(rules, min_notice=0, horizon_days=60, daily_limit=None)
    calendar = dict(periods=week(), exceptions=[], closures=[])
    name = f"{zone} {day} ({kind}), {rules['duration']} minutes"
    vector = dict(name=name, zone=zone, now=now, date=day.isoformat(), rules=rules, calendar=calendar, taken=[])
    vector["starts"] = [words(at) for at in slots(vector)]
    return vector


def main():
    vectors = []
    for zone in ZONES:
        changes = [day for day in transitions(zone) if day.year in (2027, 2028)]
        days = {day: "ordinary day" for day in ORDINARY} if not changes else {}
        days |= {day: "a day that was left out, or beside it" for day in SKIPPED.get(zone, [])}
        for change in changes:
            for away, kind in ((-7, "a week before"), (-1, "the day before"), (1, "the day after"), (7, "a week after")):
                days.setdefault(change + timedelta(days=away), f"{kind} the clocks change")
        days |= {change: "the clocks change" for change in changes}
        vectors += [a_vector(zone, day, kind, rules) for day, kind in sorted(days.items()) for rules in RULES]
    path = Path(__file__).with_name("recurring.json")
    path.write_text("[\n" + ",\n".join(json.dumps(v, separators=(",", ":")) for v in vectors) + "\n]\n")
    print(f"{len(vectors)} vectors, {sum(len(v['starts']) for v in vectors)} slots")


main()
