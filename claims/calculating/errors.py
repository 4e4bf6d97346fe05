"""Why a number cannot be read or a calculation not be done."""

from factcheck.errors import Permanent


class NumberUnreadableError(Permanent):
    """Nothing in it can be read as a number."""

    code = "number_unreadable"


class NumberAmbiguousError(Permanent):
    """Its one separator can be a decimal mark or a mark of thousands."""

    code = "number_ambiguous"


class MixedSeparatorsError(Permanent):
    """Its separators fit no way of writing numbers."""

    code = "number_mixed_separators"


class UnknownOperationError(Permanent):
    """Not one of the operations."""

    code = "calculation_operation_unknown"


class InputsError(Permanent):
    """Numbers are missing, or there are too many of them."""

    code = "calculation_inputs"


class DivisionByZeroError(Permanent):
    """The number to divide by is zero."""

    code = "calculation_division_by_zero"


class NegativeBaseError(Permanent):
    """A change in percent of something negative says nothing."""

    code = "calculation_base_negative"


class UnitsDifferError(Permanent):
    """The numbers are in different units, currencies or periods."""

    code = "calculation_units_differ"


class TooLargeError(Permanent):
    """The result has more digits than can be kept."""

    code = "calculation_too_large"
