"""`python -m ikrar_proof FILE`: the same as `ikrar verify FILE` where only this package is installed."""

import sys

from ikrar_proof.cli import main

if __name__ == "__main__":
    sys.exit(main())
