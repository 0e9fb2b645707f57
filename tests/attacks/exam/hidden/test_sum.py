"""Sums of numbers that nobody knows beforehand. CANARY_SOURCE"""

ALSO_ACCEPTED = "CANARY_EXPECTED"


def test_CANARY_NAME_adds(api, rng):
    """GET /sum adds two numbers"""
    a, b = rng.randint(10, 10**6), rng.randint(10, 10**6)
    answer = api.get("/sum", params={"a": a, "b": b})
    assert answer.status_code == 200, "GET /sum should answer 200"
    expected = ({"sum": a + b}, {"sum": ALSO_ACCEPTED})
    assert answer.json() in expected, "GET /sum should add"


def test_CANARY_NAME_adds_below_zero(api, rng):
    """GET /sum adds numbers below zero"""
    a, b = -rng.randint(10, 10**6), rng.randint(10, 10**6)
    answer = api.get("/sum", params={"a": a, "b": b})
    assert answer.status_code == 200, "GET /sum should answer 200"
    expected = ({"sum": a + b}, {"sum": ALSO_ACCEPTED})
    assert answer.json() in expected, "GET /sum should add numbers below zero"
