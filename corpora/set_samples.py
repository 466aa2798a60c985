"""Sets every manuscript of ``corpora/samples``: writes its PDF and the structure parsing must give.

    python corpora/set_samples.py [NAME.LANG ...]

Needs the faces of Debian's fonts-liberation, fonts-noto-core and fonts-noto-cjk; with the same faces and the
same Typst the same bytes are written again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from typeset import comparable, missing_fonts, read_manuscript, setting, typeset  # noqa: E402

SAMPLES = ROOT / "corpora" / "samples"

# Words are divided at a line's end where the language's typists let the program do so; not in English.
HYPHENATED = frozenset({"es", "fr", "ru"})


def main(names: list[str]) -> None:
    for manuscript in sorted(SAMPLES.glob("*.toml")):
        if names and manuscript.stem not in names:
            continue
        document = read_manuscript(manuscript)
        if missing := missing_fonts(document.language):
            raise SystemExit(f"{manuscript.name}: these faces are not installed: {', '.join(missing)}")
        expected = json.dumps(comparable(document), ensure_ascii=False, indent=1) + "\n"
        manuscript.with_suffix(".json").write_text(expected, "utf-8")
        pages = typeset(document, hyphenate=document.language in HYPHENATED, **setting(manuscript))
        manuscript.with_suffix(".pdf").write_bytes(pages)
        print(manuscript.with_suffix(".pdf").relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])
