"""A register as large as England's, made on the fly and read beside pyarrow.csv; with a file's name: the memory it takes.

The file has the published header, encoding and line ends, cells that need quotes, and fictional schools.
"""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

from data.formats import register
from data.formats.extract import RawFile, normalised
from data.formats.text import csv_table
from data.sources import peek, recognised
from tests.benchmark.fastest import fastest, seconds

ROOT = Path(__file__).parents[2]
HEADER = ROOT / "tests/golden/gias/edubasealldata20250901.csv"
NAME = "edubasealldata20250901.csv"
ROWS, MEGABYTES = 52_000, 62
WORDS = ("Ashcombe", "Café Lane", "St Mary’s", "Lark, Hythe and Vale", "Pellworth", "Under-the-Hill", 'The "Old" Mill')
KNOWN = {
    "LA (code)": ("991", "992", "993"), "LA (name)": ("Chilvershire", "Wendover and Lark", "Northmere"),
    "TypeOfEstablishment (name)": ("Community school", "Academy converter", "Voluntary aided school", "Free schools"),
    "EstablishmentTypeGroup (name)": ("Local authority maintained schools", "Academies", "Free Schools"),
    "EstablishmentStatus (name)": ("Open", "Open", "Closed"), "PhaseOfEducation (name)": ("Primary", "Secondary", "Not applicable"),
    "OpenDate": ("", "01-09-2011", "01-04-1998"), "CloseDate": ("", "", "31-08-2014"), "LastChangedDate": ("02-03-2025", "14-07-2024"),
    "StatutoryLowAge": ("3", "4", "11"), "StatutoryHighAge": ("11", "16", "18"), "Gender (name)": ("Mixed", "Mixed", "Girls"),
    "SchoolCapacity": ("", "210", "420", "1050"), "NumberOfPupils": ("", "198", "401", "987"), "PercentageFSM": ("", "12.5", "31.0"),
    "OfficialSixthForm (name)": ("Does not have a sixth form", "Has a sixth form", "Not applicable"),
    "AdmissionsPolicy (name)": ("Not applicable", "Non-selective", "Selective"), "GOR (name)": ("South East", "North West"),
    "TrustSchoolFlag (name)": ("Not applicable", "Supported by a multi-academy trust"), "Trusts (code)": ("", "90001", "90002"),
    "Trusts (name)": ("", "CHILVER VALE", "NORTHMERE, LARK AND SEA"), "Federations (code)": ("", "", "80001"),
    "Easting": ("700000", "701234", ""), "Northing": ("400000", "399876", ""), "LSOA (code)": ("E01990001", "999999999"),
    "Postcode": ("ZZ1 1AA", "ZZ22 9XY"), "TelephoneNum": ("01632960001", ""), "ReligiousCharacter (name)": ("None", "Church of England"),
}  # fmt: skip


def made(*, seed: int, rows: int = ROWS, megabytes: int = MEGABYTES) -> bytes:
    """The file's bytes. Columns that Alongside does not read are filled so that the whole has the size asked for."""
    rng = np.random.default_rng(seed)
    names = next(csv.reader(io.StringIO(HEADER.read_bytes().decode("cp1252"), newline="")))
    own = {
        "URN": np.arange(900_001, 900_001 + rows).astype(str),
        "EstablishmentNumber": rng.integers(2000, 5000, rows).astype(str),
    }
    known = {name: rng.choice(KNOWN[name], rows) for name in KNOWN}
    words = [f"{word} {other}" for word in WORDS for other in WORDS]
    free = ["EstablishmentName", "Street", "Town", "SchoolWebsite"]
    columns = {**{name: rng.choice(words, rows) for name in free}, **known, **own}
    filled = sum(map(_written, columns.values())) + rows * (len(names) + 1)
    width = (megabytes * 1_000_000 - filled) / (rows * (len(names) - len(columns)))
    filler = ["x" * size for size in range(round(2 * width) + 1)]
    cells = [columns[name] if name in columns else rng.choice(filler, rows) for name in names]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows(zip(*(column.tolist() for column in cells), strict=True))
    return out.getvalue().encode("cp1252")


def _written(column: np.ndarray) -> int:
    """Letters that the cells take in the file, quotation marks included."""
    cells, number = np.unique(column, return_counts=True)
    quoted = [len(cell) + (2 + cell.count('"') if "," in cell or '"' in cell else 0) for cell in cells.tolist()]
    return int(number @ np.array(quoted))


def as_text(file: RawFile) -> tuple[float, float]:
    """Seconds to read the register's columns as text: ours (encoding, header and evenness checked), and pyarrow's own."""
    return fastest(lambda: seconds(lambda: ours(file)), lambda: seconds(lambda: bare(file)))


def recognised_and_typed(file: RawFile) -> tuple[float, float]:
    """Seconds to recognise the file, and to turn its text into types and rejects (reading the text not counted)."""
    source = recognised(peek(file))
    looking, _ = fastest(lambda: seconds(lambda: recognised(peek(file))), lambda: 0.0)
    whole, text = fastest(lambda: seconds(lambda: source.read(file)), lambda: seconds(lambda: ours(file)))
    return looking, whole - text


def wanted(file: RawFile) -> list[str]:
    """The columns of the file that Alongside reads, as published."""
    header = next(csv.reader(io.StringIO(file.content[:100_000].decode("cp1252"), newline="")))
    needed = {normalised(name) for name in (*register.REQUIRED, *register.OPTIONAL)}
    return [name for name in header if normalised(name) in needed]


def ours(file: RawFile) -> object:
    """The wanted columns as Alongside reads them."""
    return csv_table(file, register.REQUIRED, register.OPTIONAL)


def bare(file: RawFile) -> object:
    """The same columns by pyarrow.csv alone."""
    columns = wanted(file)
    return pyarrow.csv.read_csv(
        io.BytesIO(file.content), read_options=pyarrow.csv.ReadOptions(encoding="cp1252"),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types={name: pa.string() for name in columns}, include_columns=columns, strings_can_be_null=False
        ),
    ).to_pandas()  # fmt: skip


def memory(path: Path) -> dict[str, float]:
    """The most memory in MB that a program of its own takes by what it does: `read`, `ours`, `bare` and `nothing`."""
    found = {}
    for what in WORK:
        said = subprocess.run(
            [sys.executable, "-m", __name__, str(path), what], cwd=ROOT, capture_output=True, text=True, check=True
        )
        found[what] = float(said.stdout)
    return found


WORK = {
    "nothing": lambda file: None,
    "bare": bare,
    "ours": ours,
    "read": lambda file: recognised(peek(file)).read(file),
}


def _most() -> float:
    """This program's most memory so far in MB; of Linux its own word, for getrusage counts that of the parent in."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())[0]) / 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


if __name__ == "__main__":
    WORK[sys.argv[2]](RawFile.from_path(Path(sys.argv[1])))
    print(_most())
