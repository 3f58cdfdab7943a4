"""The PDF as its readers get it: the same bytes, readable by eye, by machine and aloud, nothing hidden."""

from __future__ import annotations

import hashlib
import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import page
import pikepdf
import pytest

import sitelog
from sitelog.disclosure.difference import Released
from sitelog.disclosure.policy import preset
from sitelog.disclosure.protect import protect
from sitelog.disclosure.tables import RawLine
from sitelog.formats.document import Changes, Section, Table
from sitelog.formats.pdf import render
from tests.formats.example import KEY, changed, document, protected, raw
from tests.formats.reader import pages_of, text_of

FONTS = Path(sitelog.__file__).parent / "formats" / "fonts"
PDF = render(document())
MANY = (RawLine("morning", "opioid", "oxygen", "recovered"),) * 90
LONG = render(document(protected(lines=MANY, usual=15, people=600)))


def opened(data: bytes = PDF) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


@pytest.fixture(scope="module")
def text() -> str:
    return text_of(PDF)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render(document()) == PDF


def test_the_environment_does_not_change_a_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert render(document()) == PDF


def test_numbers_hidden_in_a_range_change_no_byte() -> None:
    other = changed(changed(raw(), "gender", "female", 1), "gender", "other", 14)
    assert render(document(protect(other, preset("partner"), key=KEY))) == PDF


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("data", [PDF, LONG], ids=["a day", "a long day"])
def test_the_file_keeps_the_standards_for_reading_aloud_and_for_keeping(data: bytes, profile: str) -> None:
    report = page.validate_pdf_bytes(data, profile=profile)
    assert [(f.rule_id, f.message) for f in report.failures] == []


def test_the_file_says_what_it_is_in_the_language_it_speaks() -> None:
    with opened() as pdf:
        assert str(pdf.Root.Lang) == "en-CA"
        assert str(pdf.docinfo.Title) == "Daily incident report, Tuesday 17 November 2026"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.CreationDate) == "D:20261118120000+00'00'"
        assert str(pdf.docinfo.ModDate) == str(pdf.docinfo.CreationDate)
        with pdf.open_metadata() as meta:
            assert meta["xmp:CreateDate"] == "2026-11-18T12:00:00Z" and meta["pdfuaid:part"] == "1"


def test_every_section_has_a_bookmark_on_its_page() -> None:
    with opened() as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "Daily incident report", "1 Responses", "2 Use of the site", "3 People", "4 Steps",
            "5 Definitions and method",
        ]  # fmt: skip
        pages = [pdf.pages.index(pikepdf.Page(item.destination[0])) for item in outline.root]  # type: ignore[index]
    assert pages == [0, 0, 0, 1, 1, 1]


def test_every_font_is_embedded_and_only_the_letters_used() -> None:
    with opened() as pdf:
        fonts = {str(f.BaseFont): f for p in pdf.pages for f in p.Resources.Font.values()}  # type: ignore[union-attr]
        assert {name.split("+")[1] for name in fonts} == {"DejaVuSans", "DejaVuSans-Bold"}
        assert all("/FontFile2" in font.FontDescriptor for font in fonts.values())
        assert all(len(font.FontDescriptor.FontFile2.read_bytes()) < 60_000 for font in fonts.values())


def test_the_bundled_files_are_those_on_record() -> None:
    for name, record in json.loads((FONTS / "FONTS.json").read_text()).items():
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == record["sha256"]


def test_the_text_can_be_selected_and_searched(text: str) -> None:
    for words in ("Juniper Street overdose prevention site", "Overdose responses", "Morning 07:00–11:59",
                  "Evening or night", "33 per 1,000 episodes", "Page 1 of 2", "Page 2 of 2"):  # fmt: skip
        assert words in text


def test_range_zero_not_recorded_and_does_not_apply_are_explained_and_differ(text: str) -> None:
    assert "0–4 a range: the true number is one of these 0 counted, and there were none" in text
    assert "n/r not recorded: the question was not answered – does not apply" in text
    for row in ("Female 0–4", "Other 10–19", "Not said n/r", "Staff –", "Swallowed 0"):
        assert row in text


def test_every_number_on_paper_is_in_the_cell_list_or_in_the_words_around(text: str) -> None:
    safe = protected().safe
    printed = {str(c["value"]) for c in safe.cells() if c["value"] is not None}
    printed |= {f"{c['lo']}–{c['hi']}" for c in safe.cells() if c["value"] is None}
    known = document()
    around = " ".join(
        [known.subtitle, known.footer, "0–4 1,000 1–2 Page 1 of 2 Page 2 of 2 last 7 days 1 2 3 4 5",
         *(word for fact in known.facts for word in fact), *(row.note for row in safe.table("bands").rows)]
    )  # fmt: skip
    allowed = printed | set(re.findall(r"[\d–:,]*\d", around))
    assert set(re.findall(r"[\d–:,]*\d", text)) <= allowed


