"""`instanceview api-versions`: the api-versions with what each changed, and the operations that have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from instanceview.cli.commands.differences import versions
from instanceview.cli.commands.version_lists import RENDERERS
from instanceview.cli.commands.version_texts import in_full
from instanceview.cli.named_values import API_VERSION
from instanceview.cli.shared_options import form_option, one_kind_option
from instanceview.tables.catalog import UNVERSIONED, kinds_at
from instanceview.tables.catalog import api_versions as machine_versions
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command("api-versions")
@click.argument("api_version", metavar="[VERSION]", type=API_VERSION, required=False)
@one_kind_option()
@form_option("text", "json", "csv", "markdown")
def api_versions(api_version: str | None, kind: str | None, form: str) -> None:
    """List the api-versions that define instance views: date, changes of the element tables, new operations.

    Each is compared with the one before it. With VERSION, show its changes and operations in full.
    """
    kinds: Sequence[str] = [kind] if kind else MACHINES
    if api_version and not kind and api_version not in machine_versions():
        kinds = kinds_at(api_version)
    found = [version for version in versions(kinds) if api_version in {None, version.name}]
    if found and found[0].name == UNVERSIONED:
        message = f"{kinds[0]} has no api-version; instanceview tables --kind {kinds[0]} shows its one table"
        raise click.UsageError(message)
    if not found:
        message = f"{kind} is not defined at {api_version}; instanceview api-versions --kind {kind} lists its own"
        raise click.BadParameter(message, param_hint="VERSION")
    if api_version and form == "text":
        click.echo(in_full(found[0]), nl=False)
    else:
        click.echo(RENDERERS[form](found), nl=False)
