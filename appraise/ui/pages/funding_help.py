"""Help with the fields of step 7: what the words mean, beside the field in hand."""

from appraise.ui.pages.text_parts import Help

_METHOD = "Method of this program, chapters 12.1 to 12.3"
_SOURCE = "The source you name with the scenario"
_TERMS = "Method of this program, chapter 12.2"

CASH = Help(
    "Why cash terms here?",
    "Settlements are promised in cash. So cost is shown with inflation, VAT that cannot be recovered, and transfers.",
    "Green Book 2026, paragraphs 6.45 to 6.51",
)
ANSWERS = Help(
    "What do the answers rest on?",
    "On your costs with their ranges, and on how each scenario’s money is renewed or cut. "
    "All scenarios meet the same draws, so differences come from the money alone.",
    _METHOD,
)
SHORT = Help(
    "Why does short money cost more?",
    "Contracts signed for fewer years are paid off faster and let again more often. "
    "Prevention that stops loses its savings. The longest scenario is the yardstick.",
    _TERMS,
)
SCENARIO = Help(
    "What is a scenario?",
    "One story of the money: which settlements follow each other, how firm they are, and what may be cut. "
    "Compare a short one with a long one to see what certainty is worth.",
    _METHOD,
)
SCENARIO_SOURCE = Help(
    "What is a good source?",
    "The letter, the published settlement or the plan that the money comes from, with its date. "
    "Say also who judged the chances.",
)
SETTLEMENT = Help(
    "What is a settlement?",
    "Money that is decided in one go for a run of years. Where one ends and the next begins, the money may be cut.",
    _METHOD,
)
FROM = Help("From which year?", "The first year that this settlement pays for. It starts where the one before ends.")
YEARS = Help(
    "How many years?",
    "For how many years the money is decided at once. A longer settlement repeats its last amount.",
)
STATUS = Help(
    "How firm is the money?",
    "Final: confirmed. Indicative: published, and confirmed year by year. Assumed: your own judgement. "
    "The status informs; chances and cuts make the figures.",
    _METHOD,
)
RING = Help(
    "What is a ring-fence?",
    "Money that must be spent in its own year. What is left goes back, so that no later year can use it.",
    _METHOD,
)
RENEWAL = Help(
    "Renewed, %",
    "How likely this settlement brings its money in full when it starts. In all other cases it is cut. "
    "100 means that nobody doubts it; ask who decides, and what they did last time.",
    _SOURCE,
)
_CUT = "Type a cut in per cent of this settlement: 10 means that a tenth of its money is lost. "
CUT_LOW = Help(
    "Cut: low, %",
    _CUT + "The low end is the mildest cut that can be expected when it is not renewed in full.",
    _SOURCE,
)
CUT_LIKELY = Help(
    "Cut: likely, %",
    _CUT + "The likely cut stands between the low and the high one; most draws lie near it.",
    _SOURCE,
)
CUT_HIGH = Help(
    "Cut: high, %",
    _CUT + "The high end is the hardest cut that can be expected; 100 means that all of it goes.",
    _SOURCE,
)
REVENUE = Help(
    "What is revenue money?",
    "Money for running the service, in cash of its year. It may also pay for buildings and equipment.",
    _METHOD,
)
CAPITAL = Help(
    "What is capital money?",
    "Money for buildings and equipment only; it never pays for running the service. "
    "Leave it empty where the settlement is for both.",
    _METHOD,
)
RESTORED = Help(
    "Does a cut stay?",
    "Either later settlements start from the cut money, or the next renewal makes it good.",
    _METHOD,
)
CARRY = Help(
    "What is carried over?",
    "Whether money that is left at the end of a year may be spent later. Ring-fenced money never is. "
    "Chances and gaps of a year hold each year by itself; only the reserve carries money over.",
    _METHOD,
)
USED = Help(
    "Which grants are bid for here?",
    "Tick the grants that this scenario counts on. Each is won or lost with its own chance, alike in all scenarios.",
    _METHOD,
)
STOPS = Help(
    "What is no longer paid for?",
    "The last year in which this scenario pays for a programme. Its savings fade afterwards, and so does its cost.",
    _TERMS,
)
NEW = Help(
    "Which scenarios belong side by side?",
    "The same money settled 1, 3 and 5 years at a time shows what certainty is worth. "
    "A harder or a kinder amount shows what the money itself does.",
    _METHOD,
)
GRANT = Help(
    "What is a grant here?",
    "Money that has to be bid for and may be lost. It pays for what it is meant for, never more than that costs, "
    "and what is left goes back.",
    _METHOD,
)
GRANT_CHANCE = Help(
    "How likely is it won?",
    "Ask how many bids won last time. The grant comes whole or not at all, in the same draws for every option.",
    "The source you name with the grant",
)
GRANT_DATES = Help(
    "Why the dates?",
    "They are held against the timetable of each contract: money that must be spent before the service starts is lost.",
    _TERMS,
)
GRANT_ROUTE = Help(
    "What is a route of its own?",
    "Some grants come with a framework to buy from. Without one, your own tender has to fit between decision and "
    "last day.",
    _TERMS,
)
GRANT_LINES = Help(
    "What may it pay for?",
    "Tick the cost lines that the grant is meant for. With no tick it pays for whatever the service costs.",
    _METHOD,
)
PROGRAMME = Help(
    "What counts as prevention?",
    "Money spent now so that less is needed later. Enter the lowered lines as they would be without it.",
    _TERMS,
)
PAID_BY = Help(
    "Which lines pay for it?",
    "The cost lines of the programme itself. Where a scenario stops it, they stop too.",
    _TERMS,
)
LOWERED = Help(
    "Which lines does it lower?",
    "Costs that fall when it works, as they would be without it. The effect is taken off line by line.",
    _TERMS,
)
LAG = Help(
    "How does the effect grow?",
    "Nothing happens during the lag. Then it grows in equal steps over the ramp, up to the most.",
    _TERMS,
)
MOST = Help(
    "What is the most?",
    "The share of the lines that is saved once it works in full: a low, a likely and a high value. "
    "One draw for all lines and all scenarios.",
    "The evidence you name with the programme",
)
DECAY = Help(
    "What is lost a year?",
    "How much of the remaining effect goes each year once nobody pays any longer. 100 means that it ends at once.",
    _TERMS,
)
STARTS = Help(
    "When is it signed?",
    "The first year of the first contract. Later contracts follow without a gap, until the last year that is costed.",
    _TERMS,
)
COMMITMENT = Help(
    "How far may you sign?",
    "Never past settled money makes contracts short. A break clause keeps the term, and the supplier prices it. "
    "Freely takes the whole term and carries the risk.",
    _TERMS,
)
REFERENCE = Help(
    "What is the reference term?",
    "The term at which the price in your lines was quoted. 0 stands for the term that is wanted. "
    "Other terms move the price from there.",
    _TERMS,
)
INVESTMENT = Help(
    "What is the supplier’s investment?",
    "Vehicles, systems and set-up that the supplier buys first and earns back over the term. "
    "In prices of the first year, and already inside your lines.",
    _TERMS,
)
KEPT = Help(
    "What is the kept value?",
    "What the supplier still has of it at the end, such as vehicles to sell, in prices of the first year.",
    _TERMS,
)
COST_OF_CAPITAL = Help(
    "What is its cost of capital?",
    "What the supplier’s money costs it a year. Say whether that holds with inflation in it, or on top of inflation.",
    _TERMS,
)
RELETTING = Help(
    "What does letting it again cost?",
    "What you pay each time: the procurement, the change-over, and running two services side by side. "
    "In prices of the first year.",
    _TERMS,
)
RELETS = Help(
    "Do your lines hold it already?",
    "Say so where a line pays for the next tender and change-over at the end of the term that was priced. "
    "Scenarios then add only what is more or less.",
    _TERMS,
)
AFTER = Help(
    "What follows a cut?",
    "A cut alone ends no contract. Say whether the service goes on and the gap shows, or the contract is broken.",
    _TERMS,
)
BREAK = Help(
    "What does a break cost?",
    "Either the amount that the contract names, or what the supplier has not earned back by then.",
    _TERMS,
)
FALL_BACK = Help(
    "What runs on after a break?",
    "The option that takes over, with its own cost by year. Without one, nothing runs on and nothing is paid.",
    _TERMS,
)
TERMS_SOURCE = Help(
    "What are the terms based on?",
    "A price list, a quotation or the contract in force, with its date. Suppliers tell much in market engagement.",
)
TIMETABLE = Help(
    "How long does buying take?",
    "From the first work to the first day of service. It is held against the year the contract starts and "
    "the last days of grants.",
    "Procurement Act 2023, sections 50 and 51",
)
NEEDED = Help(
    "When is the service needed?",
    "The first day of service that the contract needs, such as the day after the old one ends. "
    "Empty stands for 1 April of its first year.",
    _TERMS,
)
STANDSTILL = Help(
    "What is the standstill?",
    "At least 8 working days between the contract award notice and the signature, so that bidders may object.",
    "Procurement Act 2023, section 51",
)
