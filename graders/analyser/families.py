"""Every family of remarks, and the order in which they are worth reading."""

from graders.analyser import (
    answers,
    blocking,
    database,
    failures,
    leftovers,
    outdated,
    praise_data,
    praise_design,
    secrecy,
    sharing,
)
from graders.analyser.remark import Advice

FAMILIES = (
    *(secrecy, database, blocking, sharing, failures),
    *(outdated, answers, leftovers, praise_data, praise_design),
)
LINTED: dict[str, Advice] = {
    code: advice
    for family in (secrecy, database, blocking, sharing, failures, outdated, answers, leftovers)
    for code, advice in family.LINTED.items()
}
"""Codes of Ruff, with what we say about them."""

ADVICES = tuple(
    value for family in FAMILIES for value in vars(family).values() if isinstance(value, Advice)
)
