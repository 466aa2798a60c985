"""Documents by symbol: a local server plays the service, redirects and failures included."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from unresolve.cli.app import app
from unresolve.corpus.fetch import Documents, Fetched, OfficialXml, fetch, file_name
from unresolve.corpus.web import Manners, Web
from unresolve.errors import MissingExtraError, UnreachableError, WrongContentError
from unresolve.symbols import try_parse

PDF = b"%PDF-1.7\n" + b"a page " * 1000 + b"\n%%EOF\n"
PAGE = b"<!DOCTYPE html><html><head><title>Maintenance\n tonight</title></head></html>"
Answer = tuple[int, dict[str, str], bytes]


class Play(ThreadingHTTPServer):
    """A service on this machine. ``play`` gives the answer to a path and a query; ``asked`` notes each request."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.play: Callable[[str, dict[str, str]], Answer] = lambda *_: (404, {}, b"")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def wishes(self) -> list[str]:
        return [f"{query.get('s')} {query.get('l')}" for _, query in self.asked]


class _Handler(BaseHTTPRequestHandler):
    server: Play

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.server.asked.append((unquote(parts.path), query))
        status, headers, body = self.server.play(unquote(parts.path), query)
        self.send_response(status)
        headers = {"Content-Length": str(len(body))} | headers
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[Play]:
    with Play() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def bring(service: Play, tmp_path: Path) -> Iterator[Callable[..., list[Fetched]]]:
    """Fetch symbols from the played service into a folder, without long pauses."""
    webs: list[Web] = []

    def brought(*symbols: str, langs: tuple[str, ...] = ("en",), xml: bool = False, **manners: float) -> list[Fetched]:
        webs.append(Web(Manners(**({"rate": 10_000, "wait": 0.01, "patience": 2.0} | manners))))  # type: ignore[arg-type]
        source = OfficialXml(webs[-1], service.url) if xml else Documents(webs[-1], f"{service.url}/access")
        return list(fetch(symbols, langs, tmp_path, source))

    yield brought
    for web in webs:
        web.close()


def there(*wishes: str) -> Callable[[str, dict[str, str]], Answer]:
    """A service that has these documents."""
    return lambda _, query: (200, {}, PDF) if f"{query['s']} {query['l']}" in wishes else (404, {}, b"")


def test_a_document_in_two_languages(service: Play, bring: Callable[..., list[Fetched]], tmp_path: Path) -> None:
    service.play = there("A/RES/72/1 fr", "A/RES/72/1 en")
    found = bring("A/RES/72/1", langs=("fr", "en"))
    assert [one.path for one in found] == [tmp_path / "A_RES_72_1.fr.pdf", tmp_path / "A_RES_72_1.en.pdf"]
    assert all(path.read_bytes() == PDF for path in tmp_path.iterdir())
    assert service.asked == [("/access", {"s": "A/RES/72/1", "l": code, "t": "pdf"}) for code in ("fr", "en")]


def test_what_is_there_is_not_fetched_again(service: Play, bring: Callable[..., list[Fetched]]) -> None:
    service.play = there("A/RES/72/1 en", "A/RES/72/2 en")
    bring("A/RES/72/1")
    found = bring("A/RES/72/1", "A/RES/72/2", "A/RES/72/2")
    assert [one.kept for one in found] == [True, False, True]
    assert service.wishes == ["A/RES/72/1 en", "A/RES/72/2 en"]


def test_a_file_that_is_no_pdf_is_fetched_anew(
    service: Play, bring: Callable[..., list[Fetched]], tmp_path: Path
) -> None:
    service.play = there("A/RES/72/1 en")
    (tmp_path / "A_RES_72_1.en.pdf").write_bytes(PAGE)
    [one] = bring("A/RES/72/1")
    assert not one.kept
    assert (tmp_path / "A_RES_72_1.en.pdf").read_bytes() == PDF


def test_redirects_are_followed(service: Play, bring: Callable[..., list[Fetched]]) -> None:
    service.play = lambda path, _: (200, {}, PDF) if path == "/doc/1.pdf" else (302, {"Location": "/doc/1.pdf"}, b"")
    [one] = bring("A/RES/72/1")
    assert one.path is not None
    assert one.path.read_bytes() == PDF


def test_redirects_without_end(service: Play, bring: Callable[..., list[Fetched]], tmp_path: Path) -> None:
    service.play = lambda path, _: (302, {"Location": path + "x"}, b"")
    [one] = bring("A/RES/72/1")
    assert one.error == "A/RES/72/1 in en: the service sends from one address to the next without end"
    assert not list(tmp_path.iterdir())


def test_a_redirect_to_a_file_of_this_machine_is_not_followed(
    service: Play, bring: Callable[..., list[Fetched]], tmp_path: Path
) -> None:
    service.play = lambda *_: (302, {"Location": "file:///etc/passwd"}, b"")
    [one] = bring("A/RES/72/1")
    assert one.error is not None
    assert len(service.asked) == 1
    assert not list(tmp_path.iterdir())


