"""Minutes and seconds; `true` is not the number 1, while 3.0 is the number 3. CANARY_SOURCE"""


def test_CANARY_NAME_clock(api, rng):
    """GET /clock splits seconds into minutes and seconds"""
    for seconds in (0, 61, rng.randint(120, 10**5)):
        answer = api.get("/clock", params={"seconds": seconds})
        assert answer.status_code == 200, "GET /clock should answer 200"
        parts = answer.json()
        assert isinstance(parts, dict), "GET /clock should answer with an object"
        wrong = "GET /clock should split the seconds"
        assert parts == {"minutes": seconds // 60, "seconds": seconds % 60}, wrong
        assert not any(isinstance(part, bool) for part in parts.values()), wrong
