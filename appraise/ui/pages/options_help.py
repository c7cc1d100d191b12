"""Help with partners, shared cost, lots and stages: what the words mean, beside the field in hand."""

from appraise.ui.pages.text_parts import Help

_METHOD = "Method of this program, chapter 13"

PARTNERS = Help(
    "Who is a partner?",
    "A public body that could share the service. Name each once, this body too, "
    "so that every one of them sees its own case.",
    _METHOD,
)
BODY = Help(
    "Which public body?",
    "One partner is this body, whose budget the case shows. "
    "The others are public bodies of step 5, so that their money shows in the whole purse.",
    "Green Book 2026, paragraph 6.87",
)
MEASURES = Help(
    "What are these for?",
    "A joint cost is shared by one of them: people, units of work, or use. "
    "All partners count in the same unit, so that their shares compare.",
    _METHOD,
)
LEAVING = Help(
    "How likely does it leave?",
    "The chance, in each year, that the partner leaves. Those who stay then bear the fixed part of its share.",
    _METHOD,
)
ALONE = Help(
    "What does alone mean?",
    "What the partner would pay for the same service by itself, in prices of the first year. "
    "Without it nobody can say who gains by joining.",
    _METHOD,
)
PARTNER_SOURCE = Help(
    "Where do the figures come from?",
    "Returns, budgets or a letter of the partner, with their date. Each partner should agree its own figures.",
)
TAKING_PART = Help(
    "Who takes part?",
    "Tick the partners that would run this option together. Lines that they share stand at the whole joint cost.",
    _METHOD,
)
RULE = Help(
    "By what is a cost shared?",
    "Volume, people or use follow the work of each partner. Fixed shares are agreed once. "
    "Lines may differ; this rule holds for constraints.",
    _METHOD,
)
FIXED_PART = Help(
    "What is the fixed part?",
    "The per cent of a line that stays as it is with fewer partners, such as a depot. "
    "The rest falls with the work that leaves.",
    _METHOD,
)
SPLIT = Help(
    "How do partners pay?",
    "By the rules of the lines, in proportion to their cost alone, or by what each adds. "
    "A split holds if no group would pay less by itself.",
    _METHOD,
)
GROUPS = Help(
    "What do groups cost?",
    "What some of the partners would pay together, as a present value. "
    "The lines give it; type it where you have better figures.",
    _METHOD,
)
GAPS = Help(
    "What is a price gap?",
    "The same thing bought at different prices by public bodies, such as a week in a care bed. "
    "Suppliers know all prices; buyers often know one.",
    _METHOD,
)
BUYERS = Help(
    "What would one price change?",
    "At the mean, all pay as much as now: money only moves between buyers. "
    "At the lowest, suppliers get less, and all buyers save.",
    _METHOD,
)
SCARCE = Help(
    "Who are scarce people?",
    "Staff whom an option takes while a neighbour needs them, such as social workers. "
    "A gain here may be a loss next door.",
    _METHOD,
)
LOTS = Help(
    "Why let a contract in lots?",
    "Small lots open the door to smaller firms and charities; large ones keep scale. "
    "A contracting authority must consider lots and say why not.",
    "Procurement Act 2023, section 18",
)
PILOT = Help(
    "What is a stage?",
    "A pilot at small scale, or a supplier’s proof of value. It is worth its cost if it can change the decision.",
    _METHOD,
)
PILOT_OPTIONS = Help(
    "What follows a stage?",
    "If it succeeds, one option goes on; if not, another is taken. "
    "Without a stage, the option with the highest value is taken, other than the one that is tested.",
    _METHOD,
)
SUCCESS = Help(
    "How likely is success?",
    "The chance that the service works at full scale. Ask people who have run one like it, and name them.",
    "The source you name with the stage",
)
MISLEADS = Help(
    "Can a stage mislead?",
    "A service that fails may pass its trial. Then going on is worth less than falling back: enter by how much.",
    _METHOD,
)
TEST = Help(
    "How is success told?",
    "Say before it starts what is measured, by when, and which figure means going on.",
    "Magenta Book, HM Treasury",
)
TIERS = Help(
    "How do volume discounts work?",
    "A discount holds over a volume in a year: on what is beyond it, or on all units. "
    "Enter the amounts of the line before all discounts.",
    _METHOD,
)
LOYALTY = Help(
    "What is a yearly discount?",
    "A discount by year of the contract; the last one holds on. A contract that is let again begins anew.",
    _METHOD,
)
CAP = Help(
    "What are cap and collar?",
    "The most and the least by which the price may rise in a year, whatever its index does. "
    "Leave both empty where nothing is agreed.",
    _METHOD,
)
SHARED = Help(
    "What happens to a shared line?",
    "It is entered at the whole joint cost. All of it counts in the economic case, this body’s part in its budget.",
    _METHOD,
)
