"""``python -m kl226_dedup`` is ``kl226``."""

from kl226_dedup.cli import main

if __name__ == "__main__":
    main()
