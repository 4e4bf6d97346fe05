"""Amounts as people write them: grouped, with their unit, no more digits than help."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

from claims.calculating.records import PERCENT, POINTS, TIMES

_DIGITS: Final = 50  # significant digits that are kept
_SHOWN: Final = 4  # significant digits of what does not come out even
_ALIKE: Final = frozenset({"people", "police", "hertz", "percent", "horsepower", "fish", "media"})
_PLURALS: Final = {"person": "people", "man": "men", "woman": "women", "child": "children",
                   "foot": "feet", "inch": "inches", "life": "lives"}  # fmt: skip
_EVEN: Final = 4  # decimals up to which a result is shown whole


def spell(value: Decimal, *, minus: str = "−") -> str:
    """Write a number in full, thousands grouped, without trailing zeros."""
    whole, _, fraction = f"{abs(value):f}".partition(".")
    fraction = fraction.rstrip("0")
    sign = minus if value < 0 else ""
    return f"{sign}{int(whole):,}" + (f".{fraction}" if fraction else "")


def plain(value: Decimal) -> str:
    """Write a number for machines: no exponent, no trailing zeros, at most 50 digits."""
    with localcontext(prec=_DIGITS):
        text = f"{+value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def shorten(value: Decimal, *, step: Decimal = Decimal(1)) -> Decimal:
    """Round for reading: whole where it comes out even, else two digits finer than `step`."""
    with localcontext(prec=_DIGITS):
        exact = value.normalize()
        exponent = exact.as_tuple().exponent
        if isinstance(exponent, int) and exponent >= -_EVEN:
            return exact
        finest = min(exact.adjusted() - _SHOWN + 1, _place(step) - 2, 0)
        return value.quantize(Decimal(1).scaleb(finest), rounding=ROUND_HALF_UP)


def _place(step: Decimal) -> int:
    return step.adjusted() if step else 0


def measured(value: Decimal, unit: str, *, step: Decimal = Decimal(1)) -> str:
    """Write an amount with its unit: "11.9 %", "24 percentage points", "×4.44", "3 km"."""
    number = spell(shorten(value, step=step))
    if unit == PERCENT or unit.startswith("percent per"):
        return f"{number} %{unit.removeprefix(PERCENT)}"
    if unit in {TIMES, "time"}:
        return f"×{number}"
    if unit == POINTS:
        unit = "percentage point"
    return f"{number} {unit if abs(value) == 1 else plural(unit)}".strip()


def signed(value: Decimal, unit: str, *, step: Decimal = Decimal(1)) -> str:
    """Write a change with its sign, also where it is positive."""
    return ("+" if value > 0 else "") + measured(value, unit, step=step)


def plural(unit: str) -> str:
    """Return the unit of more than one: passengers, ferries, kilometres per hour; codes stay."""
    name, per, base = unit.replace("_", " ").partition(" per ")
    head, space, rest = name.partition(" ") if name.startswith("degree ") else (name, "", "")
    if not head or head.isupper() or head in _ALIKE or head.endswith("s"):
        many = head
    elif head.endswith("y") and head[-2:-1] not in "aeiou":
        many = head[:-1] + "ies"
    else:
        many = _PLURALS.get(head, head + "s")
    return many + space + rest + per + base


def unit_words(unit: str) -> str:
    """Name a unit, or its absence."""
    return plural(unit) or "no unit"