def test_a_language_that_is_missing_is_told_from_a_symbol_nobody_knows(
    service: Play, bring: Callable[..., list[Fetched]]
) -> None:
    service.play = there("A/RES/72/1 fr", "A/RES/72/1 es")
    known, unknown = bring("A/RES/72/1", "A/RES/999/1", langs=("ru",))
    assert known.error == "A/RES/72/1 in ru: not there in this language; there is fr es"
    assert unknown.error == "A/RES/999/1 in ru: the service knows no document of this symbol"


def test_no_symbol_at_all(bring: Callable[..., list[Fetched]], service: Play, tmp_path: Path) -> None:
    found = bring("A/../../etc/passwd", "../x", "")
    assert all(one.error is not None and one.path is None for one in found)
    assert service.asked == []
    assert not list(tmp_path.iterdir())


def test_a_web_page_instead_of_a_pdf(service: Play, bring: Callable[..., list[Fetched]], tmp_path: Path) -> None:
    service.play = lambda *_: (200, {"Content-Type": "application/pdf"}, PAGE)
    [one] = bring("A/RES/72/1")
    assert one.error == "A/RES/72/1 in en: no PDF came but something else: “Maintenance tonight”"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_fault_of_the_service_is_waited_out(service: Play, bring: Callable[..., list[Fetched]], status: int) -> None:
    service.play = lambda *_: (status, {}, b"") if len(service.asked) < 3 else (200, {}, PDF)
    [one] = bring("A/RES/72/1")
    assert one.error is None
    assert len(service.asked) == 3


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_refusal_is_not_asked_again(service: Play, bring: Callable[..., list[Fetched]], status: int) -> None:
    service.play = lambda *_: (status, {}, b"")
    [one] = bring("A/RES/72/1")
    assert one.error == f"A/RES/72/1 in en: the service answers {status}, asked once"
    assert len(service.asked) == 1


def test_a_service_that_never_answers_well(service: Play, bring: Callable[..., list[Fetched]]) -> None:
    service.play = lambda *_: (503, {}, b"")
    found = bring(*(f"A/RES/72/{n}" for n in range(1, 6)), attempts=3)
    assert found[0].error == "A/RES/72/1 in en: the service answers 503, asked 3 times"
    assert len(service.asked) == 9, "after three symbols the rest is given up"
    assert "did not answer" in str(found[4].error)


@pytest.mark.parametrize("said", ["1", "date"])
def test_retry_after_is_kept(service: Play, bring: Callable[..., list[Fetched]], said: str) -> None:
    def play(*_: object) -> Answer:
        when = formatdate(time.time() + 2, usegmt=True) if said == "date" else said
        return (429, {"Retry-After": when}, b"") if len(service.asked) == 1 else (200, {}, PDF)

    service.play = play
    started = time.monotonic()
    [one] = bring("A/RES/72/1", patience=5.0)
    assert one.error is None
    assert time.monotonic() - started >= 0.9


def test_a_retry_after_beyond_all_patience(service: Play, bring: Callable[..., list[Fetched]]) -> None:
    service.play = lambda *_: (429, {"Retry-After": "86400"}, b"")
    [one] = bring("A/RES/72/1")
    assert one.error == "A/RES/72/1 in en: the service answers 429, asked once"


def test_a_body_that_breaks_off_leaves_no_file(
    service: Play, bring: Callable[..., list[Fetched]], tmp_path: Path
) -> None:
    service.play = lambda *_: (200, {"Content-Length": str(len(PDF) + 10), "Connection": "close"}, PDF)
    [one] = bring("A/RES/72/1", attempts=2)
    assert one.error is not None
    assert "no answer from" in one.error
    assert len(service.asked) == 2
    assert not list(tmp_path.iterdir())


def test_a_body_without_end_is_not_read(service: Play) -> None:
    service.play = lambda *_: (200, {}, PDF * 100)
    web = Web(Manners(limit=10_000))
    with pytest.raises(WrongContentError, match="more than 10000 bytes"):
        web.get(service.url)
    assert web.get(service.url, most=9) == b"%PDF-1.7\n"
    web.close()


def test_nobody_there() -> None:
    with Play() as server:
        url = server.url
    web = Web(Manners(attempts=2, wait=0.01))
    with pytest.raises(UnreachableError, match=r"^no answer from http://127\.0\.0\.1:\d+, asked 2 times: "):
        web.get(url)
    web.close()


def test_the_rate_is_held(service: Play, bring: Callable[..., list[Fetched]]) -> None:
    service.play = lambda *_: (200, {}, PDF)
    started = time.monotonic()
    bring(*(f"A/RES/72/{n}" for n in range(1, 6)), rate=20)
    assert time.monotonic() - started >= 4 / 20


LISTING = ["A_RES_78_1-2323E.xml", "A_RES_78_10-2324E.xml", "A_RES_78_10-2324E_reissue.xml", "78_12A-B_E.xml", "a.zip"]


def official(service: Play) -> Callable[[str, dict[str, str]], Answer]:
    def play(path: str, _: dict[str, str]) -> Answer:
        if path == "/78session/English":
            entries = [{"name": name, "download_url": f"{service.url}/raw/{name}"} for name in LISTING]
            return 200, {}, json.dumps(entries).encode()
        return (200, {}, f"<akomaNtoso>{path}</akomaNtoso>".encode()) if path.startswith("/raw/") else (404, {}, b"")

    return play


