"""The land of the sample: six kinds of authority, their outlines in the open North Sea, and names for places.

Refuses any real place: names are made of invented parts (a test compares them with the real register), grid references
lie where there is only water. National grid metres (EPSG:27700).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

_FIRST = (
    "Alder Ambel Arken Ashel Bald Bramb Brenn Brind Brusk Burl Cald Cand Carr Cattel Chal Chelm Chilv Clin Copp Corm "
    "Cran Crook Cull Dann Darr Delv Denn Dorn Drack Drev Dunn Eddis Elmer Elv Emmer Ester Fald Farr Fenn Ferr Flint "
    "Frask Froll Gall Garr Gelt Gild Glem Gorl Grend Grims Hask Hazel Held Hemm Hess Hind Holl Horl Husk Immer Ing "
    "Jarr Kell Kelv Kemm Kest Kibb Kirr Kneb Lamm Larr Laving Ledd Lemm Lind Loxl Lull Lyng Madd Mall Marr Mell Merr "
    "Midd Mirr Moss Mull Nabb Nar Nedd Ness Nett Nith Norr Oak Odd Oll Orm Oss Oving Paddle Pell Penn Perr Pill Pinn "
    "Poll Prenn Quarr Quenn Quill Radd Rask Redd Renn Ribb Ring Rock Roll Rudd Rusk Sall Sand Scarr Sedd Sell Shald "
    "Shell Skell Sladd Snell Sorr Spald Stann Stell Stock Strell Sull Swall Tadd Tarr Tedd Tell Thack Thirl Thorl Tibb "
    "Till Toll Torr Trell Tull Ulver Umber Vell Venn Verr Vind Wadd Wall Warr Well Wend Werr Whild Winn Wrack Yarr "
    "Yelv Yest Zeal"
).split()
_LAST = (
    "aby acombe adale afold aford aham ahithe aholt alow amere aness aridge astead athorpe awade awick aworth enby "
    "encombe enfold enham enholt enmere enstow enthwaite enworth ercombe erfold erholt erlow ermere erside erstow "
    "erthorpe erwick erworth ingby ingfold ingholt ingmere ingstow ismarsh ismere isfold isholt iscombe isby oldby "
    "ovale owfold owmere owholt"
).split()
_BEFORE = ("Great", "Little", "Upper", "Nether", "Long", "Over")


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority. Middle and spread of six-year meals and of English as an additional language are in points."""

    code: int
    name: str
    kind: str
    towns: tuple[str, ...]
    centres: tuple[tuple[float, float], ...]  # of the towns, km from the region's south-west corner
    count: int
    mix: Mapping[str, int]
    roll: tuple[float, float]  # a primary's median roll and the spread of its logarithm
    meals: tuple[float, float]
    eal: float
    town_share: float
    trend: float  # yearly change of rolls
    absence: float  # persistent absence that comes with the place, points
    box: tuple[float, float, float, float]  # where schools lie, km
    dx: float = 0.0
    dy: float = 0.0

    @property
    def gss(self) -> str:
        """The fictional nine-character code of the authority."""
        return f"E10990{self.code}"


def _mix(total: int, **counts: int) -> Mapping[str, int]:
    return MappingProxyType({**counts, "primary": total - sum(counts.values())})


AUTHORITIES: tuple[Authority, ...] = (
    Authority(991, "Chilvershire", "chalk county", ("Pellworth", "Stanmere", "Tolverton"),
              ((12, 14), (32, 12), (24, 33)),
              330, _mix(330, grammar=14, secondary=17, infant=46, junior=40, special=8, pru=2, nursery=3, all_through=2,
                        sixteen=1, independent=18),
              (235, 0.45), (12, 6), 8, 0.55, 0.0, 0.0, (3, 3, 42, 42)),
    Authority(992, "Kelderby City", "city", ("Millbrace", "Velby"), ((51, 33), (59, 47)),
              210, _mix(210, secondary=28, infant=10, junior=10, special=9, pru=4, nursery=5, all_through=3, sixteen=2,
                        independent=6),
              (410, 0.32), (40, 9), 45, 0.95, 0.0, 1.0, (47.5, 25, 62.5, 57)),
    Authority(993, "Saltingshire", "coast", ("Tidewell", "Mereham Sands"), ((80, 30), (82, 74)),
              310, _mix(310, secondary=32, infant=22, junior=20, special=9, pru=3, nursery=3, all_through=2, sixteen=1,
                        independent=6),
              (255, 0.45), (33, 10), 7, 0.5, -0.005, 10.0, (68, 4, 86.5, 97)),
    Authority(994, "Harrowfen", "flat and rural", ("Dunmarsh", "Ashmarsh"), ((14, 62), (34, 74)),
              280, _mix(280, secondary=20, infant=8, junior=8, special=5, pru=2, nursery=2, all_through=1,
                        independent=4),
              (150, 0.55), (19, 7), 8, 0.3, -0.004, 0.0, (3, 48, 42, 82)),
    Authority(995, "Wexmoor", "upland", ("Gorsethwaite", "Ellerholm"), ((13, 104), (33, 96)),
              190, _mix(190, secondary=12, first=18, middle=5, upper=2, infant=6, junior=6, special=4, pru=1, nursery=1,
                        all_through=1, independent=3),
              (135, 0.55), (15, 6), 4, 0.3, -0.008, 0.0, (3, 88, 42, 117)),
    Authority(996, "Brennor", "former industrial", ("Castle Brennor", "Copperley"), ((51, 72), (60, 94)),
              180, _mix(180, secondary=20, infant=10, junior=10, special=6, pru=3, nursery=2, all_through=2, sixteen=1,
                        independent=3),
              (240, 0.4), (32, 8), 12, 0.7, -0.022, 1.0, (47.5, 63, 65.5, 107)),
)  # fmt: skip

