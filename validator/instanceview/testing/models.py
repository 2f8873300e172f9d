"""Models of azure-mgmt-compute -> values with the names that the service writes; that package is never imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterable


def is_model(subject: object) -> bool:
    """Return True if an object is a model of a client, or the pages of models that a list operation returns.

    A model has a method `as_dict` or `serialize`, pages have `by_page` and are iterated over.
    """
    has_method = any(callable(getattr(subject, name, None)) for name in ("as_dict", "serialize"))
    return not isinstance(subject, type) and (has_method or _is_paged(subject))


def _is_paged(subject: object) -> bool:
    return callable(getattr(subject, "by_page", None)) and hasattr(subject, "__iter__")


def listed(subject: object) -> object:
    """Return the models in pages as a list; any other value as it is."""
    return list(cast("Iterable[object]", subject)) if _is_paged(subject) else subject


def as_written(subject: object) -> object:
    """Return a model, or models in a list, as the service writes it; any other value as it is.

    Releases of azure-mgmt-compute up to 33 have `serialize`, whose `as_dict` has names of Python; later ones have
    `as_dict` with the service's names. What the client did not know when it read the answer is in neither.
    """
    if isinstance(subject, (list, tuple)):
        return [as_written(each) for each in subject] if any(map(is_model, subject)) else subject
    if not is_model(subject):
        return subject
    model: Any = subject
    return model.serialize(keep_readonly=True) if hasattr(model, "serialize") else model.as_dict()
