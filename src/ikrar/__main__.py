"""`python -m ikrar` is `ikrar`."""

import sys

from ikrar.cli import main

sys.exit(main())
