"""What the hidden tests share."""

import random
import string

import httpx

LETTERS = string.ascii_letters
OTHER = "äëïöüáéíóúñçøåßÉÜŁžščΔλжЯ漢字𠮷"
JOINTS = " -'"
REFUSED = ("POST", "PUT", "PATCH", "DELETE")
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
ACCEPTS = ({}, BROWSER)


def word(
    rng: random.Random, letters: str = string.ascii_lowercase, shortest: int = 9, longest: int = 14
) -> str:
    return "".join(rng.choice(letters) for _ in range(rng.randint(shortest, longest)))


def check_type(answer: httpx.Response, asked: str) -> None:
    kind = answer.headers.get("content-type", "").lower()
    assert kind.partition(";")[0].strip() == "application/json", (
        f"{asked} should answer with the content type application/json, whoever asks"
    )


def check_detail(answer: httpx.Response, asked: str) -> None:
    body = answer.json()
    assert isinstance(body, dict), f"the error of {asked} should be a JSON object"
    assert isinstance(body.get("detail"), str), (
        f"the error of {asked} should have a text in the field `detail`"
    )
