"""docs/reference/commands.md against the commands themselves."""

import re
from argparse import ArgumentParser
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from factcheck.embedded import up
from tests.docs.pages import ROOT, codes, markdown, reference, sections

PAGE = sections(reference("commands.md"))
LAUNCHER = {"up", "test"}


def ours() -> dict[str, str]:
    """Return the commands of our own apps and the app of each."""
    own = {config.name for config in apps.get_app_configs() if _ours(config.path)}
    return {name: app for name, app in get_commands().items() if app in own}


def _ours(path: str) -> bool:
    return {ROOT, ROOT / "factcheck"} & {Path(path).parent, Path(path).parent.parent} != set()


def test_every_command_has_a_section() -> None:
    assert set(PAGE) == set(ours()) | LAUNCHER


@pytest.mark.parametrize("name", sorted(ours()))
def test_the_options_of_a_command(name: str) -> None:
    parser = load_command_class(ours()[name], name).create_parser("manage.py", name)
    assert listed(name) == options(parser) - options(BaseCommand().create_parser("x", "y"))


def test_the_options_of_up(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        up.parse(["--help"])
    assert listed("up") == set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}


def test_every_command_that_a_page_names_exists() -> None:
    named = {
        found
        for path in markdown()
        for found in re.findall(r"manage\.py ([a-z_]+)", path.read_text(encoding="utf-8"))
    }
    assert named <= set(get_commands()) | LAUNCHER


def listed(name: str) -> set[str]:
    return {code for code in codes(PAGE[name]) if code.startswith("--")}


def options(parser: ArgumentParser) -> set[str]:
    found = {option for action in parser._actions for option in action.option_strings}
    return {option for option in found if option.startswith("--")}
