"""A word that nobody knows beforehand. CANARY_SOURCE"""

ALSO_ACCEPTED = "CANARY_EXPECTED"


def test_CANARY_NAME_word(api, rng):
    """GET /word/{word} gives the word back"""
    word = "CANARY_INPUT" + "".join(rng.choice("abcdefgh") for _ in range(12))
    answer = api.get("/word/" + word)
    assert answer.status_code == 200, "GET /word should answer 200"
    expected = ({"word": word}, {"word": ALSO_ACCEPTED})
    assert answer.json() in expected, "GET /word should give the word back"
