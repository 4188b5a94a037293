#!/usr/bin/env python3
"""Writes list.csv: public holidays of the countries of the demo, for the coming years.

Source: the Python package `holidays` (MIT licence), which works them out from the laws of each country. A region's list is
the country's (rows of `DE`) and its own (rows of `DE-BY`). Days that are kept only because they fall on another day
("observed") are in it, for businesses are closed on them. Repeat with: pip install holidays, then
python3 domain/src/availability/holidays/make.py
"""
from pathlib import Path

import holidays

YEARS = range(2026, 2032)
LANGUAGE = {"DE": "en_US", "AT": "en_US", "GB": "en_GB", "IE": "en_IE", "US": "en_US", "PT": "en_US"}
REGIONS = {
    "DE": ["BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"],
    "GB": ["ENG", "NIR", "SCT", "WLS"],
}


def days(country, region=None):
    found = holidays.country_holidays(country, subdiv=region, years=YEARS, language=LANGUAGE[country])
    return {(day.isoformat(), name) for day, name in found.items()}


def main():
    rows = []
    for country in LANGUAGE:
        everywhere = days(country)
        rows += [(country, *row) for row in everywhere]
        for region in REGIONS.get(country, []):
            rows += [(f"{country}-{region}", *row) for row in days(country, region) - everywhere]
    head = [
        "# Public holidays, made by make.py from the Python package `holidays` " + holidays.__version__ + " (MIT licence).",
        "region,date,name",
    ]
    lines = [f"{region},{day},{name.replace(',', ';')}" for region, day, name in sorted(rows)]
    Path(__file__).with_name("list.csv").write_text("\n".join(head + lines) + "\n")
    print(f"{len(lines)} holidays")


main()
