"""Weights, a section of step 3: rank the moves, give the yardstick 100, then one question at a time."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from appraise.model.appraisal.criteria import Answers, Asking
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import criteria as edits
from appraise.model.edits import weighting
from appraise.model.sealing import Locked
from appraise.present import wording
from appraise.ui.context import Context, View
from appraise.ui.pages import criteria_moves as moves
from appraise.ui.pages.criteria_doubts import DoubtsCard
from appraise.ui.pages.criteria_help import weights_helps
from appraise.ui.pages.criteria_moves import Move, Round
from appraise.ui.pages.criteria_question import Asked, QuestionCard
from appraise.ui.pages.criteria_rank import RankCard
from appraise.ui.pages.criteria_section import CriteriaSection, lock_fields
from appraise.ui.pages.criteria_table import MovesTable
from appraise.ui.widgets.cards import Card, Row
from appraise.ui.widgets.choices import PickList, Switch
from appraise.ui.widgets.labels import EmptyState, FlowLabel

_ASKING = ((Asking.TOGETHER.value, "One yardstick for all"), (Asking.BY_BRANCH.value, "Branch by branch"))
_ANSWERS = ((Answers.POINTS.value, "Answers in points"), (Answers.RANKS.value, "Order alone"))


class WeightsSection(CriteriaSection):
    """The conversation, and all moves below it largest first.

    `asked` is the id of the move in question. Signals: began() when the order stands and questions follow.
    `_said` is the range that somebody said, by move, worth and the range widened to hold that worth, so that moving
    back restores it; `_nothing` are the moves that somebody here has answered with 0.
    """

    began = Signal()

    def __init__(self, context: Context) -> None:
        self.asking = PickList("How moves are compared", _ASKING)
        self.answers = PickList("What answers are", _ANSWERS)
        self.round_switch = Switch("Which moves are compared now")
        self.rank = RankCard()
        self.question = QuestionCard()
        self.moves = MovesTable()
        self.doubts = DoubtsCard(self.attempt)
        self._alone = Card()
        self._alone_words = FlowLabel("", "body")
        self._alone.add(self._alone_words)
        self._empty_card = Card()
        self._empty = EmptyState("table", "Weights need criteria. Name what options are judged by.", "Add criteria")
        self._empty_card.add(self._empty)
        super().__init__(
            context,
            Locked.WEIGHTS,
            self._empty_card,
            self.round_switch,
            self._alone,
            self.rank,
            self.question,
            self.moves,
            self.doubts,
        )
        self._round = self.asked = ""
        self._yardsticks: dict[str, str] = {}
        self._order: tuple[str, ...] = ()
        self._dragging = self._ranking = False
        self._answered: set[str] = set()
        self._nothing: set[str] = set()
        self._said: dict[tuple[str, float, moves.Range | None], moves.Range] = {}
        self.helps |= weights_helps(self) | self.doubts.helps()
        self.tools = Row(self.asking, self.answers, stretches=(0, 0), gap=8)
        self._connect()

    def _connect(self) -> None:
        self.asking.chosen.connect(self._set_asking)
        self.answers.chosen.connect(self._set_answers)
        self.round_switch.chosen.connect(self._turn_round)
        self.rank.ordered.connect(self._put_in_order)
        self.rank.agreed.connect(self._agree_order)
        self.rank.kept.connect(lambda: self._rank_again(ranking=False))
        self.rank.rows.chosen.connect(self._look_at)
        asked = self.question
        asked.dragging.connect(self._drag)
        asked.released.connect(self._release)
        asked.ranged.connect(self._drag_range)
        asked.range_typed.connect(self._type_range)
        asked.typed.connect(self._type)
        asked.reasoned.connect(self._reason)
        asked.stands_for.connect(self._stand_for)
        asked.asked_next.connect(self.ask_next)
        asked.asked_back.connect(lambda: self.step(-1))
        asked.asked_later.connect(lambda: self.step(1))
        asked.became_yardstick.connect(self._make_yardstick)
        asked.rank_again.connect(lambda: self._rank_again(ranking=True))
        self.moves.table.moved.connect(lambda key, _column: self.ask(key))
        self.moves.table.opened.connect(lambda _key: self.question.slider.setFocus())
        self._empty.activated.connect(lambda: self.wanted.emit("tree"))

    # --- what is shown ---

    @property
    def _now(self) -> Appraisal:
        return self.context.appraisal

    def rounds(self) -> tuple[Round, ...]:
        """What is compared with what, now."""
        return moves.rounds(self._now)

    def round_in_hand(self) -> Round | None:
        """The round in hand."""
        return next((one for one in self.rounds() if one.key == self._round), None)

    def _move(self) -> Move | None:
        here = self.round_in_hand()
        return here.move(self.asked) if here else None

    def show_view(self, old: View | None, new: View) -> None:
        """The question, the order, or what is missing; and the table."""
        if old is None:
            self._yardsticks, self._ranking, self._dragging = {}, False, False
            self._answered, self._nothing, self._said = set(), set(), {}
        elif old.appraisal is new.appraisal and old.findings is new.findings:
            return
        self._show(new)

    def _show(self, new: View) -> None:
        appraisal = new.appraisal
        locked = self.show_lock(new)
        rounds = moves.rounds(appraisal)
        self._settle(rounds)
        here = next((one for one in rounds if one.key == self._round), None)
        self._empty_card.setVisible(not rounds)
        self.moves.setVisible(bool(rounds))
        if self.tools is not None:
            self.tools.setEnabled(bool(rounds))
        self.asking.set_current(appraisal.weighting.asking.value)
        self.answers.set_current(appraisal.weighting.answers.value)
        self.round_switch.set_choices([(one.key, one.name) for one in rounds], self._round)
        self.round_switch.setVisible(len(rounds) > 1)
        self._show_conversation(appraisal, here, rounds, locked=locked)
        if here is not None:
            ranking = self._is_ranking(here)
            chosen = self.rank.rows.current() if ranking else self.asked
            self.moves.show_moves(new, here, self._order, chosen, ranking=ranking, nothing=self._nothing)
        self.doubts.setVisible(bool(rounds))
        self.doubts.show_doubts(appraisal.weighting, locked=locked)
        self.question.show_locked(locked=locked)
        lock_fields((*self.rank.editable, self.asking, self.answers), locked=locked)
        if not locked and here is not None:
            self._open_slider(here)

    def _open_slider(self, here: Round) -> None:
        best = moves.yardstick(here.moves, self._yardsticks.get(here.key, ""))
        self.question.slider.setEnabled(best is None or best.id != self.asked)

    def _settle(self, rounds: tuple[Round, ...]) -> None:
        """Round, yardstick, question and order hold still while a slider is dragged."""
        if all(one.key != self._round for one in rounds):
            self._round = next((one.key for one in rounds if not one.begun), rounds[0].key if rounds else "")
            self._ranking, self.asked = False, ""
        here = next((one for one in rounds if one.key == self._round), None)
        if here is None:
            self._order, self.asked = (), ""
            return
        ids = {one.id for one in here.moves}
        if not self._dragging or ids != set(self._order):
            best = moves.yardstick(here.moves, self._yardsticks.get(here.key, ""))
            self._yardsticks[here.key] = best.id if best else ""
            self._order = moves.largest_first(here.moves)
        if self.asked not in ids:
            others = [key for key in self._order if key != self._yardsticks[here.key]]
            still_open = [one.id for one in here.moves if not one.answered]
            self.asked = next((key for key in others if key in still_open), next(iter(others or self._order), ""))

    def _is_ranking(self, here: Round) -> bool:
        if len(here.moves) < 2:
            return False
        return self._now.weighting.answers is Answers.RANKS or self._ranking or not here.begun

    def _show_conversation(
        self, appraisal: Appraisal, here: Round | None, rounds: tuple[Round, ...], *, locked: bool
    ) -> None:
        ranking = here is not None and self._is_ranking(here)
        several = here is not None and len(here.moves) > 1
        self._swap_cards(ranking=ranking, asking=several and not ranking)
        self._alone.setVisible(here is not None and not several)
        if here is None:
            return
        if not several:
            self._alone_words.set_text(f"“{here.moves[0].name}” is the only move here, so it counts whole.")
        elif ranking:
            self.rank.show_round(here, appraisal.weighting.answers, last=here.key == rounds[-1].key, locked=locked)
        else:
            self._show_question(appraisal, here, rounds)

    def _swap_cards(self, *, ranking: bool, asking: bool) -> None:
        """The keyboard goes from one card to the other first: Qt would else send it on, and scroll there."""
        cards = ((self.rank, self.rank.rows, ranking), (self.question, self.question.slider, asking))
        had = any(_holds_keyboard(card) for card, _, seen in cards if not seen)
        for card, stop, seen in cards:
            if seen:
                card.show()
                if had:
                    stop.setFocus()
        for card, _, seen in cards:
            card.setVisible(seen)

    def _show_question(self, appraisal: Appraisal, here: Round, rounds: tuple[Round, ...]) -> None:
        best, move = here.move(self._yardsticks[here.key]), here.move(self.asked)
        if best is None or move is None:
            return
        inside = tuple((one.id, one.name or "Without a name") for one in appraisal.criteria if one.branch == move.id)
        asked = Asked(
            yardstick=best,
            move=move,
            number=self._order.index(self.asked) + 1,
            count=len(here.moves),
            doubt=appraisal.weighting.doubt,
            doubtful=moves.out_of_order(here.moves),
            stands=inside if move.branch and len(inside) > 1 else (),
            widened=(move.id, move.swing, moves.said_range(move)) in self._said,
            nothing=move.swing <= 0 and move.id in self._nothing,
        )
        self.question.show_question(asked)
        words = "Done, cross-check them" if here.key == rounds[-1].key else "Done, the next branch"
        self.question.show_last(last=self._is_last(here), words=words)

    def _is_last(self, here: Round) -> bool:
        """No question is open: this was the last in the order, or the last one to get its first answer."""
        still_open = any(not one.answered for one in here.moves if one.id != self.asked)
        return not still_open and (self.asked == self._order[-1] or self.asked in self._answered)

    # --- which question ---

    def ask(self, key: str) -> None:
        """Asks about another move of the round in hand."""
        here = self.round_in_hand()
        if here is None or key == self.asked or here.move(key) is None:
            return
        self.question.settle()
        if self._dragging:  # moved there and back again, so that nothing was released
            self._release(0)
        self.asked = key
        self._refresh()

    def step(self, by: int) -> None:
        """The question before, or the one after, round and round."""
        if self._order:
            self.ask(self._order[(self._order.index(self.asked) + by) % len(self._order)])
        self.question.slider.setFocus()

    def ask_next(self) -> None:
        """The next move without an answer, else the next in the order; after the last one, what comes then.

        An answer of nothing is asked for its reason first, once.
        """
        here, move, reason = self.round_in_hand(), self._move(), self.question.reason
        if here is None:
            return
        waits = move is not None and not move.answered and move.id in self._nothing
        if waits and reason.isVisibleTo(self) and not reason.line.isReadOnly() and not reason.line.hasFocus():
            reason.line.setFocus()
            return
        if self.question.is_last:
            self._go_on(here)
            return
        open_ones = [one for one in moves.in_order(here.moves) if not one.answered and one.id != self.asked]
        if open_ones:
            self.ask(open_ones[0].id)
            self.question.slider.setFocus()
        else:
            self.step(1)

    def _go_on(self, here: Round) -> None:
        keys = [one.key for one in self.rounds()]
        place = keys.index(here.key) + 1
        if place < len(keys):
            self._turn_round(keys[place])
            self.focus_first()
        else:
            self.wanted.emit("checks")

    def _turn_round(self, key: str) -> None:
        self.question.settle()
        self._round, self._ranking, self.asked = key, False, ""
        self._refresh()

    def _look_at(self, _key: str) -> None:
        self._refresh()

    def _refresh(self) -> None:
        self._show(self.context.view)

    def _rank_again(self, *, ranking: bool) -> None:
        self._ranking = ranking
        self._refresh()
        self.focus_first()

    # --- edits ---

    def _name(self, move: Move) -> str:
        return wording.shorten(move.name or "a criterion", 40)

    def _set_asking(self, key: str) -> None:
        """Branch by branch, a move that is alone under its branch counts whole: nobody could be asked about it."""

        def change(now: Appraisal) -> Appraisal:
            new = weighting.set_asking(now, asking=Asking(key))
            for one in moves.rounds(new):
                if len(one.moves) == 1 and not one.begun:
                    new = moves.with_swing(new, one.moves[0], 100.0)
            return new

        self._round = ""
        if not self.attempt(change, "Change how moves are compared"):
            self._refresh()

    def _set_answers(self, key: str) -> None:
        self._ranking = False
        if not self.attempt(
            lambda now: weighting.set_answers(now, answers=Answers(key)), "Change what answers about weights are"
        ):
            self._refresh()

    def _put_in_order(self, order: tuple[str, ...]) -> None:
        here = self.round_in_hand()
        if here is not None:
            self._ranking = True
            self.attempt(lambda now: moves.with_order(now, here, order), "Change the order of the moves")

    def _agree_order(self, order: tuple[str, ...]) -> None:
        here = self.round_in_hand()
        if here is None:
            return
        if self._now.weighting.answers is Answers.RANKS:
            if here.ranked:
                self._go_on(here)
            else:
                self.attempt(lambda now: moves.with_order(now, here, order), "Put the moves in order")
            return
        self._ranking = False
        self._yardsticks[here.key] = order[0]
        first = here.move(order[0])
        name = self._name(first) if first else "a move"
        self.attempt(lambda now: moves.started(now, here, order), f"Make {name} the yardstick")
        self.asked = order[0]
        self._refresh()
        self.ask_next()
        self.began.emit()

    def start(self) -> None:
        """The first criterion gets 100, and the next is asked: the way out of weights that are all zero."""
        self._ranking = False
        self._refresh()
        self._agree_order(self.rank.rows.order() or self._order)

    def _drag(self, swing: int) -> None:
        move = self._move()
        if move is None:
            return
        self._dragging = True
        self._answer(move, float(swing), f"Change swing of {self._name(move)}", gesture=f"swing/{move.id}")

    def _answer(self, move: Move, swing: float, action: str, *, gesture: str = "") -> None:
        """The worth, with the range as somebody said it, widened only as far as this worth needs."""
        if not move.answered:
            self._answered.add(move.id)
        (self._nothing.discard if swing > 0 else self._nothing.add)(move.id)
        range_now = moves.said_range(move)
        said = self._said.get((move.id, move.swing, range_now), range_now)
        made = moves.widened(said, swing)
        if said is not None and made != said:
            self._said[move.id, swing, made] = said
        if not self.attempt(lambda now: moves.with_swing(now, move, swing, said), action, gesture=gesture):
            return
        if swing <= 0:
            self._refresh()  # 0 may be what stood there: then nothing has changed but that somebody said so

    def _release(self, _swing: int) -> None:
        self._dragging = False
        self.context.end_gesture()
        self._refresh()

    def _drag_range(self, low: int, high: int) -> None:
        move = self._move()
        if move is not None and move.swing > 0:
            ends = (float(low), float(high))
            self._said.pop((move.id, move.swing, ends), None)
            self.attempt(
                lambda now: moves.with_range(now, move, ends),
                f"Change the range of {self._name(move)}",
                gesture=f"swing-range/{move.id}",
            )

    def _type_range(self, low: float | None, high: float | None) -> None:
        move = self._move()
        if move is not None:
            ends = None if low is None or high is None else (low, high)
            self._said.pop((move.id, move.swing, ends), None)
            self.attempt(lambda now: moves.with_range(now, move, ends), f"Change the range of {self._name(move)}")

    def _type(self, value: float) -> None:
        move = self._move()
        if move is not None:
            self._answer(move, value, f"Change swing of {self._name(move)}")

    def _reason(self, text: str) -> None:
        move = self._move()
        if move is not None:
            key = move.criterion.id
            if not move.answered:
                self._answered.add(move.id)
            self.attempt(
                lambda now: edits.change_criterion(now, criterion=key, swing_reason=text),
                f"Change the reason for {self._name(move)}",
            )

    def _stand_for(self, criterion: str) -> None:
        move = self._move()
        if move is not None and move.branch:
            self.attempt(
                lambda now: edits.change_branch(now, branch=move.id, reference=criterion),
                f"Change what stands for {self._name(move)}",
            )

    def _make_yardstick(self) -> None:
        move = self._move()
        if move is not None:
            self._yardsticks[self._round] = move.id
            self._answer(move, 100.0, f"Make {self._name(move)} the yardstick")

    # --- where the keyboard goes ---

    def focus_first(self) -> None:
        """The slider, the list to order, or what starts the section."""
        if self.question.isVisibleTo(self):
            self.question.slider.setFocus()
        elif self.rank.isVisibleTo(self):
            self.rank.rows.setFocus()
        elif self._empty_card.isVisibleTo(self):
            self._empty.action.setFocus()
        else:
            self.asking.setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """The question of a criterion or a branch."""
        for one in self.rounds():
            if one.move(record) is not None:
                if one.key != self._round:
                    self._turn_round(one.key)
                self.ask(record)
                break
        self.focus_first()
        if field in ("swing_low", "swing_high") and self.question.isVisibleTo(self):
            (self.question.low if field == "swing_low" else self.question.high).setFocus()


def _holds_keyboard(part: QWidget) -> bool:
    here = QApplication.focusWidget()
    return here is not None and part.isAncestorOf(here)