ORIGIN = (700_000, 300_000)  # the south-west corner of the first region
# Corners of the outlines in km, the lines between them, and which lines bound which authority (negative: backwards).
_NODES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"A": (0, 0), "B": (45, 0), "C": (90, 0), "D": (0, 45), "E": (45, 45), "F": (0, 85), "G": (45, 85), "H": (0, 120),
     "I": (45, 120), "J": (65, 22), "K": (45, 22), "L": (65, 60), "M": (45, 60), "N": (68, 110), "O": (48, 110),
     "P": (90, 100)}
)  # fmt: skip
_LINES = ("AB", "BC", "CP", "PN", "NO", "OI", "IH", "HF", "FD", "DA", "ED", "FG", "BK", "KE", "EM", "MG", "GO", "KJ",
          "JL", "LN", "LM")  # fmt: skip
_RINGS: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {991: ("AB", "BK", "KE", "ED", "DA"), 994: ("DE", "EM", "MG", "GF", "FD"), 995: ("FG", "GO", "OI", "IH", "HF"),
     992: ("KJ", "JL", "LM", "ME", "EK"), 996: ("ML", "LN", "NO", "OG", "GM"),
     993: ("BC", "CP", "PN", "NL", "LJ", "JK", "KB")}
)  # fmt: skip
ISLAND = (99.0, 30.0)  # Scarra: 9 km off the coast of 993
# Where the copies of a national sample lie: further north, still water.
OFFSETS: tuple[tuple[float, float], ...] = (
    (0, 0), (0, 130), (-98, 130), (0, 260), (-98, 260), (0, 390), (-98, 390), (-196, 390), (0, 520), (-98, 520),
    (-196, 520), (0, 650), (-98, 650), (-196, 650), (0, 780), (-98, 780),
)  # fmt: skip


def place_names(rng: np.random.Generator) -> Iterator[str]:
    """Invented place names without end or repetition, in seeded order; plain ones first."""
    words = [first + last for first in _FIRST for last in _LAST]
    order = rng.permutation(len(words))
    for position in order:
        yield words[position]
    for before in _BEFORE:
        for position in order:
            yield f"{before} {words[position]}"


def outlines(seed: int, authorities: tuple[Authority, ...]) -> dict[int, list[np.ndarray]]:
    """Rings in national grid metres for each authority code; neighbours share their line exactly."""
    found: dict[int, list[np.ndarray]] = {}
    for start in range(0, len(authorities), len(AUTHORITIES)):
        block = authorities[start : start + len(AUTHORITIES)]
        rng = np.random.default_rng([seed, 11, start])
        lines = {name: _line(rng, _NODES[name[0]], _NODES[name[1]]) for name in _LINES}
        lines |= {name[::-1]: line[::-1] for name, line in lines.items()}
        shift = np.array([ORIGIN[0] / 1000 + block[0].dx, ORIGIN[1] / 1000 + block[0].dy])
        for model, authority in zip(AUTHORITIES, block, strict=True):
            ring = np.concatenate([lines[name][:-1] for name in _RINGS[model.code]])
            rings = [np.vstack([ring, ring[:1]])]
            if model.code == 993:
                rings.append(_island(rng))
            found[authority.code] = [(part + shift) * 1000 for part in rings]
    return found


def _line(rng: np.random.Generator, start: tuple[float, float], end: tuple[float, float]) -> np.ndarray:
    """A coast-like line: midpoints pushed aside by ever smaller steps (at most about 2 km)."""
    points = np.array([start, end], dtype=float)
    for step in (1.0, 0.6, 0.35, 0.2, 0.12):
        middle = (points[:-1] + points[1:]) / 2
        middle += rng.uniform(-step, step, middle.shape)
        merged = np.empty((len(points) + len(middle), 2))
        merged[0::2], merged[1::2] = points, middle
        points = merged
    return points


def _island(rng: np.random.Generator) -> np.ndarray:
    angle = np.linspace(0, 2 * np.pi, 25)[:-1]
    radius = rng.uniform(2.2, 3.6, 24)
    ring = np.column_stack([ISLAND[0] + radius * np.cos(angle), ISLAND[1] + radius * np.sin(angle)])
    return np.vstack([ring, ring[:1]])
