"""The API does what its OpenAPI document says, whatever it is sent: schemathesis makes it up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import one_of
from schemathesis import GenerationMode
from schemathesis.checks import positive_data_acceptance
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from portal.models import Person
from tests.clients import TestClient
from tests.databases import ON_SQLITE
from tests.people import ADA, Someone
from tests.portal.handed_in import FILES, SLUG, done, hand_in

pytestmark = [
    ON_SQLITE,
    # Of the tool's own doing.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

EXAMPLES = 25
"""Of each operation, half of them against its schema."""
ALWAYS_THE_SAME = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def real(app: FastAPI, people: dict[Someone, Person]) -> dict[str, str]:
    """Something of Ada's for every name that stands in an address."""
    mine = hand_in(app.state.sessions, people[ADA], **done("failed"))
    return {"slug": SLUG, "submission_id": str(mine.id)}


def operations(client: TestClient) -> Iterator[APIOperation[Any, Any, Any, Any]]:
    """Everything that the document describes."""
    document = client.get("/api/v1/openapi.json").json()
    for found in schemathesis.openapi.from_dict(document).get_all_operations():
        assert isinstance(found, Ok), found
        yield found.ok()


def answered(
    operation: APIOperation[Any, Any, Any, Any], client: TestClient, real: dict[str, str]
) -> set[int]:
    """Send it what fits its schema and what does not; the statuses that came."""
    known = {each.name: real[each.name] for each in operation.path_parameters}
    made = [operation.as_strategy(mode) for mode in GenerationMode]
    made += [operation.as_strategy(mode, path_parameters=known) for mode in GenerationMode]
    if "{slug}" in operation.path and operation.body:
        made.append(operation.as_strategy(path_parameters=known, body={"files": FILES}))
    statuses: set[int] = set()

    @ALWAYS_THE_SAME
    @given(case=one_of(made))
    def send(case: schemathesis.Case[Any]) -> None:
        answer = case.call(app=client.app, headers=dict(client.headers))
        statuses.add(answer.status_code)
        # No schema can say that code which is handed in has to be in a file of a certain name.
        case.validate_response(answer, excluded_checks=[positive_data_acceptance])

    send()
    return statuses


@pytest.mark.usefixtures("broker")
def test_whatever_is_sent_is_answered_as_documented(
    ada_api: TestClient, real: dict[str, str]
) -> None:
    seen = {each.label: answered(each, ada_api, real) for each in operations(ada_api)}
    assert len(seen) >= 7
    for label, statuses in seen.items():
        assert statuses & {200, 202, 422}, f"{label} was never reached: {statuses}"
    assert sum(202 in statuses for statuses in seen.values()) == 2, seen
