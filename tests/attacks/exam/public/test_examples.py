"""Examples that everybody may see."""


def test_one_and_two(api):
    """GET /sum?a=1&b=2 answers 3"""
    assert api.get("/sum", params={"a": 1, "b": 2}).json() == {"sum": 3}


def test_hello(api):
    """GET /word/hello answers hello"""
    assert api.get("/word/hello").json() == {"word": "hello"}


def test_a_minute_and_a_second(api):
    """GET /clock?seconds=61 answers 1 and 1"""
    assert api.get("/clock", params={"seconds": 61}).json() == {"minutes": 1, "seconds": 1}
