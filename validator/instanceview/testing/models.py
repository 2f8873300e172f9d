"""Models of azure-mgmt-compute -> values with the names that the service writes; that package is never imported."""

from __future__ import annotations

from typing import Any

from instanceview.tables.kinds import KIND_VALUES

_KINDS = {value.model: value.name for value in KIND_VALUES.values()}


def is_model(subject: object) -> bool:
    """Return True if an object is a model of a client: it has a method `as_dict` or `serialize`."""
    has_method = callable(getattr(subject, "as_dict", None)) or callable(getattr(subject, "serialize", None))
    return has_method and not isinstance(subject, type)


def as_written(subject: object) -> object:
    """Return a model, or a list of models, as the service writes it; any other value as it is.

    Releases of azure-mgmt-compute up to 33 have `serialize`, whose `as_dict` has names of Python; later ones have
    `as_dict` with the service's names. What the client did not know when it read the answer is in neither.
    """
    if isinstance(subject, (list, tuple)):
        return [as_written(each) for each in subject] if any(map(is_model, subject)) else subject
    if not is_model(subject):
        return subject
    model: Any = subject
    return model.serialize(keep_readonly=True) if hasattr(model, "serialize") else model.as_dict()


def kind_of(subject: object) -> str | None:
    """Return the kind of document that a model is, by the name of its class; None for any other value."""
    return _KINDS.get(type(subject).__name__) if is_model(subject) else None
