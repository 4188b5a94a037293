#!/usr/bin/env python3
"""Writes recurrence.json: calendars with recurring events and when they make somebody busy, worked out by python-dateutil.

Times that do not exist move forward by the gap, times that come twice are their first coming (fold 0). Everything is
drawn with a fixed seed. Repeat with: python3 domain/tests/vectors/recurrence.py
"""
import json
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil import rrule

DRAWN = random.Random(2026)
ZONES = ["Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Cairo", "UTC"]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def instant(local, zone):
    return int(local.replace(tzinfo=zone, fold=0).astimezone(timezone.utc).timestamp())


def some(values, most):
    return sorted(DRAWN.sample(values, DRAWN.randint(1, most)))


def rule():
    freq = DRAWN.choice(["DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"])
    parts = [f"FREQ={freq}"]
    if DRAWN.random() < 0.5:
        parts.append(f"INTERVAL={DRAWN.randint(1, 4)}")
    weekdays = DRAWN.random() < 0.5
    if weekdays:
        numbered = freq in ("MONTHLY", "YEARLY") and DRAWN.random() < 0.5
        days = DRAWN.sample(DAYS, DRAWN.randint(1, 3))
        number = (lambda: DRAWN.choice(["1", "2", "-1", "3", "-2"])) if numbered else (lambda: "")
        parts.append("BYDAY=" + ",".join(number() + day for day in days))
    if freq in ("MONTHLY", "YEARLY", "DAILY") and DRAWN.random() < 0.4:
        parts.append("BYMONTHDAY=" + ",".join(map(str, some([1, 2, 13, 15, 28, 29, 30, 31, -1, -5], 4))))
    if DRAWN.random() < (0.5 if freq == "YEARLY" else 0.15):
        parts.append("BYMONTH=" + ",".join(map(str, some(range(1, 13), 5))))
    if weekdays and freq in ("MONTHLY", "YEARLY", "WEEKLY") and DRAWN.random() < 0.3:
        parts.append(f"BYSETPOS={DRAWN.choice(['1', '-1', '2', '1,-1'])}")
    if freq == "WEEKLY" and DRAWN.random() < 0.3:
        parts.append(f"WKST={DRAWN.choice(DAYS)}")
    return parts


def vector():
    name = DRAWN.choice(ZONES)
    zone = ZoneInfo(name)
    start = datetime(2019, 1, 1) + timedelta(days=DRAWN.randint(0, 2900), minutes=5 * DRAWN.randint(0, 287))
    window = datetime(2026, DRAWN.randint(1, 12), DRAWN.randint(1, 28), tzinfo=timezone.utc)
    frm, to = int(window.timestamp()), int((window + timedelta(days=90)).timestamp())
    parts = rule()
    minutes = DRAWN.choice([15, 30, 45, 90])
    limit, text = None, ";".join(parts)
    end = DRAWN.random()
    if end < 0.25:
        parts.append(f"COUNT={DRAWN.randint(1, 900)}")
        text = ";".join(parts)
    elif end < 0.5:
        until = start + timedelta(days=DRAWN.randint(0, 3000))
        limit = instant(until, zone)
        stamp = datetime.fromtimestamp(limit, timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        text += f";UNTIL={stamp}"
    dates = [start]
    for date in rrule.rrulestr(";".join(parts), dtstart=start):
        if instant(date, zone) > to or (limit is not None and instant(date, zone) > limit):
            break
        dates.append(date)
    starts = {instant(date, zone) for date in dates}
    spans = sorted((at, at + 60 * minutes) for at in starts if at < to and at + 60 * minutes > frm)
    busy = []
    for a, b in spans:
        a, b = max(a, frm), min(b, to)
        if busy and a <= busy[-1][1]:
            busy[-1][1] = max(b, busy[-1][1])
        else:
            busy.append([a, b])
    stamp = "%Y%m%dT%H%M%S"
    first = f"DTSTART:{start.strftime(stamp)}Z" if name == "UTC" else f"DTSTART;TZID={name}:{start.strftime(stamp)}"
    return {"event": f"{first}\r\nDURATION:PT{minutes}M\r\nRRULE:{text}", "from": frm, "to": to, "busy": busy}


vectors = [vector() for _ in range(400)]
lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in vectors)
Path(__file__).with_suffix(".json").write_text(f"[\n{lines}\n]\n")
