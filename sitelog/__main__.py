"""`python -m sitelog` is the `sitelog` command."""

from sitelog.cli import main

raise SystemExit(main())
