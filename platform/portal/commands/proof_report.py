"""A proof in words for people, and as a document for machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from graders.proof.headroom import Headroom
from graders.proof.mutant_trials import DID_NOT_START, EQUIVALENT, KILLED, MutantReport
from graders.proof.prove import Proof


def as_lines(proof: Proof) -> Iterator[str]:
    """One line for each error, what the survivors changed, and a line that sums up."""
    for finding in proof.findings:
        yield finding.told(proof.slug)
    if proof.mutants:
        yield from _survivors(proof.slug, proof.mutants)
    yield _summary(proof)


def as_document(proof: Proof) -> dict[str, object]:
    """The published JSON form of a proof."""
    return {
        "slug": proof.slug,
        "version": proof.version,
        "ok": proof.is_right,
        "errors": [asdict(finding) for finding in proof.findings],
        "gradings": proof.gradings,
        "seconds": proof.seconds,
        "tests": [{"id": test, "title": title} for test, title in proof.titles.items()],
        "failed_by": {who: list(tests) for who, tests in proof.failed_by.items()},
        "flaky": {who: list(tests) for who, tests in proof.flaky.items()},
        "slowest_right": {
            each.limit_name: {"used": each.used, "limit": each.limit, "solution": each.who}
            for each in proof.headrooms
        },
        "mutants": _mutants(proof.mutants) if proof.mutants else None,
    }


def _mutants(report: MutantReport) -> dict[str, object]:
    return {
        "reference": report.reference,
        "tried": len(report.tried),
        "killed": report.count(KILLED),
        "survived": len(report.survivors),
        "equivalent": report.count(EQUIVALENT),
        "did_not_start": report.count(DID_NOT_START),
        "rate": round(report.rate, 4),
        "mutants": [
            {
                "kind": tried.mutant.kind,
                "at": tried.mutant.at,
                "line": tried.mutant.line,
                "status": tried.status,
                "killed_by": list(tried.killed_by),
                "before": tried.mutant.before,
                "after": tried.mutant.after,
                "diff": tried.mutant.diff,
            }
            for tried in report.tried
        ],
    }


def _survivors(slug: str, report: MutantReport) -> Iterator[str]:
    """Each with its change; `at`, `before` and `after` go to equivalent.toml if none can tell."""
    for number, mutant in enumerate(report.survivors, start=1):
        yield f"{slug}: survivor {number}, {mutant.kind}, {mutant.at}, line {mutant.line}"
        yield from (f"    {line}" for line in mutant.diff.splitlines())


def _summary(proof: Proof) -> str:
    errors = len(proof.findings)
    verdict = f"{errors} error{'s' * (errors != 1)}" if errors else "ok"
    facts = [
        f"{proof.gradings} gradings in {proof.seconds:g} s" if proof.gradings else "not graded"
    ]
    if proof.headrooms:
        facts.append("slowest right: " + ", ".join(map(_room, proof.headrooms)))
    if report := proof.mutants:
        counted = report.count(KILLED) + len(report.survivors)
        facts.append(f"mutants: {report.count(KILLED)} of {counted} noticed ({report.rate:.0%})")
        facts += [
            f"{report.count(status)} {status}"
            for status in (EQUIVALENT, DID_NOT_START)
            if report.count(status)
        ]
    return f"{proof.slug}: {verdict}; {'; '.join(facts)}"


def _room(each: Headroom) -> str:
    name, _, unit = each.limit_name.rpartition("_")
    unit = {"seconds": "s", "mb": "MB"}[unit]
    return f"{name} {each.used:g} of {each.limit:g} {unit}"
