#!/usr/bin/env python3
"""Writes slots.json: test vectors for open slots, worked out independently of our own code.

Each vector names a zone, hours, rules, taken time, the present and a civil date, and lists every start
that can be booked. Python's zoneinfo decides what a civil time means: a time that does not exist moves
forward by the gap (the offset before the change), a time that comes twice is its first coming (fold 0).
Everything is drawn with a fixed seed. Repeat with: python3 domain/tests/vectors/make.py
"""
import json
import random
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

ZONES = """Europe/Berlin Europe/London Europe/Dublin Europe/Vienna Europe/Lisbon Europe/Helsinki Europe/Chisinau
Europe/Istanbul America/New_York America/Los_Angeles America/St_Johns America/Sao_Paulo America/Santiago America/Havana
America/Asuncion America/Phoenix America/Nuuk Atlantic/Azores Africa/Cairo Africa/Casablanca Africa/Johannesburg
Asia/Kolkata Asia/Kathmandu Asia/Tokyo Asia/Jerusalem Asia/Beirut Asia/Tehran Asia/Gaza Australia/Sydney Australia/Lord_Howe
Australia/Adelaide Australia/Brisbane Pacific/Auckland Pacific/Chatham Pacific/Apia Pacific/Kiritimati Antarctica/Troll
UTC""".split()
UTC = timezone.utc
draw = random.Random(20261120)


def instant(zone, day, minute):
    extra, minute = divmod(minute, 1440)
    local = datetime(day.year, day.month, day.day) + timedelta(days=extra, minutes=minute)
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def local_date(zone, at):
    return at.astimezone(ZoneInfo(zone)).date()


def transitions(zone):
    """Civil dates around which the offset changes, 2026 to 2036."""
    days, day = [], date(2026, 1, 1)
    while day < date(2037, 1, 1):
        here = instant(zone, day, 0).astimezone(ZoneInfo(zone)).utcoffset()
        there = instant(zone, day + timedelta(days=1), 0).astimezone(ZoneInfo(zone)).utcoffset()
        if here != there:
            days.append(day)
        day += timedelta(days=1)
    return days


def open_minutes(calendar, day):
    """The set of open minutes of a civil date."""
    if any(c["first"] <= day.isoformat() <= c["last"] for c in calendar["closures"]):
        return set()
    today = [e for e in calendar["exceptions"] if e["date"] == day.isoformat()]
    if any(not e["open"] and e["hours"] is None for e in today):
        return set()
    special = [e["hours"] for e in today if e["open"]]
    of_day = [p for p in calendar["periods"] if p["weekday"] == day.isoweekday()]
    stretches = special or [(p["starts"], p["ends"]) for p in of_day if not p["is_break"]]
    minutes = {m for start, end in stretches for m in range(start, end)}
    cuts = [] if special else [(p["starts"], p["ends"]) for p in of_day if p["is_break"]]
    cuts += [e["hours"] for e in today if not e["open"]]
    return minutes - {m for start, end in cuts for m in range(start, end)}


def stretches(minutes):
    runs = []
    for minute in sorted(minutes):
        if runs and runs[-1][1] == minute:
            runs[-1][1] = minute + 1
        else:
            runs.append([minute, minute + 1])
    return runs


