"""The words of the field and of the screens, in plain language; README's “Words” is this table."""

from dataclasses import dataclass

from sitelog.ground.words import N_


@dataclass(frozen=True)
class Word:
    """A word somebody new would ask about."""

    term: str
    means: str


WORDS: dict[str, Word] = {
    "access": Word(N_("access"), N_("a person came in for anything")),
    "episode": Word(N_("episode"), N_("one use of a place")),
    "consumption": Word(
        N_("consumption"), N_("each substance of an episode; never added to accesses or episodes")
    ),
    "visit": Word(N_("visit"), N_("from the door until the person leaves; V1187 is the number of one")),
    "handle": Word(
        N_("handle"), N_("what a person wants to be called here; nobody has to give a name or a code")
    ),
    "anonymous": Word(
        N_("anonymous"),
        N_("came without a handle; counted as a visit, and as nobody when people are counted"),
    ),
    "register": Word(
        N_("register"), N_("the people who gave a handle or a code, each under a number as P0012")
    ),
    "agreement": Word(
        N_("agreement"), N_("what a person signs at the first visit, in the version of that day")
    ),
    "alert": Word(N_("alert"), N_("what staff should know of a person, as “hard to rouse, breathing fine”")),
    "restriction": Word(
        N_("restriction"),
        N_("a person should not come in until a day; it blocks nothing, whoever lets them in says why"),
    ),
    "merge": Word(
        N_("merge"), N_("two registrations are one person; both keep their history, and it can be undone")
    ),
    "forget": Word(
        N_("forget"),
        N_(
            "erase a person's words for good, on request; the visits stay under the number "
            "and are counted as before"
        ),
    ),
    "place": Word(
        N_("place"), N_("a booth, a seat or whatever else the site lists, with its own time limit")
    ),
    "check": Word(N_("check"), N_("a look at a person in a place or in aftercare, entered with its time")),
    "over_time": Word(N_("over time"), N_("longer in a place than its limit; it warns and never blocks")),
    "aftercare": Word(N_("aftercare"), N_("watched after use, until the time is over and the person leaves")),
    "left_before_service": Word(
        N_("left before service"), N_("went while waiting; the waiting time is kept with it")
    ),
    "response": Word(N_("response"), N_("an overdose or drug emergency that staff answered")),
    "recognised": Word(
        N_("recognised"), N_("the moment somebody saw the emergency; a response's clock starts there")
    ),
    "pathway": Word(
        N_("pathway"),
        N_(
            "which steps a response offers: opioid, long sedation, stimulant, other; "
            "nothing is lost by changing it"
        ),
    ),
    "step": Word(
        N_("step, rung"),
        N_("one thing done in a response, with its time; a rung offers the steps of one kind"),
    ),
    "vitals": Word(
        N_("vitals"), N_("what was measured: oxygen in the blood, breaths, pulse, sedation and the rest")
    ),
    "tier": Word(
        N_("tier"),
        N_(
            "the highest step taken: 1 monitored or stimulated, 2 oxygen, 3 assisted breathing, "
            "4 naloxone by staff, 5 ambulance transport or CPR"
        ),
    ),
    "ems": Word(N_("EMS"), N_("the ambulance; what it gave is counted apart from what staff gave")),
    "exchange": Word(
        N_("exchange"), N_("used equipment comes back and new is given; more may come back than went out")
    ),
    "kit": Word(N_("kit"), N_("things given together; counted as what is in it")),
    "lot": Word(N_("lot"), N_("the maker's number on a package; stock is kept by lot and expiry")),
    "on_hand": Word(N_("on hand"), N_("what came, less what went; never typed, a count puts it right")),
    "service": Word(
        N_("service"), N_("something given here: education, wound care, a test, drug checking, a meal")
    ),
    "referral": Word(N_("referral"), N_("the way to another service, as a ladder with a date at each rung")),
    "warm_handover": Word(N_("warm handover"), N_("staff walk the person over to the other service")),
    "attended": Word(N_("attended"), N_("presented for assessment at the agency a referral was made to")),
    "uptake": Word(
        N_("uptake"),
        N_("how many referrals came to each rung, and of how many; attended counts, not only sent"),
    ),
    "incident": Word(
        N_("incident"), N_("everything else that happens: violence, needlestick, police, a complaint, a find")
    ),
    "custody": Word(
        N_("custody"),
        N_("where a substance that was left behind lies, and who handed it to whom, with a witness"),
    ),
    "drug_alert": Word(
        N_("drug alert"), N_("a warning about what is sold now, on every page until each has read it")
    ),
    "shift": Word(N_("shift"), N_("a window of the site's clock; it may cross midnight and overlap another")),
    "handover": Word(
        N_("handover, SBAR"),
        N_("what the next shift must know: situation, background, assessment, recommendation"),
    ),
    "read_back": Word(N_("read-back"), N_("the incoming lead confirms the handover with a PIN")),
    "sign_off": Word(
        N_("sign-off"), N_("the signature that freezes what was counted; later changes make the next version")
    ),
    "late_entry": Word(N_("late entry"), N_("entered after it happened; it has both times")),
    "amend": Word(
        N_("strike, amend"),
        N_("take out of the count, or replace; both versions stay, with who, when and why"),
    ),
    "site_day": Word(N_("site day"), N_("starts at 04:00 by default, so that one night belongs to one day")),
    "chain": Word(N_("link, chain"), N_("one sealed entry; all of them in order")),
    "release": Word(N_("release"), N_("one published version of one report for one audience")),
    "audience": Word(N_("audience"), N_("who a report is made for; each has a shelf and a smallest group")),
    "k": Word(N_("k"), N_("the smallest group a report shows as it is; fewer are printed as a range")),
    "range": Word(
        N_("range"),
        N_("“0–4”: the number is one of these, zero included; “5+” is five or more; never a guess"),
    ),
    "not_recorded": Word(N_("not recorded"), N_("nobody entered it; not zero, and not a range")),
    "withheld": Word(N_("withheld"), N_("not printed at all, because it would tell of few people")),
    "retire": Word(
        N_("retire"), N_("take a word off the screens; old entries keep it, and it can be brought back")
    ),
}


def table() -> str:
    """The words as README shows them."""
    rows = [f"| {word.term} | {word.means} |" for word in WORDS.values()]
    return "\n".join(["| word | means |", "|---|---|", *rows])
