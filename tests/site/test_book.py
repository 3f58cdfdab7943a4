"""The site's book: what was set, and what stands where nothing was."""

from sitelog.site import defaults, rules


def test_a_list_a_limit_and_a_policy_nobody_has_set_are_the_starters() -> None:
    older = dict(defaults.starter("Juniper Street", "America/Toronto"))
    older["words"] = {"substance": [{"code": "down", "label": "Down"}]}
    older["limits"], older["policies"] = {"wait_minutes": 20}, {}
    book = rules.assemble(older)
    assert [word.code for word in book.choices("substance")] == ["down"]
    assert [word.code for word in book.choices("outcome")] == [w["code"] for w in defaults.WORDS["outcome"]]
    assert (book.limit("wait_minutes"), book.limit("undo_seconds")) == (20, 120)
    assert book.policy("sedation_scale") == "avpu"