def parse(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def slots(v):
    zone, rules, day = v["zone"], v["rules"], date.fromisoformat(v["date"])
    now = parse(v["now"])
    ahead = (day - local_date(zone, now)).days
    if not 0 <= ahead <= rules["horizon_days"]:
        return []
    visits = [t for t in v["taken"] if t["visit"] and local_date(zone, parse(t["visit"])) == day]
    if rules["daily_limit"] is not None and len(visits) >= rules["daily_limit"]:
        return []
    found = []
    for start_min, end_min in stretches(open_minutes(v["calendar"], day)):
        closes = instant(zone, day, end_min)
        for minute in range(start_min, end_min, rules["interval"]):
            start = instant(zone, day, minute)
            end = start + timedelta(minutes=rules["duration"])
            begin = start - timedelta(minutes=rules["buffer_before"])
            finish = end + timedelta(minutes=rules["buffer_after"])
            late = start < now + timedelta(minutes=rules["min_notice"])
            busy = any(begin < parse(t["during"]["end"]) and parse(t["during"]["start"]) < finish for t in v["taken"])
            if end <= closes and not late and not busy:
                found.append(start)
    return sorted(set(found))


def words(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def a_calendar(day):
    kind = draw.randrange(4)
    if kind == 0:
        periods = [dict(weekday=w, is_break=False, starts=0, ends=1440) for w in range(1, 8)]
    elif kind == 1:
        periods = [dict(weekday=w, is_break=False, starts=9 * 60, ends=17 * 60) for w in range(1, 8)]
        periods += [dict(weekday=w, is_break=True, starts=12 * 60, ends=12 * 60 + 45) for w in range(1, 8)]
    elif kind == 2:
        periods = [dict(weekday=w, is_break=False, starts=60, ends=5 * 60) for w in range(1, 8)]
        periods += [dict(weekday=w, is_break=False, starts=4 * 60, ends=6 * 60 + 30) for w in range(1, 8)]
    else:
        periods = [dict(weekday=day.isoweekday(), is_break=False, starts=draw.randrange(0, 240), ends=draw.randrange(300, 1441))]
    exceptions, closures = [], []
    roll = draw.randrange(8)
    if roll == 0:
        exceptions.append(dict(date=day.isoformat(), open=True, hours=[90, 240]))
    elif roll == 1:
        exceptions.append(dict(date=day.isoformat(), open=False, hours=[100, 200]))
    elif roll == 2 and draw.randrange(3) == 0:
        exceptions.append(dict(date=day.isoformat(), open=False, hours=None))
    elif roll == 3 and draw.randrange(3) == 0:
        closures.append(dict(first=day.isoformat(), last=(day + timedelta(days=2)).isoformat()))
    return dict(periods=periods, exceptions=exceptions, closures=closures)


def a_vector(zone, day, name):
    rules = dict(
        duration=draw.choice([15, 30, 45, 60, 90, 120, 240]), interval=draw.choice([15, 20, 30, 60]),
        buffer_before=draw.choice([0, 0, 10, 30]), buffer_after=draw.choice([0, 0, 15, 60]),
        min_notice=draw.choice([0, 60, 120, 1440]), horizon_days=draw.choice([7, 30, 60]),
        daily_limit=draw.choice([None, None, None, 1, 2]))
    now = instant(zone, day, draw.randrange(1440)) - timedelta(days=draw.randrange(0, 20))
    taken = []
    for _ in range(draw.randrange(0, 4)):
        start = instant(zone, day, draw.randrange(0, 1380))
        end = start + timedelta(minutes=draw.choice([30, 60, 150]))
        visit = words(start) if draw.randrange(2) else None
        taken.append(dict(during=dict(start=words(start), end=words(end)), visit=visit))
    vector = dict(name=name, zone=zone, now=words(now), date=day.isoformat(), rules=rules, calendar=a_calendar(day), taken=taken)
    vector["starts"] = [words(at) for at in slots(vector)]
    return vector


def main():
    vectors = []
    for zone in ZONES:
        changes = transitions(zone)
        days = [d + timedelta(days=n) for d in draw.sample(changes, min(4, len(changes))) for n in (0, 0, 1)]
        days += [date(2026, 11, 2) + timedelta(days=draw.randrange(3000)) for _ in range(3)]
        for day in days:
            kind = "change of clocks" if day in changes else "ordinary day"
            vectors.append(a_vector(zone, day, f"{zone} {day} ({kind})"))
    path = Path(__file__).with_name("slots.json")
    path.write_text("[\n" + ",\n".join(json.dumps(v, separators=(",", ":")) for v in vectors) + "\n]\n")
    print(f"{len(vectors)} vectors, {sum(len(v['starts']) for v in vectors)} slots")


if __name__ == "__main__":
    main()
