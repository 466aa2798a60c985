"""Which language a text is in: its script, then the words of its masthead, then statistics."""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import regex

from unresolve.patterns import late

from .fold import fold_line, fold_pattern
from .pack import available, load

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

__all__ = ["detect"]

_ENOUGH = 20_000  # characters looked at
_LEAD = 2  # how many more words of a language than of any other decide
_LONG = 100  # words in which a language must show its commonest ones
_SPARSE = 0.06  # their least share: 0.21 to 0.4 in its own texts, 0.03 in German read as English
_SURE = 0.9  # probability that langdetect must reach
_FEWEST = 10  # letters outside of symbols that statistics need
_SYMBOLS = late(r"\S*[\d/]\S*")  # "A/RES/72/1", "P-4": the same in every language
_WORD = regex.compile(r"\p{L}{1,40}")
_LETTERS = late(r"\p{L}")


def detect(text: str) -> str | None:
    """The code of the language that most of the text is in, None when it cannot be told (no words, no letters).

    The order of evidence: the script, where only one language is written in it; phrases of mastheads and the
    commonest words; at last langdetect, seeded and restricted to the languages there are packs for.
    """
    text = text[:_ENOUGH]
    candidates = _by_script(text)
    if len(candidates) <= 1:
        return candidates[0] if candidates else None
    folded = fold_line(text)
    hits = Counter({code: len(_words(code).findall(folded)) for code in candidates})
    (best, most), (_, next_most) = hits.most_common(2)
    words = len(_WORD.findall(folded))
    if words >= _LONG and most < words * _SPARSE:
        return None
    return best if most >= next_most * 2 + _LEAD else _by_statistics(text, candidates)


def _by_script(text: str) -> tuple[str, ...]:
    """The languages of the script that most letters belong to.

    Symbols and names are printed in Latin letters in every language, so a letter of another script weighs
    more than one of them.
    """
    hints = {code: load(code).detection for code in available()}
    weights = {hint.script: hint.weight for hint in hints.values()}
    counts = {script: len(_letters(script).findall(text)) * weight for script, weight in weights.items()}
    script = max(counts, key=lambda name: counts[name])
    return tuple(code for code, hint in hints.items() if hint.script == script) if counts[script] else ()


def _by_statistics(text: str, candidates: tuple[str, ...]) -> str | None:
    from langdetect.lang_detect_exception import LangDetectException

    words = _SYMBOLS.sub("", text)
    if len(_LETTERS.findall(words)) < _FEWEST:
        return None
    detector = _factory().create()
    detector.append(words)
    try:
        guesses = detector.get_probabilities()
    except LangDetectException:  # "No features in text."
        return None
    codes = {load(code).detection.profile: code for code in candidates}
    likely = [(guess.prob, codes[guess.lang]) for guess in guesses if guess.lang in codes]
    return max(likely)[1] if likely and max(likely)[0] >= _SURE else None


@cache
def _letters(script: str) -> regex.Pattern[str]:
    return regex.compile(rf"\p{{Script={script}}}")


@cache
def _words(code: str) -> regex.Pattern[str]:
    """The words that tell a language from the others of its script: what two of them share says nothing."""
    hints = load(code).detection
    others = [other for name in available() if name != code and (other := load(name).detection).script == hints.script]
    shared = {word for other in others for word in (*other.masthead, *other.words)}
    phrases = [fold_pattern(phrase) for phrase in (*hints.masthead, *hints.words) if phrase not in shared]
    return regex.compile(
        rf"(?<!\p{{L}})(?:{'|'.join(sorted(phrases, key=len, reverse=True))})(?!\p{{L}})", regex.IGNORECASE
    )


@cache
def _factory() -> DetectorFactory:
    from langdetect.detector_factory import DetectorFactory

    profiles = files("langdetect") / "profiles"
    factory = DetectorFactory()
    factory.set_seed(0)
    factory.load_json_profile([(profiles / load(code).detection.profile).read_text("utf-8") for code in available()])
    return factory
