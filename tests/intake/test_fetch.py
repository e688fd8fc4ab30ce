"""Fetching from a site that does what real ones do: moves, breaks off, packs, refuses, forgets, and gives pages for data."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from data import sources
from data.catalogue import SourceFormatError
from data.formats.extract import RawFile
from data.intake.fetch.addresses import ADDRESSES, Address
from data.intake.fetch.download import Client, user_agent
from data.intake.fetch.fetching import FetchReport, fetch, succeeded
from data.intake.fetch.landing import newest
from data.intake.files import items
from tests.intake.publisher import Answer, Site, publisher

CSV = b"URN,Score\r\n" + b"".join(b"%d,%d\r\n" % (900001 + row, row) for row in range(200))
SHA = hashlib.sha256(CSV).hexdigest()
TODAY = date(2026, 11, 21)
HTML = b"<!DOCTYPE html>\n<html><head><title>Sorry, there is\n a problem</title></head><body>Try later</body></html>"
LANDING = "https://publisher.example/data"


@pytest.fixture
def site() -> Iterator[Site]:
    with publisher() as running:
        yield running


@dataclass
class Desk:
    """Fetches one file from the site, without pauses; `waits` are the seconds it would have paused."""

    into: Path
    waits: list[float] = field(default_factory=list)

    def __call__(self, one: Address, *, today: date = TODAY, dry_run: bool = False) -> FetchReport:
        client = Client(wait=self.waits.append)
        return fetch(None, self.into, today=today, registry=[one], client=client, dry_run=dry_run)[0]

    @property
    def files(self) -> list[str]:
        """Every file there is, notes and parts included."""
        return sorted(path.relative_to(self.into).as_posix() for path in self.into.rglob("*") if path.is_file())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "published")


def address(url: str, **more: object) -> Address:
    plain = Address(
        key="abs", folder="abs", sources=("abs",), title="Absence", publisher="A department", kind="stable",
        address=url, find="", landing_page=LANDING, name="england_abs.csv", period="2022-23", content="csv",
        least=10, most=1_000_000, due="May", checked="never", current=True, note="",
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


KEPT = ["abs/2022-23/.england_abs.csv.fetched.json", "abs/2022-23/england_abs.csv"]
BY_HAND = f"Download it by hand: {LANDING} (address checked: never)"


def test_a_file_is_kept_with_a_note_of_where_it_came_from(site: Site, desk: Desk) -> None:
    url = site("/abs", Answer(CSV, headers={"ETag": '"1"', "Last-Modified": "Sat, 21 Nov 2026 09:00:00 GMT"}))
    report = desk(address(url))
    assert desk.files == KEPT
    assert (desk.into / KEPT[1]).read_bytes() == CSV
    assert json.loads((desk.into / KEPT[0]).read_text()) == {
        "key": "abs", "title": "Absence", "publisher": "A department", "url": url, "came_from": url,
        "fetched": "2026-11-21", "bytes": len(CSV), "sha256": SHA, "etag": '"1"',
        "last_modified": "Sat, 21 Nov 2026 09:00:00 GMT",
    }  # fmt: skip
    assert (report.outcome, report.url, report.path, report.bytes, report.sha256, report.error) == (
        "fetched", url, desk.into / KEPT[1], len(CSV), SHA, None,
    )  # fmt: skip
    host = site.root.removeprefix("http://")
    assert report.sentence == (
        f"Absence: {len(CSV):,} bytes from {host} (address checked: never), kept as {desk.into / KEPT[1]}."
    )
    assert report.details == ("next due: May",)
    # An import of the folder sees the file only.
    assert [item.label for item in items([desk.into])] == ["published/abs/2022-23/england_abs.csv"]


def test_what_is_fetched_can_be_read_with_its_day(site: Site, desk: Desk) -> None:
    register = (Path(__file__).parents[1] / "golden/gias/edubasealldata20250901.csv").read_bytes()
    site("/edubasealldata20261121.csv", Answer(register, packed=True))
    row = next(one for one in ADDRESSES if one.key == "gias")
    report = desk(replace(row, address=f"{site.root}/{row.address.rpartition('/')[2]}", least=10))
    assert report.path == desk.into / "gias/2026-11-21/edubasealldata20261121.csv"
    extract = sources.read(RawFile.from_path(report.path))
    assert (extract.source, extract.as_at) == ("gias", TODAY)


def test_the_program_says_who_it_is_and_carries_no_password(
    site: Site, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login someone password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    desk(address(site("/abs", Answer(CSV))))
    headers = site.asked[0][1]
    assert headers["User-Agent"] == user_agent()
    assert user_agent().startswith("Alongside/0.1.0 (+") and "Mozilla" not in user_agent()
    assert headers["Authorization"] is None


# Unchanged, changed


def test_the_same_version_is_not_sent_again(site: Site, desk: Desk) -> None:
    one = address(site("/abs", Answer(CSV, headers={"ETag": '"1"'})))
    desk(one)
    report = desk(one, today=date(2026, 12, 1))
    assert site.asked[1][1]["If-None-Match"] == '"1"'
    assert (report.outcome, report.path, report.sha256) == ("unchanged", desk.into / KEPT[1], SHA)
    assert "unchanged" in report.sentence and "(address checked: never)" in report.sentence
    assert desk.files == KEPT
    assert json.loads((desk.into / KEPT[0]).read_text())["fetched"] == "2026-11-21"


def test_the_same_bytes_on_another_day_are_unchanged_where_the_site_names_no_version(site: Site, desk: Desk) -> None:
    one = address(site("/abs", Answer(CSV)), period="")
    first, second = desk(one), desk(one, today=date(2026, 12, 1))
    assert (first.outcome, second.outcome, second.path) == ("fetched", "unchanged", first.path)
    assert desk.files == ["abs/2026-11-21/.england_abs.csv.fetched.json", "abs/2026-11-21/england_abs.csv"]


def test_a_changed_file_takes_the_place_of_the_old(site: Site, desk: Desk) -> None:
    other = CSV.replace(b"900001,0", b"900001,9")
    url = site("/abs", Answer(CSV, headers={"ETag": '"1"'}), Answer(other, headers={"ETag": '"2"'}))
    desk(address(url))
    report = desk(address(url), today=date(2026, 12, 1))
    assert report.outcome == "fetched"
    assert report.sha256 == hashlib.sha256(other).hexdigest() != SHA
    assert report.details == ("other than the file of 2026-11-21", "next due: May")
    assert (desk.into / KEPT[1]).read_bytes() == other
    note = json.loads((desk.into / KEPT[0]).read_text())
    assert (note["etag"], note["fetched"], note["sha256"]) == ('"2"', "2026-12-01", report.sha256)


@pytest.mark.parametrize("spoilt", [KEPT[0], KEPT[1]])
def test_a_file_or_note_changed_by_hand_is_asked_for_afresh(site: Site, desk: Desk, spoilt: str) -> None:
    one = address(site("/abs", Answer(CSV, headers={"ETag": '"1"'})))
    desk(one)
    (desk.into / spoilt).write_bytes(b"{}")
    assert desk(one).outcome == "fetched"
    assert site.asked[1][1]["If-None-Match"] is None
    assert (desk.into / KEPT[1]).read_bytes() == CSV


# Redirects


def test_redirects_are_followed_and_the_last_address_noted(site: Site, desk: Desk) -> None:
    url = site("/a", Answer(status=302, headers={"Location": "/b"}))
    site("/b", Answer(status=301, headers={"Location": f"{site.root}/c"}))
    end = site("/c", Answer(CSV))
    report = desk(address(url))
    assert (report.outcome, site.paths) == ("fetched", ["/a", "/b", "/c"])
    assert json.loads((desk.into / KEPT[0]).read_text())["came_from"] == end


def test_a_redirect_loop_is_given_up(site: Site, desk: Desk) -> None:
    report = desk(address(site("/a", Answer(status=302, headers={"Location": "/a"}))))
    assert len(site.asked) == 6  # the address and five redirects
    assert report.error == (f"{site.root.removeprefix('http://')}: the publisher leads on more than 5 times. {BY_HAND}")
    assert desk.files == []


@pytest.mark.parametrize("target", ["http://publisher.example/abs", "ftp://127.0.0.1/abs", "file:///etc/hostname"])
def test_a_redirect_away_from_https_is_not_followed(site: Site, desk: Desk, target: str) -> None:
    report = desk(address(site("/a", Answer(status=302, headers={"Location": target}))))
    assert report.error is not None and f"leads to {target}, which is not https" in report.error
    assert site.paths == ["/a"]


def test_plain_http_is_not_asked_at_all(desk: Desk) -> None:
    report = desk(address("http://publisher.example/abs"))
    assert report.error is not None and "which is not https" in report.error


# Landing pages and stamps

MI = "/media/{}/Management_information_-_state-funded_schools_-_latest_inspections_as_at_{}.csv"
FIND = r"_latest_inspections_(?:as_)?at_(?P<day>\d{1,2})_(?P<month>[A-Za-z]+)_(?P<year>20\d\d)\.csv$"
NAME = "Latest_inspections_as_at_{date.day}_{month}_{date.year}.csv"


def test_the_newest_link_of_a_landing_page_is_taken_by_its_date(site: Site, desk: Desk) -> None:
    dates = ["31_Aug_2025", "31_Jan_2026", "30_Sept_2026", "31_August_2026", "31_Dec_2025"]
    links = "".join(
        f'<li><a class="x" href="{MI.format(at, day)}">Latest, {day}</a></li>' for at, day in enumerate(dates)
    )
    page = f"<html><body><a name='top'>x</a><a href='/other.csv'>other</a><ul>{links}</ul></body></html>"
    landing = site("/landing", Answer(page.encode()))
    site(MI.format(2, "30_Sept_2026"), Answer(CSV))
    one = address("", kind="landing", landing_page=landing, find=FIND, name=NAME, period="")
    report = desk(one)
    assert site.paths == ["/landing", MI.format(2, "30_Sept_2026")]
    assert report.path == desk.into / "abs/2026-09-30/Latest_inspections_as_at_30_September_2026.csv"
    assert desk.waits == [1.0]  # a pause between two requests to one host


def test_a_landing_page_may_name_periods_and_texts() -> None:
    page = """<a href="/files/CFR_2022-23_Book.xlsx">2022/23</a> <a href="CFR_2023-24_Book.xlsx">2023/24</a>
              <a href="/d/17?x=1&amp;y=2">Absence <b>2021-22</b></a>"""
    found = newest(page, "https://publisher.example/a/b", r"/?CFR_(?P<period>20\d\d-\d\d)_Book\.xlsx")
    assert (found.url, found.period) == ("https://publisher.example/a/CFR_2023-24_Book.xlsx", "2023-24")
    found = newest(page, "https://publisher.example/a/b", r"^Absence (?P<period>20\d\d-\d\d)$")
    assert (found.url, found.period) == ("https://publisher.example/d/17?x=1&y=2", "2021-22")


@pytest.mark.parametrize("page", ["", "<a href='/latest_inspections_at_31_Nember_2026.csv'>x</a>", "<a href='x"])
def test_a_landing_page_without_the_link_is_refused_with_what_was_looked_for(site: Site, desk: Desk, page: str) -> None:
    landing = site("/landing", Answer(page.encode()))
    report = desk(address("", kind="landing", landing_page=landing, find=FIND, name=NAME))
    assert report.outcome == "refused" and report.error is not None
    assert f"links on the page fits {FIND}" in report.error and "Download it by hand" in report.error
    assert site.paths == ["/landing"] and desk.files == []


def test_one_landing_page_is_asked_for_once(site: Site, desk: Desk) -> None:
    page = "".join(f'<a href="{MI.format(at, day)}">x</a>' for at, day in enumerate(["31_Jan_2026", "28_Feb_2026"]))
    landing = site("/landing", Answer(page.encode()))
    site(MI.format(1, "28_Feb_2026"), Answer(CSV))
    one = address("", kind="landing", landing_page=landing, find=FIND, name=NAME)
    client = Client(wait=desk.waits.append)
    reports = fetch(None, desk.into, today=TODAY, registry=[one, replace(one, key="b", folder="b")], client=client)
    assert [report.outcome for report in reports] == ["fetched", "fetched"]
    assert site.paths.count("/landing") == 1


STAMPED = {"kind": "date-stamped", "name": "all{date:%Y%m%d}.csv", "period": ""}


def test_yesterdays_extract_where_todays_is_not_there_yet(site: Site, desk: Desk) -> None:
    site("/all20261121.csv", Answer(b"no", 404))
    site("/all20261120.csv", Answer(CSV))
    report = desk(address(site.root + "/all{date:%Y%m%d}.csv", **STAMPED))
    assert site.paths == ["/all20261121.csv", "/all20261120.csv"]
    assert report.path == desk.into / "abs/2026-11-20/all20261120.csv"


def test_neither_days_extract(site: Site, desk: Desk) -> None:
    report = desk(address(site.root + "/all{date:%Y%m%d}.csv", **STAMPED))
    assert report.error == (
        f"{site.root.removeprefix('http://')}: there is no such file (404). "
        f"Neither today's nor yesterday's is there. {BY_HAND}"
    )
    assert len(site.asked) == 2 and desk.files == []


# Refusals


@pytest.mark.parametrize(
    ("answer", "status"), [(Answer(CSV, browsers_only=True), 403), (Answer(HTML, 401), 401), (Answer(HTML, 451), 451)]
)
def test_a_publisher_who_refuses_programs_is_taken_at_its_word(
    site: Site, desk: Desk, answer: Answer, status: int
) -> None:
    report = desk(address(site("/abs", answer)))
    assert report.error == (
        f"{site.root.removeprefix('http://')}: the publisher refuses this program ({status}). "
        f"It says who it is and does not pose as a browser. {BY_HAND}"
    )
    assert report.sentence == f"Absence: {report.error}"
    assert site.paths == ["/abs"] and desk.files == [] and desk.waits == []


def test_a_web_page_for_a_csv_file(site: Site, desk: Desk) -> None:
    report = desk(address(site("/abs", Answer(HTML, headers={"Content-Type": "text/csv"}))))
    assert report.error == (
        "a web page came, titled “Sorry, there is a problem”; a CSV file was expected, so nothing is kept. " + BY_HAND
    )
    assert desk.files == []


def book(*members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        for name in members:
            opened.writestr(name, "x" * 50)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "body", "fits"),
    [
        ("csv", CSV, True), ("csv", b"\xef\xbb\xbf" + CSV, True), ("csv", b"A title\n" + CSV, True),
        ("csv", b'{"status": 500, "title": "An error"}', False), ("csv", book("a.csv"), False),
        ("csv", b"not a table at all", False), ("csv", b"", False), ("csv", "URN,A\n".encode("utf-16"), False),
        ("csv", b"\n <?xml version='1.0'?><Error>,</Error>", False),
        ("xlsx", book("[Content_Types].xml"), True), ("xlsx", book("a.csv"), False), ("xlsx", b"PK\3\4 cut off", False),
        ("xlsx", HTML, False), ("zip", book("a.csv", "b.csv"), True), ("zip", book("a.csv")[:-30], False),
        ("json", b'{"type": "FeatureCollection"}', True), ("json", HTML, False),
    ],
)  # fmt: skip
def test_what_came_is_what_was_promised(site: Site, desk: Desk, content: str, body: bytes, fits: bool) -> None:
    report = desk(address(site("/abs", Answer(body)), content=content))
    assert report.outcome == ("fetched" if fits else "refused")
    assert desk.files == (KEPT if fits else [])
    assert fits or "was expected, so nothing is kept" in (report.error or "")


def test_a_stub_is_refused(site: Site, desk: Desk) -> None:
    report = desk(address(site("/abs", Answer(b"URN,Score\r\n")), least=1000))
    assert report.error == f"only 11 bytes came, at least 1,000 were expected; nothing is kept. {BY_HAND}"
    assert desk.files == []


def test_a_refusal_leaves_the_file_of_before_and_the_others_go_on(site: Site, desk: Desk) -> None:
    desk(address(site("/abs", Answer(CSV))))
    bad, good = address(site("/abs", Answer(HTML))), address(site("/new", Answer(CSV)), key="new", folder="new")
    reports = fetch(None, desk.into, today=TODAY, registry=[bad, good], client=Client(wait=desk.waits.append))
    assert [report.outcome for report in reports] == ["refused", "fetched"] and not succeeded(reports)
    assert (desk.into / KEPT[1]).read_bytes() == CSV
    assert desk.files == [*KEPT, *(name.replace("abs/2022", "new/2022") for name in KEPT)]


# Sizes


def test_a_body_over_the_limit_is_refused_by_what_it_says_and_by_what_it_sends(site: Site, desk: Desk) -> None:
    says = address(site("/says", Answer(CSV)), most=1000)
    sends = address(site("/sends", Answer(CSV, chunked=True)), most=1000)
    unpacks = address(site("/unpacks", Answer(CSV + b"9,9\r\n" * 400_000, packed=True)), most=1_000_000)
    for one in (says, sends, unpacks):
        report = desk(one)
        assert report.outcome == "refused" and report.error is not None
        assert "MB, more than this file should be; nothing is kept." in report.error
        assert desk.files == []
    assert len(site.asked) == 3


def test_what_is_packed_on_the_way_is_unpacked(site: Site, desk: Desk) -> None:
    report = desk(address(site("/abs", Answer(CSV, packed=True))))
    assert "gzip" in site.asked[0][1]["Accept-Encoding"]
    assert (report.sha256, report.bytes) == (SHA, len(CSV))
    assert (desk.into / KEPT[1]).read_bytes() == CSV


@pytest.mark.parametrize(("encoding", "words"), [("gzip", "is damaged"), ("br", "packed in a way not asked for (br)")])
def test_a_packing_that_is_not_as_it_says(site: Site, desk: Desk, encoding: str, words: str) -> None:
    report = desk(address(site("/abs", Answer(CSV, headers={"Content-Encoding": encoding}))))
    assert report.error is not None and words in report.error
    assert desk.files == []


def test_what_a_server_calls_the_file_is_never_used(site: Site, desk: Desk) -> None:
    called = {"Content-Disposition": 'attachment; filename="../../../evil.csv"'}
    desk(address(site("/x/..%2F..%2Fevil.csv", Answer(CSV, headers=called))))
    assert desk.files == KEPT
    assert sorted(path.name for path in desk.into.parent.iterdir()) == ["published"]


# Broken off


@pytest.mark.parametrize("cut", [0, 1, 700, len(CSV) - 1])
def test_a_broken_off_body_goes_on_where_it_stopped(site: Site, desk: Desk, cut: int) -> None:
    headers = {"ETag": '"1"'}
    url = site("/abs", Answer(CSV, headers=headers, cut=cut), Answer(CSV, headers=headers, ranges=True))
    report = desk(address(url))
    assert report.outcome == "fetched" and (desk.into / KEPT[1]).read_bytes() == CSV
    second = site.asked[1][1]
    assert (second["Range"], second["If-Range"]) == ((f"bytes={cut}-", '"1"') if cut else (None, None))
    assert len(site.asked) == 2 and desk.files == KEPT


def test_broken_off_three_times_keeps_the_part_and_the_next_run_goes_on(site: Site, desk: Desk) -> None:
    headers = {"Last-Modified": "Sat, 21 Nov 2026 09:00:00 GMT"}
    url = site("/abs", Answer(CSV, headers=headers, cut=700))
    report = desk(address(url))
    assert report.error == (
        f"{site.root.removeprefix('http://')}: asked 3 times: the connection broke off after 700 of {len(CSV):,} bytes. "
        f"Try again later. {BY_HAND}"
    )
    assert len(site.asked) == 3 and desk.files == ["abs/.abs.part"]
    assert items([desk.into]) == []  # an import passes over it
    site("/abs", Answer(CSV, headers=headers))
    assert desk(address(url)).outcome == "fetched"
    assert site.asked[3][1]["Range"] == "bytes=700-"
    assert desk.files == KEPT


@pytest.mark.parametrize("etag", ["", 'W/"1"'])
def test_without_a_firm_version_it_begins_again_and_nothing_is_left(site: Site, desk: Desk, etag: str) -> None:
    url = site("/abs", Answer(CSV, headers={"ETag": etag} if etag else {}, cut=700))
    report = desk(address(url))
    assert report.outcome == "refused" and desk.files == []
    assert [headers["Range"] for _, headers in site.asked] == [None, None, None]


def test_a_server_that_ignores_range_gives_the_whole_anew(site: Site, desk: Desk) -> None:
    headers = {"ETag": '"1"'}
    report = desk(address(site("/abs", Answer(CSV, headers=headers, cut=700), Answer(CSV, headers=headers))))
    assert report.sha256 == SHA and (desk.into / KEPT[1]).read_bytes() == CSV


def test_a_file_that_changed_in_between_is_never_joined_to_the_old_part(site: Site, desk: Desk) -> None:
    other = CSV.replace(b"900001,0", b"900001,9") + b"900999,7\r\n"
    url = site(
        "/abs", Answer(CSV, headers={"ETag": '"1"'}, cut=700), Answer(other, headers={"ETag": '"2"'}, ranges=True)
    )
    assert desk(address(url)).outcome == "fetched"
    assert (desk.into / KEPT[1]).read_bytes() == other


@pytest.mark.parametrize(
    "wrong",
    [
        Answer(status=416),
        Answer(CSV[600:], 206, {"ETag": '"1"', "Content-Range": f"bytes 600-{len(CSV) - 1}/{len(CSV)}"}),
        Answer(CSV[700:], 206, {"ETag": '"2"', "Content-Range": f"bytes 700-{len(CSV) - 1}/{len(CSV)}"}),
        Answer(CSV[700:], 206, {"ETag": '"1"', "Content-Range": f"bytes 700-{len(CSV) - 1}/{len(CSV)}"}, packed=True),
    ],
)
def test_a_rest_that_does_not_fit_is_thrown_away_with_the_part(site: Site, desk: Desk, wrong: Answer) -> None:
    url = site("/abs", Answer(CSV, headers={"ETag": '"1"'}, cut=700), wrong, Answer(CSV, headers={"ETag": '"1"'}))
    assert desk(address(url)).outcome == "fetched"
    assert [headers["Range"] for _, headers in site.asked] == [None, "bytes=700-", None]
    assert (desk.into / KEPT[1]).read_bytes() == CSV


def test_a_packed_body_goes_on_too(site: Site, desk: Desk) -> None:
    headers = {"ETag": '"1"'}
    first, rest = (
        Answer(CSV, headers=headers, packed=True, cut=100),
        Answer(CSV, headers=headers, packed=True, ranges=True),
    )
    assert desk(address(site("/abs", first, rest))).sha256 == SHA
    assert site.asked[1][1]["Range"] == "bytes=100-"


@pytest.mark.parametrize("part", [b"", b"{}\nURN", b"\xff\xfe\n", b"[1]\n", b'{"url": "x"}\nURN,Score'])
def test_a_part_that_makes_no_sense_is_begun_again(site: Site, desk: Desk, part: bytes) -> None:
    (desk.into / "abs").mkdir(parents=True)
    (desk.into / "abs/.abs.part").write_bytes(part)
    assert desk(address(site("/abs", Answer(CSV, headers={"ETag": '"1"'})))).sha256 == SHA
    assert desk.files == KEPT


# Patience


def test_two_faults_and_then_the_file(site: Site, desk: Desk) -> None:
    report = desk(address(site("/abs", Answer(b"x", 500), Answer(b"x", 503), Answer(CSV))))
    assert report.outcome == "fetched"
    # Back-off 0 and 2 x 2 s, and each time the pause of a second between requests to one host.
    assert desk.waits == [0.0, 1.0, 4.0, 1.0]


def test_three_faults_are_enough(site: Site, desk: Desk) -> None:
    report = desk(address(site("/abs", Answer(HTML, 502))))
    assert report.error is not None and "asked 3 times: the site answers 502. Try again later." in report.error
    assert len(site.asked) == 3 and desk.files == []


def test_who_asks_for_patience_gets_it(site: Site, desk: Desk) -> None:
    report = desk(address(site("/abs", Answer(b"x", 429, {"Retry-After": "7"}), Answer(CSV))))
    assert report.outcome == "fetched" and desk.waits == [7.0, 1.0]


def test_who_asks_for_an_hour_is_not_asked_again_today(site: Site, desk: Desk) -> None:
    report = desk(address(site("/abs", Answer(b"x", 429, {"Retry-After": "3600"}))))
    assert report.error is not None and "asks not to be asked so often, and asks for 60 minutes" in report.error
    assert len(site.asked) == 1 and desk.waits == []


def test_no_connection_is_a_sentence(site: Site, desk: Desk) -> None:
    with publisher() as gone:
        url = gone.root + "/abs"
    report = desk(address(url))
    assert report.error is not None and "asked 3 times: no connection. Try again later." in report.error


def test_a_disk_that_takes_nothing_is_a_sentence(site: Site, desk: Desk) -> None:
    desk.into.write_text("a file where a folder should be")
    report = desk(address(site("/abs", Answer(CSV))))
    assert report.error is not None and "the file cannot be kept" in report.error
    assert "choose another folder" in report.error and "by hand" not in report.error


# Asking nobody


def test_a_dry_run_asks_nobody_and_says_what_it_would(site: Site, desk: Desk) -> None:
    host = site.root.removeprefix("http://")
    plain = desk(address(site("/abs", Answer(CSV))), dry_run=True)
    assert plain.sentence == f"Absence: would ask {host} for {site.root}/abs (address checked: never)."
    assert plain.details == ("kept as abs/2022-23/england_abs.csv", "next due: May")
    stamped = desk(address(site.root + "/all{date:%Y%m%d}.csv", **STAMPED), dry_run=True)
    assert stamped.sentence == (
        f"Absence: would ask {host} for {site.root}/all20261121.csv, else {site.root}/all20261120.csv "
        "(address checked: never)."
    )
    landing = desk(address("", kind="landing", find=FIND, name=NAME), dry_run=True)
    assert landing.sentence == (
        f"Absence: would read {LANDING} and take the newest link that fits {FIND} (address checked: never)."
    )
    by_hand = desk(address("", kind="by hand", checked="2026-11-01"), dry_run=True)
    assert by_hand.sentence == f"Absence: Download it by hand: {LANDING} (address checked: 2026-11-01)"
    assert site.asked == [] and not desk.into.exists()


def test_by_hand_is_no_failure(desk: Desk) -> None:
    report = desk(address("", kind="by hand"))
    assert (report.outcome, succeeded([report])) == ("by hand", True)


def test_progress_goes_from_nought_to_one(site: Site, desk: Desk) -> None:
    seen: list[tuple[float, str]] = []
    one = address(site("/abs", Answer(CSV)))
    fetch(
        None,
        desk.into,
        today=TODAY,
        registry=[one],
        client=Client(wait=desk.waits.append),
        progress=lambda *at: seen.append(at),
    )
    assert seen == [(0.0, "Absence"), (1.0, "Absence: 0.0 of 0.0 MB"), (1.0, "done")]


def test_a_name_that_is_not_registered(desk: Desk) -> None:
    with pytest.raises(SourceFormatError, match=r"no published file is registered under this name\. Known: abs"):
        fetch(["nonsense"], desk.into, registry=[address("https://publisher.example/abs")])
