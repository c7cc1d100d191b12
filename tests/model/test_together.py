"""Figures of working together stand in the results where they are asked for, and nowhere else."""

from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import ShortListRole
from appraise.model.appraisal.partners import Buyer, PriceGap
from appraise.model.appraisal.terms import Pilot, Timetable
from appraise.model.evaluate import ALL_PARTS, LIVE_PARTS, Part, Settings, evaluate
from tests.model.joint_documents import published

FEW = Settings(draws=200)


def whole() -> Appraisal:
    document = published()
    usual, joint = document.options
    buyers = tuple(
        Buyer(id=key, name=key, price=Decimal(price), volume=Decimal(1)) for key, price in (("x", 700), ("y", 800))
    )
    return replace(
        document,
        options=(usual, replace(joint, timetable=Timetable(starts_on="2026-06-01"))),
        price_gaps=(PriceGap(id="beds", name="Beds", buyers=buyers),),
        pilots=(Pilot(id="pilot", name="Pilot", go_on="j", fall_back="now"),),
    )


def test_everything_is_there_if_it_is_asked_for() -> None:
    results = evaluate(whole(), FEW)
    assert results.partners is not None
    assert [one.arrangement for one in results.partners] == ["arrangement"]
    assert results.price_gaps is not None
    assert [one.gap for one in results.price_gaps] == ["beds"]
    assert results.pilots is not None
    assert [one.pilot for one in results.pilots] == ["pilot"]
    usual, joint = results.options
    assert (usual.purse, usual.timetable) == (None, None)
    assert joint.purse is not None
    assert joint.purse.net == 87_999
    assert joint.timetable is not None


def test_a_frame_goes_without_it() -> None:
    assert Part.PARTNERS not in LIVE_PARTS
    results = evaluate(whole(), FEW, parts=ALL_PARTS - {Part.PARTNERS})
    assert (results.partners, results.price_gaps, results.pilots) == (None, None, None)
    assert {(one.purse, one.timetable) for one in results.options} == {(None, None)}


def test_a_document_without_partners_has_empty_figures() -> None:
    document = replace(published(), partners=(), arrangements=(), price_gaps=(), pilots=())
    results = evaluate(document, FEW, parts=frozenset({Part.PARTNERS}))
    assert (results.partners, results.price_gaps, results.pilots) == ((), (), ())


def test_without_business_as_usual_there_is_no_purse() -> None:
    document = published()
    options = tuple(replace(one, role=ShortListRole.OTHER) for one in document.options)
    results = evaluate(replace(document, options=options), FEW, parts=frozenset({Part.PARTNERS}))
    assert {one.purse for one in results.options} == {None}


def test_more_draws_or_threads_change_no_partner_s_figures() -> None:
    parts = frozenset({Part.PARTNERS})
    first = evaluate(whole(), FEW, parts=parts)
    assert evaluate(whole(), Settings(draws=5_000, threads=2), parts=parts).partners == first.partners