def test_the_official_xml(service: Play, bring: Callable[..., list[Fetched]], tmp_path: Path) -> None:
    service.play = official(service)
    found = bring("A/RES/78/1", "A/RES/78/10", "A/RES/78/12A", xml=True)
    assert [path.name for one in found if (path := one.path)] == [
        "A_RES_78_1.en.xml",
        "A_RES_78_10.en.xml",
        "A_RES_78_12A.en.xml",
    ]
    assert b"78_1-2323E" in (tmp_path / "A_RES_78_1.en.xml").read_bytes()
    assert b"reissue" in (tmp_path / "A_RES_78_10.en.xml").read_bytes()
    assert sum(path == "/78session/English" for path, _ in service.asked) == 1


def test_an_official_xml_that_is_missing(service: Play, bring: Callable[..., list[Fetched]]) -> None:
    service.play = official(service)
    french, unknown, report = bring("A/RES/78/1", "A/RES/78/99", "A/78/99", langs=("fr",), xml=True)
    assert french.error == "A/RES/78/1 in fr: not there in this language; there is en"
    assert unknown.error == "A/RES/78/99 in fr: the service knows no document of this symbol"
    assert report.error == "A/78/99 in fr: the service knows no document of this symbol"


def test_a_listing_that_is_none(service: Play, bring: Callable[..., list[Fetched]]) -> None:
    service.play = lambda *_: (200, {}, PAGE)
    [one] = bring("A/RES/78/1", xml=True)
    assert "no listing of files came" in str(one.error)


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("A/RES/72/1", "A_RES_72_1.fr.pdf"),
        ("A/RES/1514 (XV)", "A_RES_1514(XV).fr.pdf"),
        ("A/47/60-S/23329", "A_47_60-S_23329.fr.pdf"),
        ("А/C.3/72/L.1/Rev.1", "A_C.3_72_L.1_Rev.1.fr.pdf"),
    ],
)
def test_names_of_files(symbol: str, name: str) -> None:
    found = try_parse(symbol)
    assert found is not None
    assert file_name(found, "fr") == name


@given(st.text(st.sampled_from("AES/.()-_\\:\x00 0129XVRevLC"), max_size=400).map(lambda rest: f"A/{rest}1"))
def test_a_name_is_one_file_whatever_the_symbol(text: str) -> None:
    symbol = try_parse(text)
    if symbol is not None:
        name = file_name(symbol, "en")
        assert Path(name).name == name
        assert not name.startswith(".")
        assert len(name.encode()) < 200


class TestCommand:
    def run(self, *words: str, text: str | None = None) -> tuple[int, str, str]:
        done = CliRunner().invoke(app, ["fetch", *words], input=text)
        return done.exit_code, done.stdout, done.stderr

    def test_symbols_from_standard_input(self, service: Play, tmp_path: Path) -> None:
        service.play = there("A/RES/72/1 en", "A/RES/72/2 en")
        code, out, err = self.run(
            "-o", str(tmp_path), "--base", service.url, "--rate", "1000", text="A/RES/72/1 # remark\n\nA/RES/72/2\n"
        )
        assert (code, err) == (0, "")
        assert out.split() == [str(tmp_path / f"A_RES_72_{n}.en.pdf") for n in (1, 2)]

    def test_some_fail(self, service: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        service.play = there("A/RES/72/1 en")
        monkeypatch.setenv("UNRESOLVE_FETCH_URL", service.url)
        code, out, err = self.run("A/RES/72/1", "nonsense", "--lang", "en", "-o", str(tmp_path), "--rate", "1000")
        assert code == 1
        assert len(out.splitlines()) == len(err.splitlines()) == 1
        assert err.startswith("nonsense in en: ")

    def test_what_became_of_each_as_json(self, service: Play, tmp_path: Path) -> None:
        service.play = there("A/RES/72/1 en")
        words = ("--json", "--lang", "en", "-o", str(tmp_path), "--rate", "1000", "--base", service.url)
        code, out, err = self.run("A/RES/72/1", "nonsense", *words)
        well, failed = map(json.loads, out.splitlines())
        assert (code, err) == (1, "")
        assert well == {
            "symbol": "A/RES/72/1",
            "lang": "en",
            "path": str(tmp_path / "A_RES_72_1.en.pdf"),
            "kept": False,
            "error": None,
        }
        assert (failed["symbol"], failed["path"]) == ("nonsense", None)
        assert failed["error"].startswith("nonsense in en: ")

    @pytest.mark.parametrize("words", [("--lang", "de"), ("--lang", ","), ("--rate", "0")])
    def test_wrong_use(self, words: tuple[str, ...]) -> None:
        assert self.run("A/RES/72/1", *words)[0] == 2

    def test_without_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "httpx", None)
        with pytest.raises(MissingExtraError, match=r"pip install 'unresolve\[fetch\]'"):
            Web()
        code, _, err = self.run("A/RES/72/1")
        assert code == 2
        assert "unresolve[fetch]" in err
