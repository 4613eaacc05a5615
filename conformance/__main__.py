"""`python -m conformance` is the same as `omnichannel-check`."""

from conformance.cli import main

raise SystemExit(main())
