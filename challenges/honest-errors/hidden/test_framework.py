"""Whether errors that the framework finds are problem documents as well."""

import random
import string

import httpx

from support import STAFF, check_member, good_body, problem_in, taken_in


def word(rng: random.Random) -> str:
    return "".join(rng.choices(string.ascii_lowercase, k=rng.randint(9, 14)))


def check_plain(answer: httpx.Response, status: int, title: str, asked: str) -> None:
    problem = problem_in(answer, status, asked)
    check_member(problem, "type", "about:blank", asked)
    check_member(problem, "title", title, asked)


def test_an_unknown_path(api: httpx.Client, rng: random.Random) -> None:
    """A path that the service does not have is a Not Found problem"""
    code = taken_in(api, good_body(rng))
    for path in (f"/{word(rng)}", f"/{word(rng)}/{word(rng)}", f"/parcels/{code}/{word(rng)}"):
        check_plain(api.get(path), 404, "Not Found", "GET of an unknown path")


def test_any_method_on_an_unknown_path(api: httpx.Client, rng: random.Random) -> None:
    """An unknown path is a Not Found problem whatever the method"""
    taken_in(api, good_body(rng))
    for method in rng.sample(["POST", "PUT", "PATCH", "DELETE"], 4):
        answer = api.request(method, f"/{word(rng)}")
        check_plain(answer, 404, "Not Found", f"{method} of an unknown path")


def test_a_wrong_method(api: httpx.Client, rng: random.Random) -> None:
    """A method that the path does not have is a Method Not Allowed problem"""
    code = taken_in(api, good_body(rng))
    paths = {
        "/parcels": ["GET", "PUT", "PATCH", "DELETE"],
        f"/parcels/{code}": ["POST", "PUT", "DELETE"],
        f"/parcels/{code}/collect": ["GET", "PUT", "PATCH"],
        f"/scales/gram-{rng.randint(1, 99)}": ["POST", "DELETE"],
        f"/incidents/i-{word(rng)}": ["POST", "DELETE"],
    }
    for path, methods in paths.items():
        for method in methods:
            shown = f"{method} {path.replace(code, '{code}').partition('-')[0]}"
            answer = api.request(method, path, headers=STAFF)
            check_plain(answer, 405, "Method Not Allowed", shown)
