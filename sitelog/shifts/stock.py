"""What was left of the stock, frozen with a signed summary and read from it again."""

from collections.abc import Iterable, Mapping
from typing import Any

from sitelog.shifts.items import freeze_words, thaw_words
from sitelog.shifts.rules import Words
from sitelog.supplies.queries import AtHand
from sitelog.supplies.rules import Warn


def freeze(stock: Iterable[AtHand]) -> list[dict[str, Any]]:
    """What is at hand as plain values: how much, and what is warned of."""
    return [
        {
            "label": one.label,
            "on_hand": one.on_hand,
            "percent": one.percent,
            "warns": [freeze_words(Words(warn.short, warn.values)) for warn in one.warns],
        }
        for one in stock
    ]


def thaw(kept: Iterable[Mapping[str, Any]]) -> list[AtHand]:
    """What was at hand when it was signed."""
    return [
        AtHand(one["label"], one["on_hand"], [_warn(words) for words in one["warns"]], one["percent"])
        for one in kept
    ]


def _warn(kept: Mapping[str, Any]) -> Warn:
    words = thaw_words(kept)
    return Warn(words.text, words.values, short=words.text)
