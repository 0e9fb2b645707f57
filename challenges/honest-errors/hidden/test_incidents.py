"""Whether staff, and nobody else, can look up what happened."""

import random
import string

import httpx

from support import CLOSE, STAFF, check_member, problem_in, word, wrong_tokens

MANY = 30


def incident_of(answer: httpx.Response, asked: str) -> str:
    status = answer.status_code
    assert status == 500, f"{asked} should answer 500, it answered {status}"
    body = answer.json()
    incident = body.get("incident") if isinstance(body, dict) else None
    assert isinstance(incident, str) and incident.replace("-", "").replace("_", "").isalnum(), (
        f"the 500 to {asked} should have an id in `incident`"
    )
    return incident


def check_facts(answer: httpx.Response, facts: dict[str, str]) -> None:
    status = answer.status_code
    assert status == 200, f"staff should get an incident with 200, it answered {status}"
    body = answer.json()
    assert isinstance(body, dict), "an incident should be a JSON object"
    for name, value in facts.items():
        assert body.get(name) == value, f"the incident's `{name}` is not what happened"


def test_what_happened(api: httpx.Client, rng: random.Random) -> None:
    """Staff see class and text of the exception, and the request"""
    lost, number, family = word(rng), word(rng), word(rng)
    raised = {
        f"lost-{lost}": (
            "ConnectionError",
            f"scale://depot:hunter2@{lost}.internal gave no answer",
        ),
        f"kilo-{number}": ("ValueError", f"invalid literal for int() with base 10: '{number}'"),
        f"{family}-3": ("KeyError", f"'{family}'"),
    }
    facts = {}
    for serial, (error, text) in raised.items():
        answer = api.get(f"/scales/{serial}", params={"tare": 5}, headers=CLOSE)
        incident = incident_of(answer, f"GET of a scale that raises {error}")
        asked = f"GET /scales/{serial}"
        facts[incident] = {"id": incident, "error": error, "text": text, "request": asked}
    assert len(facts) == 3, "three unexpected errors should have three ids"
    for incident in rng.sample(sorted(facts), 3):
        check_facts(api.get(f"/incidents/{incident}", headers=STAFF), facts[incident])


def test_a_parcel_that_could_not_be_weighed(api: httpx.Client, rng: random.Random) -> None:
    """A failed POST is an incident as well"""
    code = "".join(rng.choices(string.ascii_uppercase, k=8))
    host = f"z\xfcrich-{word(rng)}"
    body = {"code": code, "shelf": rng.randint(1, 40), "scale": f"lost-{host}"}
    answer = api.post("/parcels", json=body, headers=CLOSE)
    incident = incident_of(answer, "POST /parcels with a lost scale")
    text = f"scale://depot:hunter2@{host}.internal gave no answer"
    facts = {"id": incident, "error": "ConnectionError", "text": text, "request": "POST /parcels"}
    check_facts(api.get(f"/incidents/{incident}", headers=STAFF), facts)


def test_one_of_many(api: httpx.Client, rng: random.Random) -> None:
    """However many incidents follow, staff find the first one, and find it again"""
    asked = [f"GET /scales/lost-{word(rng)}" for _ in range(MANY)]
    found = []
    for each in asked:
        answer = api.get(each.removeprefix("GET "), headers=CLOSE)
        found.append(incident_of(answer, "GET of a lost scale"))
    assert len(set(found)) == MANY, f"{MANY} unexpected errors should have {MANY} ids"
    for place in (0, rng.randrange(1, MANY), 0):
        facts = {"id": found[place], "request": asked[place]}
        check_facts(api.get(f"/incidents/{found[place]}", headers=STAFF), facts)


def test_who_may_not_see_it(api: httpx.Client, rng: random.Random) -> None:
    """Without the staff's token nobody sees an incident"""
    host = word(rng)
    answer = api.get(f"/scales/lost-{host}", headers=CLOSE)
    path = f"/incidents/{incident_of(answer, 'GET of a lost scale')}"
    check_facts(api.get(path, headers=STAFF), {"error": "ConnectionError"})
    for headers in wrong_tokens(rng):
        answer = api.get(path, headers=headers)
        status = answer.status_code
        assert status == 401, f"an incident without the right token is a 401, it answered {status}"
        told = f"{host}.internal" in answer.text
        assert not told, "the 401 should not show what happened"
    check_facts(api.get(path, headers=STAFF), {"error": "ConnectionError"})


def test_an_incident_that_never_was(api: httpx.Client, rng: random.Random) -> None:
    """Staff who ask for an unknown incident get a Not Found problem"""
    incident = incident_of(api.get("/scales/lost-a", headers=CLOSE), "GET of a lost scale")
    check_facts(api.get(f"/incidents/{incident}", headers=STAFF), {"id": incident})
    for unknown in (word(rng), word(rng) * 5):
        asked = "GET of an unknown incident"
        problem = problem_in(api.get(f"/incidents/{unknown}", headers=STAFF), 404, asked)
        check_member(problem, "type", "about:blank", asked)
        check_member(problem, "title", "Not Found", asked)
