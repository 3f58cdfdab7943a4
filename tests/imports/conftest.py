"""Folders of line lists, small ones, written by the tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

# A visit of twenty minutes with one dose of everything, as a spreadsheet would save it.
FILES = {
    "people.csv": """\
        id,handle,registered_at
        p1,Grey Heron,2026-03-03 09:00
        p2,Île aux Oies,2026-03-03 09:00
    """,
    "visits.csv": """\
        id,person,arrived_at,place,seated_at,aftercare_at,left_at,left_before_service,left_reason
        v1,p1,2026-03-03 09:00,3,2026-03-03 09:05,2026-03-03 09:20,2026-03-03 10:00,,
        v2,,2026-03-03 09:10,,,,2026-03-03 09:40,yes,wait
    """,
    "consumptions.csv": """\
        visit,episode,substance,route,place,seated_at
        v1,,down,inject,,
        v1,2,crack,smoke,X,2026-03-03 09:30
    """,
    "responses.csv": """\
        id,visit,recognised_at,place,closed_at,outcome,pathway,note
        r1,v1,2026-03-03 09:08,3,2026-03-03 09:20,recovered,opioid,quiet afterwards
    """,
    "steps.csv": """\
        response,kind,happened_at,device,litres_per_minute,micrograms,route,spo2,temperature
        r1,oxygen,2026-03-03 09:09,bag_valve_mask,15,,,,
        r1,naloxone,2026-03-03 09:11,,,400,intramuscular,,
        r1,vitals,2026-03-03 09:13,,,,,91,36.6
    """,
    "referrals.csv": """\
        id,visit,response,service,offered_at,accepted_at,made_at,how,note
        f1,v1,r1,methadone,2026-03-03 09:50,2026-03-03 09:51,2026-03-03 09:55,phone,
    """,
    "supplies.csv": """\
        id,visit,happened_at,kind,item,kit,count,method,grams,form,reason,trained,pick_up,litres,note
        x1,v1,2026-03-03 09:58,given,needle_1ml,,20,,,,,,,,
        x2,v1,2026-03-03 09:58,kit,,injection_kit,2,,,,,,,,
        x3,v1,2026-03-03 09:58,returned,,,30,said,,,,,,,a full bag
        x4,,2026-03-03 11:00,returned,,,,weight,500,,,,,,
        x5,v1,2026-03-03 09:59,naloxone_kit,,,1,,,nasal,first,yes,,,
        x6,,2026-03-03 12:00,pick_up,,,7,,,,,,public,,
        x7,,2026-03-03 12:30,pick_up,,,,,,,,,bin_emptied,20,
    """,
    "services.csv": """\
        id,visit,person,happened_at,kind,attending,topic,result_given,expected,strips,found,did,note
        t1,v1,,2026-03-03 09:52,wound_care,,,no,,,,,clean
        t2,,p1,2026-03-03 11:00,test,,hiv,yes,,,,,
        t3,,,2026-03-03 13:00,support_group,9,,,,,,,
        t4,v1,,2026-03-03 09:01,drug_check,,,,down,fentanyl:positive xylazine:negative,fentanyl caffeine,used,
    """,
    "incidents.csv": """\
        id,visit,response,happened_at,kind,where,answers,steps,closed_at,end,note
        i1,v1,r1,2026-03-03 09:12,verbal,3,against:against_staff measure:measure_talked,,,settled,the wait
        i2,,,2026-03-03 10:30,substance_left,washroom,looks_like:powder,bagged@2026-03-03T10:35 \
        destroyed:not_needed@2026-03-03T10:40,2026-03-03 12:00,authority,
        i3,,,2026-03-03 11:00,sharps_outside,outside,found:12,,,,
    """,
}


def text_of(sheet: str) -> str:
    """A file as it is written above, without its indent."""
    return "\n".join(line.strip() for line in sheet.strip().splitlines()) + "\n"


@pytest.fixture
def lists(tmp_path: Path) -> Callable[..., Path]:
    """Write files into a folder: the ones above, or those given by name."""

    def write(files: dict[str, str] | None = None) -> Path:
        folder = tmp_path / "lists"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for name, sheet in (FILES if files is None else files).items():
            (folder / name).write_text(text_of(sheet), encoding="utf-8")
        return folder

    return write
