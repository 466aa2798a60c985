"""Damaged and hostile input in small: each is read, and then whole and valid, or refused with its reason.

``tests/fuzz/drive.py`` does the same by the thousand; docs/reliability.md has the counts.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fuzz import fuzz_akn, fuzz_citations, fuzz_symbol
from fuzz.drive import Tally, drive
from fuzz.hostile import MAKERS
from fuzz.mutate import KINDS, mutated
from fuzz.seeds import seeds

from unresolve import read_akn
from unresolve.errors import InvalidDocumentError
from unresolve.writers.akn_read import LIMIT

CHECKS: dict[str, Callable[[bytes], None]] = {
    "fuzz_akn": fuzz_akn.check,
    "fuzz_citations": fuzz_citations.check,
    "fuzz_symbol": fuzz_symbol.check,
}


def last(tallies: Iterator[Tally]) -> Tally:
    return deque(tallies, maxlen=1).pop()


def test_damaged_files(samples: list[Path]) -> None:
    tally = last(drive(1, range(40), samples, jobs=2))
    assert tally.broken == []
    assert tally.ends.total() == 40
    ends = {end for _, end in tally.ends}
    assert "read" in ends, "some damage is survived"
    assert len(ends) > 1, "and some is not"


def test_hostile_files() -> None:
    tally = last(drive(3, range(28), jobs=2))
    assert tally.broken == []
    assert tally.ends.total() == 28


def test_a_broken_promise_is_seen(monkeypatch: pytest.MonkeyPatch, samples: list[Path], tmp_path: Path) -> None:
    """The driver must not be blind: a writer that writes something else is found out, and the input kept."""
    monkeypatch.setattr("unresolve.writers.akn.to_akn", lambda *_, **__: b"<akomaNtoso/>")
    tally = last(drive(1, range(6), samples, keep=tmp_path, limits=None))
    assert tally.broken
    assert list(tmp_path.glob("1-*.pdf"))


def test_the_same_seed_does_the_same(samples: list[Path]) -> None:
    data, other = samples[0].read_bytes(), samples[1].read_bytes()
    for number in range(24):
        assert mutated(data, other, f"7:{number}") == mutated(data, other, f"7:{number}")
        assert mutated(data, other, f"7:{number}")[1] != data
    assert {mutated(data, other, f"7:{number}")[0] for number in range(60)} == set(KINDS)


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_what_is_made_is_a_pdf_and_the_same_again(name: str) -> None:
    made = MAKERS[name](random.Random("1:1"))
    assert made.startswith(b"%PDF-1.7")
    assert made == MAKERS[name](random.Random("1:1"))


@pytest.mark.parametrize("target", sorted(CHECKS))
def test_targets_hold_for_what_they_begin_with_and_near_it(target: str) -> None:
    source = random.Random(target)
    for data in seeds()[target]:
        CHECKS[target](data)
        if source.random() < 0.3:
            damaged = bytearray(data)
            for _ in range(source.randint(1, 5)):
                at = source.randrange(len(damaged))
                damaged[at : at + source.randint(0, 3)] = source.randbytes(source.randint(0, 3))
            CHECKS[target](bytes(damaged))


HEAD = '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="r">'


class TestXml:
    """Akoma Ntoso from strangers: no file of this machine, no network, no swelling, no end of size."""

    def read(self, declaration: str, body: str) -> str:
        xml = f"<!DOCTYPE akomaNtoso [{declaration}]>{HEAD}<mainBody><paragraph><content><p>{body}</p></content>"
        return str(read_akn(f"{xml}</paragraph></mainBody></statement></akomaNtoso>".encode()).plain_text())

    def test_a_file_of_this_machine_is_not_read(self, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text("the secret")
        said = self.read(f'<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">', "before &x; after")
        assert "secret" not in said
        assert "before" in said

    @pytest.mark.parametrize("kind", ['<!ENTITY x SYSTEM "{}">', '<!ENTITY % x SYSTEM "{}"> %x;'])
    def test_nobody_is_asked(self, kind: str) -> None:
        import socket
        import threading

        with socket.create_server(("127.0.0.1", 0)) as server:
            asked: list[object] = []
            server.settimeout(0.5)

            def wait() -> None:
                try:
                    asked.append(server.accept())
                except TimeoutError:
                    return

            waiting = threading.Thread(target=wait)
            waiting.start()
            self.read(kind.format(f"http://127.0.0.1:{server.getsockname()[1]}/x"), "text")
            waiting.join()
        assert asked == []

    def test_an_external_dtd_is_not_loaded(self, tmp_path: Path) -> None:
        (tmp_path / "x.dtd").write_text('<!ENTITY x "from the DTD">')
        uri = (tmp_path / "x.dtd").as_uri()
        xml = f'<!DOCTYPE akomaNtoso SYSTEM "{uri}">{HEAD}<mainBody><p>text</p></mainBody></statement></akomaNtoso>'
        assert "DTD" not in str(read_akn(xml.encode()))

    def test_entities_do_not_swell(self) -> None:
        laughs = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
        assert len(self.read(laughs, "&m;")) < 1000

    def test_depth_is_read_as_far_as_it_goes(self) -> None:
        deep = "<b>" * 100_000 + "x" + "</b>" * 100_000
        document = read_akn(f"{HEAD}<mainBody><p>{deep}</p></mainBody></statement></akomaNtoso>".encode())
        assert [trouble.code for trouble in document.diagnostics] == ["xml-not-well-formed"]

    def test_size_has_an_end(self) -> None:
        with pytest.raises(InvalidDocumentError, match="more than"):
            read_akn(b" " * (LIMIT + 1))
