"""A region of 30 schools in the publishers' layouts: enough for every kind of table, small enough to load a hundred times."""

from __future__ import annotations

from pathlib import Path

from tests.published_files import csv_file, ks2_rows, register

URNS = tuple(range(100001, 100031))
KS2 = "2023-2024_england_ks2final.csv"


def write(folder: Path) -> Path:
    """The first files: register, links, groups, members, results of two years, absence."""
    folder.mkdir()
    names = {urn: f"School {urn}" for urn in URNS}
    links = [[urn, urn + 500, "Old", "Predecessor", "01-09-2018"] for urn in URNS[:5]]
    group = [[10, "Trust", "06", "Multi-academy trust", "OPEN", "01/09/2015", "", ""]]
    members = [[urn, 10, "Trust", "06", "Multi-academy trust", "Open", "01-09-2016"] for urn in URNS[:8]]
    absence = [[850, 2000 + at, urn, "5.1", "SUPP" if at == 3 else "12.2"] for at, urn in enumerate(URNS)]
    for name, content in (
        ("edubasealldata20240901.csv", register(names)),
        ("links_edubasealldata20240901.csv", csv_file(
            ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"), links)),
        ("allgroupsdata20240901.csv", csv_file(
            ("Group UID", "Group Name", "Group Type (code)", "Group Type", "Group Status", "Open date", "Closed Date",
             "Incorporated on (open date)"), group)),
        ("grouplinks_edubaseallacademiesandfree20240901.csv", csv_file(
            ("URN", "Linked UID", "Group Name", "Group Type (code)", "Group Type", "Group Status", "Joined date"), members)),
        ("2022-2023_england_ks2final.csv", ks2_rows({urn: str(40 + at) for at, urn in enumerate(URNS)})),
        (KS2, ks2_rows({urn: str(50 + at) for at, urn in enumerate(URNS)})),
        ("2023-2024_england_abs.csv", csv_file(("LA", "ESTAB", "URN", "PERCTOT", "PPERSABS10"), absence)),
    ):  # fmt: skip
        (folder / name).write_bytes(content)
    return folder


def again(folder: Path) -> Path:
    """A re-issue: one year's results, seven schools of which differ, and a newer register with one school closed."""
    folder.mkdir()
    values = {urn: str(50 + at + (2 if at < 7 else 0)) for at, urn in enumerate(URNS)}
    (folder / KS2).write_bytes(ks2_rows(values))
    (folder / "edubasealldata20240902.csv").write_bytes(register({urn: f"School {urn}, renamed" for urn in URNS[:-1]}))
    return folder
