"""Schools found by what a person types: name, town, postcode, URN or LAESTAB, forgiving accents, short forms and slips.

Exact hits come first. Where all that was typed is there, word for word, nothing that only looks like it is told; where it
is not, the closest names are, and said to be that. Numbers are never guessed at: a slip in a URN is another school. Refuses to say
which school was meant: people choose.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from analytics.standardise import Array

Places = npt.NDArray[np.int64]

LEAST = 0.55  # weighted share of what was typed that a school must hold to be told at all
PREFIX, PLACE = 0.95, 0.9  # beside 1 for a word typed in full, and for one of the name
FEW = 3  # of fewer that only begin as was typed, what looks like it is told after them
SLIP = 0.2  # taken off for each letter too many, missing, wrong or swapped
USUAL = 0.2  # weight of a word that most names have, beside those that tell schools apart
LONGEST = 120  # letters of what was typed; what lies behind them is not read
WORDS_READ = 10
GENERIC = frozenset(
    "the of and a at for school academy primary secondary junior infant nursery college community ce rc va vc high first middle church england".split()
)
SHORT: Mapping[str, str] = MappingProxyType(
    {
        "saint": "st", "saints": "ss", "sts": "ss", "cofe": "ce", "coe": "ce", "catholic": "rc", "jnr": "junior", "jun": "junior",
        "juniors": "junior", "inf": "infant", "infants": "infant", "prim": "primary", "pri": "primary", "sch": "school",
        "schl": "school", "schools": "school", "acad": "academy", "sec": "secondary", "coll": "college", "rd": "road",
        "ave": "avenue", "ln": "lane", "mt": "mount", "gt": "great", "lt": "little",
    }
)  # fmt: skip
PHRASES = (
    (r"\bchurch of england\b|\bc of e\b|\bc e\b", "ce"), (r"\broman catholic\b|\br c\b", "rc"), (r"\bvoluntary aided\b|\bv a\b", "va"),
    (r"\bvoluntary controlled\b|\bv c\b", "vc"), (r"\brc catholic\b", "rc"),
)  # fmt: skip
POSTCODE = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]?([0-9][a-z]{0,2})?\Z")


@dataclass(frozen=True, slots=True)
class Hit:
    """One school. `sure`: all that tells schools apart stands there as it was typed; else it only looks like it."""

    urn: int
    sure: bool


@dataclass(frozen=True, slots=True, eq=False)
class SchoolIndex:
    """Made once for a list of schools, then asked often. Positions are those of `urns`, which is sorted."""

    urns: Places
    names: tuple[str, ...]
    postcodes: tuple[str, ...]
    laestabs: tuple[str, ...]
    vocabulary: tuple[str, ...]  # sorted
    by_length: Mapping[int, tuple[Places, tuple[str, ...]]]  # of the words without figures: where they stand in it
    of_name: tuple[Places, Places]  # words of each name, and where each name's begin
    of_place: tuple[Places, Places]


def index(schools: pd.DataFrame) -> SchoolIndex:
    """`schools`: urn, name and, as far as there are any, town, la_name, postcode and laestab; what is missing is not found by."""
    table = schools.sort_values("urn")
    cells = {name: _texts(table, name) for name in ("name", "town", "la_name", "postcode", "laestab")}
    names = tuple(plain(text) for text in cells["name"])
    postcodes = tuple(_packed(text) for text in cells["postcode"])
    laestabs = tuple(re.sub(r"\D", "", text.split(".")[0]) for text in cells["laestab"])
    urns = table["urn"].to_numpy("int64")
    places = (
        {*plain(town).split(), *plain(authority).split(), postcode, postcode[:-3], str(urn), laestab} - {""}
        for town, authority, postcode, urn, laestab in zip(
            cells["town"], cells["la_name"], postcodes, urns, laestabs, strict=True
        )
    )
    in_name = [_with_joined(name.split()) for name in names]
    in_place = [sorted(words) for words in places]
    vocabulary = tuple(sorted({"", *(word for words in (*in_name, *in_place) for word in words)}))
    known = {word: at for at, word in enumerate(vocabulary)}
    return SchoolIndex(
        urns,
        names,
        postcodes,
        laestabs,
        vocabulary,
        _by_length(vocabulary),
        _flat(in_name, known),
        _flat(in_place, known),
    )


def found(among: SchoolIndex, text: str, limit: int = 8) -> tuple[Hit, ...]:
    """At most `limit` schools: exact numbers and names first, then by how much of what was typed they hold, then by name.

    () for fewer than two letters, and where nothing comes near.
    """
    typed = text[:LONGEST]
    packed = _packed(typed)
    if len(packed) < 2 or not len(among.urns):
        return ()
    coded = _by_number(among, packed) or _by_postcode(among, packed, " ".join(typed.casefold().split()))
    if coded:
        return tuple(Hit(int(among.urns[at]), True) for at in coded[:limit])
    wanted = plain(typed).split()[:WORDS_READ]
    return _by_words(among, wanted, limit) if wanted else ()


def plain(text: str) -> str:
    """Text as it is compared: small letters without accents, points and apostrophes; usual short forms made one."""
    letters = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one)).casefold()
    letters = re.sub(r"['\u2019\u02bc`]", "", letters).replace("&", " and ")
    said = " ".join(re.findall(r"[a-z0-9]+", letters))
    for phrase, short in PHRASES[:-1]:
        said = re.sub(phrase, short, said)
    return re.sub(*PHRASES[-1], " ".join(SHORT.get(word, word) for word in said.split()))


def _texts(table: pd.DataFrame, name: str) -> list[str]:
    if name not in table:
        return [""] * len(table)
    return ["" if pd.isna(value) else str(value) for value in table[name]]


def _packed(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def _with_joined(words: Sequence[str]) -> list[str]:
    """The words of a name, and each two that stand side by side as one: "Mill Brace" is typed "Millbrace"."""
    return [*words, *(one + other for one, other in pairwise(words))]


def _flat(rows: Sequence[Sequence[str]], known: Mapping[str, int]) -> tuple[Places, Places]:
    """Numbers of words, row after row, and where each row begins; a row without words has the word ""."""
    flat = [known[word] for words in rows for word in words or ("",)]
    begins = np.cumsum([0, *(max(len(words), 1) for words in rows[:-1])])
    return np.array(flat, dtype="int64"), begins.astype("int64")


def _by_length(vocabulary: Sequence[str]) -> Mapping[int, tuple[Places, tuple[str, ...]]]:
    found: dict[int, list[int]] = {}
    for at, word in enumerate(vocabulary):
        if word.isalpha():
            found.setdefault(len(word), []).append(at)
    return MappingProxyType(
        {length: (np.array(places), tuple(vocabulary[at] for at in places)) for length, places in found.items()}
    )


def _by_number(among: SchoolIndex, packed: str) -> list[int]:
    """Positions whose URN or LAESTAB is the number, then those that begin with it; four figures may end a LAESTAB."""
    if not packed.isdigit() or len(packed) < 3:
        return []
    hits = []
    for at, (urn, laestab) in enumerate(zip(map(str, among.urns.tolist()), among.laestabs, strict=True)):
        if packed in (urn, laestab):
            hits.append((0, urn, at))
        elif urn.startswith(packed) or laestab.startswith(packed) or (len(packed) == 4 and laestab[3:] == packed):
            hits.append((1, urn, at))
    exact = [at for first, _, at in sorted(hits) if first == 0]
    return exact or [at for _, _, at in sorted(hits)]


def _by_postcode(among: SchoolIndex, packed: str, typed: str) -> list[int]:
    """Positions of the postcode, then of its district, then of those that begin so; a space that was typed counts."""
    if not POSTCODE.match(packed):
        return []
    hits = sorted(
        (code != packed, code[:-3] != packed, code, among.names[at], at)
        for at, code in enumerate(among.postcodes)
        if code.startswith(packed)
    )
    spaced = [hit for hit in hits if f"{hit[2][:-3]} {hit[2][-3:]}".startswith(typed)]
    return [at for *_, at in (spaced if " " in typed else []) or hits]


def _by_words(among: SchoolIndex, wanted: Sequence[str], limit: int) -> tuple[Hit, ...]:
    each = np.vstack(_scores(among, wanted))
    counts = np.maximum((each > 0).sum(axis=1), 1)
    telling = np.array([word not in GENERIC for word in wanted])
    weights = np.where(telling, np.log1p(len(among.urns) / counts), USUAL)
    total = weights @ each / weights.sum()
    judged = telling if telling.any() else np.ones(len(wanted), dtype=bool)
    sure = (each[judged] >= PREFIX * PLACE - 1e-9).all(axis=0)
    near = total >= LEAST
    whole = (each[judged] >= PLACE - 1e-9) & (each[judged] != PREFIX)
    enough = sure.sum() >= FEW or (sure & whole.all(axis=0)).any()
    may = np.flatnonzero(sure if enough else sure | near)
    text = " ".join(wanted)
    key = _order(among, text, total)
    order = sorted(may.tolist(), key=lambda at: (not sure[at], *key(at)))
    return tuple(Hit(int(among.urns[at]), bool(sure[at])) for at in order[:limit])


def _order(among: SchoolIndex, text: str, total: Array) -> Callable[[int], tuple[object, ...]]:
    """Sort key of a position: the name itself, a name that begins so, one that holds it, the rest by how much they hold."""

    def key(at: int) -> tuple[object, ...]:
        name = among.names[at]
        tier = 0 if name == text else 1 if name.startswith(text) else 2 if f" {text}" in name else 3
        return tier, -round(float(total[at]), 2), len(name.split()), name, at

    return key


def _scores(among: SchoolIndex, wanted: Sequence[str]) -> list[Array]:
    """For each word that was typed, how well each school holds it, 0 to 1; two words may stand as one in the name."""
    alone = [_held(among, word) for word in wanted]
    for at, pair in enumerate(pairwise(wanted)):
        joined = _held(among, "".join(pair))
        alone[at], alone[at + 1] = np.maximum(alone[at], joined), np.maximum(alone[at + 1], joined)
    return alone


def _held(among: SchoolIndex, word: str) -> Array:
    likeness = _likeness(among, word)
    in_name, in_place = (
        np.maximum.reduceat(likeness[flat], begins) for flat, begins in (among.of_name, among.of_place)
    )
    return np.asarray(np.maximum(in_name, PLACE * in_place))


def _likeness(among: SchoolIndex, word: str) -> Array:
    """How like the typed word each known word is: 1 the same, PREFIX begins so, less for each slip, 0 not at all.

    Short words and numbers allow no slip, words of eight letters and more two.
    """
    found = np.zeros(len(among.vocabulary))
    slips = 0 if len(word) < 4 or not word.isalpha() else 1 if len(word) < 8 else 2
    for length in range(len(word) - slips, len(word) + slips + 1) if slips else ():
        places, words = among.by_length.get(length, (None, ()))
        if places is not None:
            away = cdist([word], words, scorer=OSA.distance, score_cutoff=slips, dtype=np.uint8)[0]
            found[places] = np.where(away <= slips, 1 - SLIP * away.astype(float), 0.0)
    first, last = bisect_left(among.vocabulary, word), bisect_left(among.vocabulary, f"{word}\uffff")
    found[first:last] = PREFIX
    if first < last and among.vocabulary[first] == word:
        found[first] = 1.0
    return found
