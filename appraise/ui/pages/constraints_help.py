"""Help with the fields of the register in step 6: what the words mean, beside the field in hand."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from appraise.ui.pages.text_parts import Help

if TYPE_CHECKING:
    from appraise.ui.pages.constraints_list import RegisterSection

_OURS = "Method of this program, from Green Book 2026, paragraph 6.66"
WHO_BEARS = Help(
    "Who should bear it?",
    "The one who can do something about it. Passing on a risk that nobody can manage only buys its price.",
    "Green Book 2026, paragraph 6.66",
)
_CHANCE = Help(
    "What are chance and impact?",
    "How likely it is that this turns out other than assumed, and what it then costs in all its years together. "
    "Both are facts about the world, so they are the same in every option.",
    _OURS,
)
_SHARES = Help(
    "What are shares and lots?",
    "A share is the part of the impact that one bearer pays. Suppliers of one lot price all they carry as one pool, "
    "and a pool varies less than its parts. Without lots there is the one contract.",
    _OURS,
)
_CLAIMS = Help(
    "What do the terms of claims mean?",
    "Admitted: how often a claim is accepted. Added: how much more than the true impact is then paid. "
    "Dispute: what arguing about it costs the authority, whatever the share.",
    _OURS,
)
_LEFT = Help(
    "What are claims left?",
    "A supplier has priced this, and may claim a part all the same. Enter how likely that is, for which share, and "
    "what claims add. A chance of 0 means that the price is the end of it.",
    _OURS,
)
_TARGET = Help(
    "What is a target?",
    "The pounds that both sides expect to pay for this share of the impact. The authority pays the target; what comes "
    "out above or below it is shared. Set near the likely impact, savings can be shared too.",
    _OURS,
)
_BANDS = Help(
    "What are bands?",
    "Steps above the target. In each the authority pays its own share of what falls into it, and the supplier the "
    "rest. The last band has no end.",
    _OURS,
)
_MANAGED = Help(
    "When does management count?",
    "Where a bearer does something that leaves a smaller chance or impact. It counts with its certain cost, in any "
    "option, as soon as something shows that it works.",
    "Green Book 2026, paragraph 6.66",
)
_VIEW = Help(
    "What is the suppliers’ own view?",
    "What bidders believe where the tender is unclear, often worse than what you know. It moves their price and never "
    "what happens.",
    _OURS,
)
_AGREED = Help(
    "What counts as agreed?",
    "A written answer of the body that decides. Say what is still unclear: that is what suppliers price.",
    _OURS,
)
_SETTLING = Help(
    "What does settling cost?",
    "What it takes to have the answer before tender: advice, surveys, and the cost of waiting. The list “Settle these "
    "first” sets it against what the answer saves.",
    _OURS,
)
_PREVENTION = Help(
    "What is reducing it first?",
    "Work before tender that makes it less likely in every option. It needs a cost, the chance that is left, and "
    "evidence.",
    _OURS,
)
_EXPLAINS = Help(
    "Why tick lines here?",
    "Optimism bias stands for what usually goes wrong. Where this entry already counts it, its expected cost is taken "
    "off the bias, so that each pound counts once.",
    "Green Book 2026, supplementary guidance on optimism bias",
)


def helps(section: "RegisterSection") -> dict[QWidget, Help]:
    """The help of each field or card of the register; the innermost that holds the keyboard is read."""
    option, terms = section.option, section.bearers.terms
    return {
        section.list: WHO_BEARS,
        section.chance: _CHANCE,
        section.bearers: WHO_BEARS,
        terms.claims: _CLAIMS,
        terms.residual: _LEFT,
        option.switch: WHO_BEARS,
        option.shares: _SHARES,
        option.pain: _TARGET,
        option.pain.bands: _BANDS,
        option.managed: _MANAGED,
        section.view: _VIEW,
        section.agreement: _AGREED,
        section.settling: _SETTLING,
        section.prevention: _PREVENTION,
        section.explains: _EXPLAINS,
    }
