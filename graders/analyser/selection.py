"""Chooses the few remarks that are worth a reader's time, the most important first."""

from collections.abc import Iterable, Sequence

from graders.analyser.remark import Advice, Finding, Remark, Weight, made_of

MOST_REMARKS = 6
MOST_PLACES = 4
MOST = {
    Weight.ESSENTIAL: MOST_REMARKS,
    Weight.ACTIONABLE: 4,
    Weight.INFORMATIVE: 2,
    Weight.CELEBRATORY: 2,
}
ORDER = tuple(Weight)


def chosen(findings: Iterable[Finding], order: Sequence[Advice]) -> tuple[Remark, ...]:
    """One remark for each advice, in the given order within its weight, few of each weight.

    Whatever is criticised, one word of praise that was earned keeps its place.
    """
    by_advice: dict[Advice, list[Finding]] = {}
    for each in findings:
        by_advice.setdefault(each.advice, []).append(each)
    ranked = sorted(by_advice, key=lambda a: (ORDER.index(a.weight), order.index(a)))
    kept: list[Advice] = []
    for advice in ranked:
        if sum(each.weight is advice.weight for each in kept) < MOST[advice.weight]:
            kept.append(advice)
    praise = [each for each in kept if each.weight is Weight.CELEBRATORY]
    critique = [each for each in kept if each.weight is not Weight.CELEBRATORY]
    critique = critique[: MOST_REMARKS - min(1, len(praise))]
    shown = [*critique, *praise][:MOST_REMARKS]
    return tuple(made_of(each, by_advice[each], MOST_PLACES) for each in shown)