def test_a_chart_is_told_in_words_by_its_printed_cells() -> None:
    with opened() as pdf:
        figures = [
            str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"
        ]
    assert figures == [
        "Accesses by band, last 7 days’ mean in brackets: "
        "Morning 46 (49), Afternoon 71 (66), Evening 68 (70), Overnight 22 (25), Early 7 (9)",
        "People by gender: Female 0–4, Male 60, Other 10–19, Not said n/r, Staff –",
    ]


def test_a_long_table_goes_over_pages_and_is_read_as_one() -> None:
    with opened(LONG) as pdf:
        assert len(pdf.pages) == 4
        kinds = [str(o.S) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o]
    assert kinds.count("/Table") == kinds.count("/THead") == 6


@pytest.mark.parametrize("lines", range(12, 40, 3))
def test_no_row_is_left_alone_on_a_page_and_no_heading_without_its_table(lines: int) -> None:
    data = render(document(protected(lines=MANY[:lines], usual=15, people=600)))
    pages = pages_of(data)
    assert 1 not in [sheet.count("Oxygen or breaths") for sheet in pages]
    for heading, last_row in {"Use of the site": "All day", "Steps": "Ambulance or cpr"}.items():
        assert [heading in sheet for sheet in pages] == [last_row in sheet for sheet in pages]


@pytest.mark.parametrize("day", ["Wednesday 23 September 2026", "Donnerstag 24. September 2026"])
def test_the_title_and_the_parts_of_the_day_stand_on_one_line_each(day: str) -> None:
    first = pages_of(render(replace(document(), subtitle=day)))[0]
    assert day in first
    assert "Overnight 22:00–02:59" in first


def test_there_is_one_end_of_file_and_nothing_is_hidden_in_it() -> None:
    assert PDF.count(b"%%EOF") == 1 and PDF.rstrip().endswith(b"%%EOF")
    with opened() as pdf:
        assert "/AcroForm" not in pdf.Root and "/Names" not in pdf.Root and not pdf.attachments
        for sheet in pdf.pages:
            assert "/Annots" not in sheet
            assert b" Tr" not in sheet.Contents.read_bytes()  # type: ignore[union-attr]


def test_the_date_of_the_file_is_the_end_of_the_period() -> None:
    later = replace(document(), stamp=document().stamp + timedelta(days=1))
    with opened(render(later)) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20261119120000+00'00'"


def test_a_public_report_says_why_there_are_no_lines() -> None:
    read = text_of(render(document(protected(preset("public")))))
    assert "Public reports have no incident lines." in read and "0–10" in read


def test_a_quiet_day_has_a_report_too() -> None:
    data = render(document(protected(lines=())))
    assert page.is_pdf_compliant_bytes(data, profile="ua1")


def test_words_are_in_the_readers_language() -> None:
    words = {"n/r": "n. i.", "Morning": "Matin", "Page %(page)s of %(pages)s": "Page %(page)s sur %(pages)s"}
    french = replace(document(language="fr-CA"), words=words)
    read = text_of(render(french))
    assert "Matin" in read and "Not said n. i." in read and "Page 1 sur 2" in read
    with opened(render(french)) as pdf:
        assert str(pdf.Root.Lang) == "fr-CA"


def test_words_too_long_for_their_cell_are_broken_and_not_lost() -> None:
    table = protected().safe.table("routes")
    endless = replace(
        document(), sections=(Section("W" * 40, (Table(table),)),), author="Donaudampfschiff" * 9
    )
    data = render(endless)
    assert page.is_pdf_compliant_bytes(data, profile="ua1")
    assert text_of(data).replace(" ", "").count("Donaudampfschiff") == 9


def test_a_new_version_prints_what_changed() -> None:
    first = [Released.from_dict(entry.stored()) for entry in protected().ledger]
    corrected = replace(changed(raw(), "bands", "morning", 47), version=2)
    again = protect(corrected, preset("partner"), first, KEY)
    changes = Changes(again.safe.changes, "Changed since version 1")
    plain = document(again)
    data = render(replace(plain, sections=(Section("What changed", (changes,)), *plain.sections)))
    assert page.validate_pdf_bytes(data, profile="ua1").failures == []
    with opened(data) as pdf, pdf.open_outline() as outline:
        assert outline.root[1].title == "1 What changed"
    assert "By time of arrival: Morning, Accesses 46 47" in text_of(data)


def test_many_can_be_made_at_once() -> None:
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(render, [document()] * 8)) == {PDF}


def test_a_name_with_signs_no_font_or_metadata_can_hold_still_makes_a_file() -> None:
    odd = replace(document(), author="Café \x07 <Ω> & 北京 (1)")
    with opened(render(odd)) as pdf, pdf.open_metadata() as meta:
        assert meta["dc:creator"] == ["Café  <Ω> & 北京 (1)"]
