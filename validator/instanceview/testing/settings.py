"""The settings of a run of pytest -> its validator: first options, then the ini file, then the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from instanceview.model.limits import NAMES, option
from instanceview.model.names import UnknownNameError
from instanceview.model.written_limits import limits_of
from instanceview.testing.project import Project, ProjectError, project_at
from instanceview.testing.recordings import arguments, targets
from instanceview.testing.validator import Validator

if TYPE_CHECKING:
    from instanceview.running.choices import Choices


def validator_of(config: pytest.Config) -> Validator:
    """Return the validator with the settings of a run.

    An option overrides the api-version of a URL, which overrides those of the ini file and of the configuration. Rules
    to ignore in options and in the ini file add up, and replace those of the configuration. Raises UsageError for an
    unknown name, and for a configuration or baseline that cannot be used.
    """
    try:
        project = Project() if config.getoption("instanceview_no_config") else _project(config)
        return Validator(
            project=project,
            default_api_version=config.getini("instanceview_api_version") or None,
            **_choices(config, project),
        )
    except (UnknownNameError, ProjectError) as error:
        raise pytest.UsageError(f"instanceview: {error}") from None


def _project(config: pytest.Config) -> Project:
    paths = [target.path for target in targets(config)] or sorted(arguments(config))
    return project_at(config.invocation_params.dir, paths)


def _choices(config: pytest.Config, project: Project) -> Choices:
    values = project.configuration.values
    ignore = [*config.getini("instanceview_ignore"), *config.getoption("instanceview_ignore")]
    fail_on = config.getoption("instanceview_fail_on") or config.getini("instanceview_fail_on")
    return {
        "api_version": config.getoption("instanceview_api_version"),
        "select": values.get("select"),
        "extend_select": values.get("extend-select"),
        "ignore": ignore or values.get("ignore", ()),
        "severity": values.get("severity", {}),
        "fail_on": fail_on or values.get("fail-on", "error"),
        "limits": limits_of({name: str(values[key]) for name in NAMES if (key := option(name).lstrip("-")) in values}),
    }
