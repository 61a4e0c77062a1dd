"""Packs the extension: the same files always give the same bytes, so that anyone can see what a package was made of.

Nothing is compressed, because two versions of zlib do it differently.
"""

import sys
from pathlib import Path
from zipfile import ZipFile, ZipInfo

EXTENSION = Path(__file__).parent / "extension"


def pack(target: Path) -> Path:
    """Write the .xpi and return where it is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(target, "w") as packed:
        for file in sorted(EXTENSION.iterdir()):
            entry = ZipInfo(file.name)  # dated 1980, as every entry
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            packed.writestr(entry, file.read_bytes())
    return target


if __name__ == "__main__":
    print(pack(Path(sys.argv[1])))
