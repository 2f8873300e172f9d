"""Models of azure-mgmt-compute -> values with the service's names; that package is never imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from instanceview.model.limits import MOST_LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def is_model(subject: object) -> bool:
    """Return True if an object is a model of a client, or the pages of models that a list operation returns.

    A model has a method `as_dict` or `serialize`; pages have a method `by_page` and can be iterated over.
    """
    has_method = any(callable(getattr(subject, name, None)) for name in ("as_dict", "serialize"))
    return not isinstance(subject, type) and (has_method or _is_paged(subject))


def _is_paged(subject: object) -> bool:
    return callable(getattr(subject, "by_page", None)) and hasattr(subject, "__iter__")


def listed(subject: object) -> object:
    """Return the models in pages as a list; any other value is returned unchanged."""
    return list(cast("Iterable[object]", subject)) if _is_paged(subject) else subject


def as_written(subject: object) -> object:
    """Return a model, or models in a list, as the service writes them; any other value is returned unchanged.

    Releases of azure-mgmt-compute up to 33 have `serialize`, since their `as_dict` has the names of Python. In later
    releases `as_dict` has the service's names. Neither has members that the client did not know.

    A list that contains itself is returned as such a list, so that its reader finds the cycle and its place.
    """
    if isinstance(subject, (list, tuple)):
        return _list_as_written(subject, {}, MOST_LEVELS)
    return _model_as_written(subject) if is_model(subject) else subject


def _list_as_written(subject: Sequence[object], made: dict[int, list[object]], levels: int) -> Sequence[object]:
    """Return a list with its models as written; `made` has the lists made so far, by the identity of the original."""
    if id(subject) in made:
        return made[id(subject)]
    if not levels or not any(map(is_model, subject)):
        return subject
    items = made[id(subject)] = []
    for each in subject:
        if isinstance(each, (list, tuple)):
            items.append(_list_as_written(each, made, levels - 1))
        else:
            items.append(_model_as_written(each) if is_model(each) else each)
    return items


def _model_as_written(model: Any) -> object:  # noqa: ANN401 (a class of a package that is never imported)
    return model.serialize(keep_readonly=True) if hasattr(model, "serialize") else model.as_dict()
