"""`python -m assessor`: the command line."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and return its exit code.

    A frozen program has no `-m`: there the processes it works with beside itself are started
    through here, each with an argument of its own.
    """
    arguments = sys.argv[1:]
    if getattr(sys, "frozen", False):
        from assessor.sheets import own_process  # noqa: PLC0415 (only there)

        if arguments[:1] == [own_process.READING]:
            from assessor.sheets import child  # noqa: PLC0415 (only there)

            return child.main()
        if arguments[:1] == [own_process.REPORTS]:
            from assessor.workspace import report_child  # noqa: PLC0415 (only there)

            return report_child.main()
        if arguments[:1] == [own_process.INTAKE]:
            from assessor.bureau.intake import child as judging  # noqa: PLC0415 (only there)

            return judging.main()
    from assessor.cli import opening  # noqa: PLC0415 (and only outside it)

    if opening.is_plain(arguments):
        try:
            return opening.open_window(arguments)
        except Exception as defect:
            from assessor.cli.app import tell_defect  # noqa: PLC0415 (loads the command line)

            return tell_defect(defect)
    from assessor.cli.app import run  # noqa: PLC0415 (as above)

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
