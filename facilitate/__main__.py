"""Every stage: `python -m facilitate` is the `facilitate` command."""

from facilitate.cli import main

if __name__ == "__main__":
    main()
