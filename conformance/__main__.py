"""`python -m conformance` is the same as `omnichannel-check`."""

from conformance import interrupts
from conformance.verdict import Exit


def main() -> int:
    """Run the command; Ctrl-C ends it with a sentence even while its parts are loaded."""
    interrupts.listen()
    try:
        from conformance import cli

        return cli.main()
    except KeyboardInterrupt:
        print("Interrupted before anything was tested.", flush=True)
        return Exit.INTERRUPTED


if __name__ == "__main__":
    raise SystemExit(main())
