"""A module of the app."""

MINE = True


def kill_all() -> None:
    raise SystemExit(0)
