"""What each kind of correction may change of the version that readers see."""

from claims.comparing.manifests import is_same, is_same_rating, typo_breaches
from claims.models import VerdictVersion
from claims.states import AFTER_WITHDRAWAL, CorrectionKind, VersionState
from claims.versions import replaced_by
from claims.workflow.refusals import CorrectionKindError, IncompleteError, NothingToCorrectError


def require_described(version: VerdictVersion) -> None:
    """Raise IncompleteError unless a later version says what it changes, and why."""
    if replaced_by(version) is None:
        if version.correction_kind:
            raise NothingToCorrectError
        return
    missing = [
        words
        for words, is_there in (
            ("choose the kind of correction", bool(version.correction_kind)),
            ("write the public note: what changed, and why", bool(version.correction_note)),
        )
        if not is_there
    ]
    if missing:
        raise IncompleteError(missing="Before you submit: " + ", ".join(missing) + ".")


def require_fitting(version: VerdictVersion) -> None:
    """Raise CorrectionKindError unless the sealed version changes what its kind may change."""
    replaced = replaced_by(version)
    if replaced is not None and (why := _unfit(version, replaced)):
        raise CorrectionKindError(why=why)


def _unfit(version: VerdictVersion, replaced: VerdictVersion) -> str:
    kind, was_withdrawn = version.correction_kind, replaced.state == VersionState.WITHDRAWN
    new, old = version.manifest or {}, replaced.manifest or {}
    if was_withdrawn:
        if kind not in AFTER_WITHDRAWAL:
            return "After a withdrawal it is a correction or a change of the verdict."
    elif is_same(old, new):
        return f"Nothing differs from version {replaced.number}. Give the draft up instead."
    same_rating = is_same_rating(old, new)
    if not same_rating and kind != CorrectionKind.VERDICT_CHANGE:
        return "The rating is another one, so this is a change of the verdict."
    if same_rating and kind == CorrectionKind.VERDICT_CHANGE and not was_withdrawn:
        return "The rating is the same, so the verdict does not change. Choose another kind."
    if kind == CorrectionKind.TYPO and (breaches := typo_breaches(old, new)):
        return f"A typing error changes no {' and no '.join(breaches)}. Choose another kind."
    return ""
