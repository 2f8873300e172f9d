"""A page in a browser, and the faults that it has while it is open."""

from __future__ import annotations

from typing import Any


class Opened:
    """A page in the browser, and what it should not have: messages, errors, and requests for anything else."""

    def __init__(self, page: Any, address: str) -> None:  # noqa: ANN401 (the client may be absent)
        self.page = page
        self.faults: list[str] = []
        page.on("console", lambda message: self.faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: self.faults.append(request.url) if request.url != address else None)
        page.goto(address)

    def evaluate(self, program: str, *arguments: object) -> Any:  # noqa: ANN401 (any JSON value)
        """Return the value of a program in the page."""
        return self.page.evaluate(program, *arguments)

    def shown(self, selector: str) -> int:
        """Return how many elements are in the page and not hidden."""
        return int(self.page.locator(selector).filter(visible=True).count())
