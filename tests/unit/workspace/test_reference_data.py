"""The lists people choose from: complete, searchable, equal to the facts they were made of."""

from __future__ import annotations

import json
from pathlib import Path

from assessor.workspace.reference_data import (
    classification,
    find_industry,
    ningbo,
    search_industries,
)

FACTS = Path(__file__).resolve().parents[4] / "shared" / "criteria"
CODES = FACTS / "gbt4754_2017.json"
NINGBO = FACTS / "ningbo_context.json"


def test_the_official_forms_codes_have_four_digits() -> None:
    assert len(classification().industries) == 1381
    assert {len(one.code) for one in classification().industries} == {4}
    assert all(one.code.isdigit() for one in classification().industries)


def test_an_industry_knows_what_it_belongs_to() -> None:
    mould = find_industry(" 3525 ")
    assert mould is not None
    assert mould.name == "模具制造"
    assert mould.path[:2] == ("制造业", "专用设备制造业")


def test_an_unknown_code_is_nothing() -> None:
    assert find_industry("352") is None
    assert find_industry("") is None


def test_a_code_is_found_from_its_first_digits() -> None:
    hits = search_industries("352")
    assert [one.code for one in hits] == sorted(one.code for one in hits)
    assert all(one.code.startswith("352") for one in hits)
    assert "3525" in [one.code for one in hits]


def test_names_that_begin_with_the_words_come_first() -> None:
    hits = search_industries("涂料")
    assert hits[0].code == "2641"
    assert any("涂料" not in one.name for one in hits), "names above are searched too"


def test_several_words_must_all_occur() -> None:
    assert {one.code for one in search_industries("化学 颜料")} >= {"2643", "2644"}
    assert search_industries("化学 拖拉机") == ()


def test_blank_and_limited_searches() -> None:
    assert search_industries("  ") == ()
    assert len(search_industries("制造", most=7)) == 7


def test_every_name_of_the_city_occurs_once() -> None:
    city = ningbo()
    names = [area.name for area in city.districts]
    assert len(set(names)) == len(names)
    assert len([area for area in city.districts if area.kind == "district"]) == 10
    assert len([one for one in city.clusters if one.kind == "cluster"]) == 12
    assert city.districts[0].pick("en") == "海曙区 Haishu District"
    assert city.districts[0].pick("zh") == "海曙区"


def test_nothing_of_the_sources_addresses_is_shipped() -> None:
    folder = Path(__file__).resolve().parents[3] / "assessor" / "reference"
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        assert path.suffix == ".json"
        assert "http" not in text
        assert "locator" not in text


if CODES.is_file() and NINGBO.is_file():
    # Beside a checkout that was given alone there is nothing to compare with.

    def test_codes_and_names_are_those_of_the_facts() -> None:
        facts = json.loads(CODES.read_text(encoding="utf-8"))["entries"]
        wanted = {entry["code"]: entry["name"] for entry in facts if entry["level"] == 4}
        assert {one.code: one.name for one in classification().industries} == wanted
        names = {entry["code"]: entry["name"] for entry in facts}
        parents = {entry["code"]: entry["parent"] for entry in facts}
        for one in classification().industries:
            middle = parents[one.code]
            major = parents[middle]
            assert one.path == (names[parents[major]], names[major], names[middle])

    def test_districts_and_clusters_are_those_of_the_facts() -> None:
        facts = json.loads(NINGBO.read_text(encoding="utf-8"))
        city = ningbo()
        known = [*facts["districts"], *facts["functional_areas"]]
        attested = {area["name"]: area["in_planning_documents"] for area in known}
        assert [a.name for a in city.districts if a.kind == "district"] == [
            area["name"] for area in facts["districts"]
        ]
        assert all(attested[area.name] is area.attested for area in city.districts)
        assert [c.name for c in city.clusters if c.kind == "cluster"] == [
            one["name"] for one in facts["clusters_246"]["industries"]
        ]
        assert [c.name for c in city.clusters if c.kind == "chain"] == [
            one["name"] for one in facts["chains_10"]
        ]
