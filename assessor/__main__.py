"""`python -m assessor`: the command line."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and return its exit code."""
    from assessor.cli.app import run  # noqa: PLC0415 (the parser of options is not needed to import)

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
