"""Laws of running text: cutting and joining keep every character, and every mark over the characters it marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from unresolve.model import Mark, Text


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """A text of a few characters, white space among them, with marks within its bounds."""
    content = draw(st.text("ab é中\n", max_size=12))
    place = st.integers(0, len(content))
    spans = st.tuples(place, place).map(sorted).filter(lambda ends: ends[0] < ends[1])
    styles = st.builds(
        lambda ends, kind: Mark(ends[0], ends[1], kind), spans, st.sampled_from(("italic", "bold", "superscript"))
    )
    points = st.builds(
        lambda at, kind, target: Mark(at, at, kind, target), place, st.sampled_from(("call", "break")), st.text("12")
    )
    marks = draw(st.lists(points, max_size=2, unique=True))
    if content:
        marks += draw(st.lists(styles, max_size=3, unique_by=lambda mark: mark.kind))
    return Text(content, tuple(sorted(marks)))


def _sound(text: Text) -> bool:
    return all(0 <= mark.start <= mark.end <= len(text) for mark in text.marks)


def _marked(text: Text) -> list[tuple[str, str]]:
    """What each mark that covers anything covers."""
    return [(m.kind, text.content[m.start : m.end]) for m in text.marks if m.start < m.end]


@given(texts(), st.data())
def test_a_slice_is_that_of_the_string(text: Text, data: st.DataObject) -> None:
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    part = text.slice(start, end)
    assert part.content == text.content[start:end]
    assert _sound(part)
    covered = [(m.kind, text.content[max(m.start, start) : min(m.end, end)]) for m in text.marks]
    assert sorted(_marked(part)) == sorted((kind, inside) for kind, inside in covered if inside)


@given(texts())
def test_a_slice_of_the_whole_is_the_text(text: Text) -> None:
    assert text.slice(0).content == text.content
    assert text.slice(0).marks == text.marks


@given(texts(), st.data())
def test_calls_are_never_lost_by_cutting_and_joining(text: Text, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    joined = Text.join((text.slice(0, at), text.slice(at)), "")
    assert joined.content == text.content
    assert _points(joined) == _points(text)


def _points(text: Text) -> set[Mark]:
    return {mark for mark in text.marks if mark.start == mark.end}


def test_the_marks_of_a_slice_are_sorted() -> None:
    text = Text(" a", (Mark(0, 2, "italic"), Mark(1, 1, "call", "note_1")))
    assert text.slice(1).marks == (Mark(0, 0, "call", "note_1"), Mark(0, 1, "italic"))


def test_two_marks_of_one_span_may_be_joined() -> None:
    twice = Text("a", (Mark(0, 1, "italic"), Mark(0, 1, "italic")))
    assert Text.join((twice,)).content == "a"


@given(texts())
def test_stripping_is_that_of_the_string(text: Text) -> None:
    assert text.strip().content == text.content.strip()
    assert _sound(text.strip())
    assert _marked(text.strip().strip()) == _marked(text.strip())


@given(st.lists(texts(), max_size=4), st.sampled_from(("", " ", "\n")))
def test_joining_is_that_of_strings(parts: list[Text], separator: str) -> None:
    joined = Text.join(parts, separator)
    assert joined.content.replace(separator, "") == "".join(part.content for part in parts).replace(separator, "")
    assert _sound(joined)
    assert sorted(_marked(joined)) == sorted(mark for part in parts for mark in _marked(part))


@given(st.lists(texts().filter(lambda text: bool(text.content)), max_size=4))
def test_joining_parts_that_are_not_empty_is_str_join(parts: list[Text]) -> None:
    assert Text.join(parts, "\n").content == "\n".join(part.content for part in parts)
