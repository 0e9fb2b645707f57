"""`python -m portal` is `assay`."""

from portal.cli import main

if __name__ == "__main__":
    main()
