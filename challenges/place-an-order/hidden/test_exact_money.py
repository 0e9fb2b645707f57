"""Whether money is taken as stated and sums are exact to the cent."""

import random
import string
from typing import Any

import httpx

from support import accepted, check_refused, some_items, some_order


def written(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def line(rng: random.Random, cents: int, quantity: int) -> dict[str, Any]:
    sku = "".join(rng.choices(string.ascii_uppercase, k=3)) + f"-{rng.randrange(10_000):04d}"
    return {"sku": sku, "quantity": quantity, "unit_price": written(cents)}


def lines(rng: random.Random, amounts: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """Items of these cents and quantities, a different sku each."""
    made = [line(rng, cents, quantity) for cents, quantity in amounts]
    for item, digits in zip(made, rng.sample(range(10_000), len(made)), strict=True):
        item["sku"] = f"{item['sku'][:3]}-{digits:04d}"
    return made


def check_money(found: Any, cents: int, name: str) -> None:
    assert isinstance(found, str), f"`{name}` should be text such as {written(cents)!r}"
    assert found == written(cents), f"`{name}` should be {written(cents)}, it was {found[:40]}"


def check_sums(
    api: httpx.Client, rng: random.Random, amounts: list[tuple[int, int]], percent: int
) -> None:
    body = {**some_order(rng), "items": lines(rng, amounts), "discount_percent": percent}
    order = accepted(api, body, "a good order")
    for item, (cents, quantity) in zip(order["items"], amounts, strict=True):
        assert isinstance(item, dict), "each item in the answer should be a JSON object"
        check_money(item.get("unit_price"), cents, "unit_price")
        check_money(item.get("line_total"), cents * quantity, "line_total")
    subtotal = sum(cents * quantity for cents, quantity in amounts)
    discount = (subtotal * percent + 50) // 100
    check_money(order.get("subtotal"), subtotal, "subtotal")
    check_money(order.get("discount"), discount, "discount")
    check_money(order.get("total"), subtotal - discount, "total")


def half_cent(rng: random.Random, *, even: bool) -> tuple[int, int]:
    """Cents and percent whose discount ends in exactly half a cent, above an even or odd one."""
    while True:
        cents, percent = rng.randint(1, 99_999), rng.randint(1, 40)
        whole, rest = divmod(cents * percent, 100)
        if rest == 50 and (whole % 2 == 0) == even:
            return cents, percent


def test_sums(api: httpx.Client, rng: random.Random) -> None:
    """Line totals, subtotal, discount and total add up"""
    for most in (99, 9_999, 999_999):
        amounts = [(rng.randint(1, most), rng.randint(1, 40)) for _ in range(rng.randint(2, 6))]
        check_sums(api, rng, amounts, rng.randint(1, 40))
    check_sums(api, rng, [(rng.randint(1, 9_999), 1)], 0)
    check_sums(api, rng, [(rng.randint(1, 9), 1)], 40)


def test_half_a_cent(api: httpx.Client, rng: random.Random) -> None:
    """Half a cent of discount rounds up, whatever stands before it"""
    for even in (True, False) * 4:
        cents, percent = half_cent(rng, even=even)
        check_sums(api, rng, [(cents, 1)], percent)


def test_rounded_once(api: httpx.Client, rng: random.Random) -> None:
    """The discount is rounded once, not item by item"""
    found = 0
    while found < 3:
        percent = rng.randint(1, 40)
        amounts = [(rng.randint(1, 999), rng.randint(1, 9)) for _ in range(4)]
        by_line = sum((cents * quantity * percent + 50) // 100 for cents, quantity in amounts)
        subtotal = sum(cents * quantity for cents, quantity in amounts)
        if by_line != (subtotal * percent + 50) // 100:
            check_sums(api, rng, amounts, percent)
            found += 1


def beyond_floats(rng: random.Random) -> tuple[list[tuple[int, int]], int]:
    """Amounts and a percent whose discount no float can hold."""
    while True:
        amounts = [(rng.randint(9 * 10**10, 10**11 - 1), 10_000) for _ in range(49)]
        amounts.append((rng.randint(1, 9), 1))
        percent = rng.randint(30, 40)
        hundredths = sum(cents * quantity for cents, quantity in amounts) * percent
        if int(hundredths / 100 + 0.5) != (hundredths + 50) // 100:
            return amounts, percent


def test_large_sums(api: httpx.Client, rng: random.Random) -> None:
    """Engines for millions are as exact as bolts for cents"""
    for _ in range(3):
        check_sums(api, rng, *beyond_floats(rng))
    check_sums(api, rng, [(10**11 - 1, 10_000), (1, 1)], 0)


def test_how_money_is_written(api: httpx.Client, rng: random.Random) -> None:
    """Money that is not text with two decimals, or not above zero, is refused"""
    whole, cents = rng.randint(10, 99_999), rng.randint(10, 99)
    good = ["0.01", "999999999.99", f"{whole}.{cents}", f"00{whole}.{cents}"]
    bad = {
        "a JSON number": whole + 0.5,
        "a whole JSON number": whole,
        "one decimal": f"{whole}.5",
        "three decimals": f"{whole}.{cents}0",
        "no decimals": f"{whole}",
        "nothing after its dot": f"{whole}.",
        "nothing before its dot": f".{cents}",
        "ten digits": f"1{whole:09d}.{cents}",
        "a minus": f"-{whole}.{cents}",
        "a plus": f"+{whole}.{cents}",
        "a comma for a dot": f"{whole},{cents}",
        "a currency": f"{whole}.{cents} EUR",
        "an exponent": f"{whole}e2",
        "an underscore": f"{whole}_0.{cents}",
        "a space before it": f" {whole}.{cents}",
        "a space after it": f"{whole}.{cents} ",
        "digits of another script": "٣.٥٠",
        "the text NaN": "NaN",
        "no characters": "",
        "the value zero": "0.00",
        "the value zero in two digits": "00.00",
        "the value zero in nine digits": "000000000.00",
        "the value null": None,
        "the value true": True,
        "a list for text": [f"{whole}.{cents}"],
    }
    (item,) = some_items(rng, 1)
    for price in good:
        body = {**some_order(rng), "items": [{**item, "unit_price": price}]}
        accepted(api, body, "an order with a good price")
    for what, price in bad.items():
        body = {**some_order(rng), "items": [{**item, "unit_price": price}]}
        check_refused(api, body, f"a price with {what}")
