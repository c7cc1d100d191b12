from appraise.model.appraisal.criteria import GateOutcome, Outcome
from appraise.model.edits.gates import add_gate, change_gate, remove_gate, set_outcome, set_outcome_reason
from tests.builders import appraisal

DOCUMENT = add_gate(appraisal(), gate="lawful", name="Lawful")


def test_an_outcome_that_says_nothing_goes():
    failed = set_outcome(DOCUMENT, gate="lawful", option="b", outcome=Outcome.FAIL)
    told = set_outcome_reason(failed, gate="lawful", option="b", reason="No power to act")
    assert told.gates[0].outcomes == (GateOutcome(option="b", outcome=Outcome.FAIL, reason="No power to act"),)
    unsaid = set_outcome(told, gate="lawful", option="b", outcome=Outcome.UNSAID)
    assert unsaid.gates[0].outcomes[0].reason == "No power to act"
    assert set_outcome_reason(unsaid, gate="lawful", option="b", reason="") == DOCUMENT


def test_outcomes_of_other_options_stay_in_their_order():
    both = set_outcome(DOCUMENT, gate="lawful", option="a", outcome=Outcome.PASS)
    both = set_outcome(both, gate="lawful", option="b", outcome=Outcome.PASS)
    changed = set_outcome(both, gate="lawful", option="a", outcome=Outcome.FAIL)
    assert [(one.option, one.outcome) for one in changed.gates[0].outcomes] == [("a", "fail"), ("b", "pass")]
    assert changed.gates[0].outcomes[1] is both.gates[0].outcomes[1]


def test_a_gate_says_its_test_and_goes_with_its_outcomes():
    told = change_gate(DOCUMENT, gate="lawful", test="Legal advice of May")
    assert (told.gates[0].name, told.gates[0].test) == ("Lawful", "Legal advice of May")
    assert remove_gate(told, gate="lawful").gates == ()
