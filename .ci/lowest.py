"""Print the lowest release of each requirement of the package and of its extra `test`, as constraints for pip."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
extras = project["optional-dependencies"]
for requirement in [*project["dependencies"], *extras["test"], *extras["hypothesis"]]:
    lowest = re.match(r"([\w.-]+)>=([\w.]+)", requirement)
    if lowest:  # others are our own extras
        print(f"{lowest[1]}=={lowest[2]}")
