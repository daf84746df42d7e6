"""The settings of a run: where they come from, what is wrong in them, and what a bureau has locked."""

import re
from pathlib import Path

import pytest

from checker.gate.config_file import read_config
from checker.gate.keys import KEYS, LOCK_KEYS
from checker.gate.policy import FailOn
from checker.gate.settings import WrongSetting, settle
from checker.yaml_source import SourceError
from tests.conftest import ROOT


def project(folder, text, name="gouji.toml"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def settled(*paths, flags=None, environment=None, config=None):
    return settle(list(paths), flags or {}, environment or {}, config)


def test_nothing_set_is_the_default(tmp_path):
    found = settled(tmp_path)
    assert (found["fail-on"], found["min-coverage"], found["new-only"]) == (FailOn.ERROR, 100, False)
    assert found.values["fail-on"].origin == ""


def test_an_option_comes_before_the_environment_before_the_file(tmp_path):
    project(tmp_path, 'fail-on = "notice"\nmin-coverage = 80\njobs = 2\n')
    found = settled(
        tmp_path,
        flags={"fail-on": FailOn.WARNING},
        environment={"GOUJI_FAIL_ON": "never", "GOUJI_MIN_COVERAGE": "90"},
    )
    assert (found["fail-on"], found["min-coverage"], found["jobs"]) == (FailOn.WARNING, 90, 2)
    origins = [found.values[key].origin for key in ("fail-on", "min-coverage", "jobs")]
    assert origins == ["--fail-on", "$GOUJI_MIN_COVERAGE", f"{tmp_path / 'gouji.toml'}:3"]


def test_it_is_found_upwards_as_far_as_the_repository(tmp_path):
    project(tmp_path, "jobs = 2\n")
    deep = tmp_path / "repo" / "2026"
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("", encoding="utf-8")
    assert settled(deep / "a.txt")["jobs"] == 2
    (tmp_path / "repo" / ".git").mkdir()
    assert settled(deep / "a.txt")["jobs"] == 0
    project(tmp_path / "repo", "jobs = 3\n")
    assert settled(deep / "a.txt")["jobs"] == 3


def test_a_file_named_takes_the_place_of_the_one_found(tmp_path):
    project(tmp_path, "jobs = 2\n")
    other = project(tmp_path / "other", "jobs = 5\n", "mine.toml") / "mine.toml"
    assert settled(tmp_path, config=other)["jobs"] == 5
    assert settled(tmp_path, environment={"GOUJI_CONFIG": str(other)})["jobs"] == 5


def test_paths_are_relative_to_the_file_that_names_them(tmp_path):
    output = 'output = ["console", "json=out/a.json", "csv=-"]'
    project(tmp_path, f'rules = ["rules"]\nbaseline = "known.json"\nprevious = "old.json"\n{output}\n')
    found = settled(tmp_path)
    assert found.texts("rules") == [str(tmp_path / "rules")]
    assert found.path("baseline") == tmp_path / "known.json"
    assert found.path("previous") == tmp_path / "old.json"
    assert found.texts("output") == ["console", f"json={tmp_path / 'out' / 'a.json'}", "csv=-"]


def test_baseline_and_waivers_are_used_where_they_lie_beside_it(tmp_path):
    project(tmp_path, "jobs = 1\n")
    for name in ("gouji-baseline.json", "gouji-waivers.yaml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    found = settled(tmp_path)
    assert found.path("baseline") == tmp_path / "gouji-baseline.json"
    assert found.path("waivers") == tmp_path / "gouji-waivers.yaml"
    none = settled(tmp_path, flags={"baseline": "none"}, environment={"GOUJI_WAIVERS": "none"})
    assert (none.path("baseline"), none.path("waivers")) == (None, None)


def test_limits_are_a_section(tmp_path):
    project(tmp_path, "[limits]\npages = 5\ncells = 100\n")
    assert settled(tmp_path).texts("limits") == ["pages=5", "cells=100"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('\nfail_on = "error"\n', 2, "未知的键“fail_on”，是否为“fail-on”"),
        ('fail-on = "eror"\n', 1, "是否为“error”"),
        ('jobs = 1\nmin-coverage = "90"\n', 2, "0 到 100 的整数"),
        ("min-coverage = 101\n", 1, "0 到 100 的整数"),
        ("min-coverage = true\n", 1, "整数"),
        ("new-only = 1\n", 1, "true 或 false"),
        ('rules = "rules"\n', 1, "列表"),
        ("layout = 3\n", 1, "文字"),
        ('lang = "fr"\n', 1, "zh、en"),
        ("[limits]\npages = 0\n", 1, "不是正整数"),
        ('[lock]\nfail-on = "warning"\nmin-coverge = 90\n', 3, "是否为“min-coverage”"),
        ("[lock]\nwaivers = 1\n", 2, "true 或 false"),
        ("lock = 1\n", 1, "[lock]"),
        ("jobs = 1\njobs = 2\n", 2, "TOML"),
        ("jobs = \n", 1, "TOML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, text, line, words):
    project(tmp_path, text)
    with pytest.raises(SourceError) as raised:
        settled(tmp_path)
    assert [(each.path, each.line) for each in raised.value.complaints] == [(str(tmp_path / "gouji.toml"), line)]
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("name", "text"),
    [("GOUJI_FAIL_ON", "eror"), ("GOUJI_MIN_COVERAGE", "-1"), ("GOUJI_NEW_ONLY", "yes"), ("GOUJI_FAIL_NO", "error")],
)
def test_a_variable_that_cannot_be_is_refused(tmp_path, name, text):
    with pytest.raises(WrongSetting, match=name):
        settled(tmp_path, environment={name: text})


def test_a_variable_of_others_is_left_alone(tmp_path):
    assert settled(tmp_path, environment={"GOUJI_CACHE": "off", "GOUJI_CACHE_SIZE": "1"})["jobs"] == 0


LOCK = """[lock]
fail-on = "warning"
min-coverage = 95
new-only = false
baseline = false
waivers = false
waiver-days = 90
"""


@pytest.fixture
def bureau(tmp_path):
    """A project in a repository below a folder that locks."""
    project(tmp_path, LOCK)
    (tmp_path / "county" / ".git").mkdir(parents=True)
    return project(tmp_path / "county", "")


def test_a_lock_tightens_what_nobody_has_set(bureau):
    found = settled(bureau)
    assert (found["fail-on"], found["waiver-days"]) == (FailOn.WARNING, 90)
    assert found.values["fail-on"].origin == f"{bureau.parent / 'gouji.toml'}:2"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("fail-on", FailOn.ERROR),
        ("fail-on", FailOn.NEVER),
        ("min-coverage", 94),
        ("new-only", True),
        ("baseline", "b.json"),
        ("waivers", "w.yaml"),
        ("waiver-days", 91),
    ],
)
def test_what_loosens_a_lock_is_refused_wherever_it_stands(bureau, key, value):
    text = str(value).lower() if isinstance(value, bool | int) else f'"{value}"'
    variable = {f"GOUJI_{key.upper().replace('-', '_')}": text.strip('"')}
    where = str(bureau.parent / "gouji.toml")
    with pytest.raises(WrongSetting, match=where):
        settled(bureau, flags={key: value})
    with pytest.raises(WrongSetting, match=where):
        settled(bureau, environment=variable)
    project(bureau, f"{key} = {text}\n")
    with pytest.raises(WrongSetting, match=where):
        settled(bureau)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("fail-on", FailOn.NOTICE),
        ("fail-on", FailOn.WARNING),
        ("min-coverage", 100),
        ("new-only", False),
        ("baseline", "none"),
        ("waiver-days", 30),
    ],
)
def test_what_tightens_a_lock_holds(bureau, key, value):
    assert settled(bureau, flags={key: value})[key] == value


def test_what_is_locked_is_not_used_where_it_lies(bureau):
    (bureau / "gouji-baseline.json").write_text("", encoding="utf-8")
    assert settled(bureau).path("baseline") is None


def test_another_file_does_not_unlock(bureau, tmp_path):
    mine = project(tmp_path / "elsewhere", 'fail-on = "never"\n') / "gouji.toml"
    with pytest.raises(WrongSetting):
        settled(bureau, config=mine)


def test_the_lock_of_any_path_holds_for_all(bureau, tmp_path):
    free = tmp_path.parent / f"{tmp_path.name}-free"
    free.mkdir()
    with pytest.raises(WrongSetting):
        settled(free, bureau, flags={"fail-on": FailOn.NEVER})


def test_an_inner_lock_only_adds(bureau):
    project(bureau, '[lock]\nfail-on = "never"\nmin-coverage = 99\n')
    found = settled(bureau)
    assert (found["fail-on"], found.lock.values["fail-on"]) == (FailOn.WARNING, FailOn.WARNING)
    assert found.lock.values["min-coverage"] == 99


def test_locked_packs_come_with_their_folder(tmp_path):
    project(tmp_path, 'rules = ["our-rules"]\n[lock]\npacks = ["本局规则"]\n')
    below = project(tmp_path / "county", 'rules = ["more"]\n')
    found = settled(below)
    assert found.texts("rules") == [str(tmp_path / "our-rules"), str(below / "more")]
    assert found.lock.unmet("sha256:1", ["本局规则"]) == []
    assert "本局规则" in found.lock.unmet("sha256:1", ["别的"])[0]


def test_locked_rules_are_those_in_force(tmp_path):
    project(tmp_path, '[lock]\nrules = "sha256:1"\n')
    lock = settled(tmp_path).lock
    assert lock.unmet("sha256:1", []) == []
    assert "sha256:2" in lock.unmet("sha256:2", [])[0]


def test_a_file_in_the_folder_of_the_run_is_told_from_there(tmp_path, monkeypatch):
    project(tmp_path, 'output = ["json=a.json"]\n')
    monkeypatch.chdir(tmp_path)
    found = settled(Path())
    assert found.texts("output") == ["json=a.json"]
    assert found.values["output"].origin == "gouji.toml:1"


def test_a_lock_above_the_file_named_holds_too(bureau, tmp_path):
    elsewhere = tmp_path.parent / f"{tmp_path.name}-else"
    elsewhere.mkdir()
    assert settled(elsewhere)["fail-on"] is FailOn.ERROR
    assert settled(elsewhere, config=bureau / "gouji.toml")["fail-on"] is FailOn.WARNING


def test_the_documentation_names_every_key_and_its_examples_hold(tmp_path):
    text = (ROOT / "docs" / "gate.md").read_text(encoding="utf-8")
    examples = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    settings, lock = (read_config(project(tmp_path / str(n), each) / "gouji.toml") for n, each in enumerate(examples))
    assert set(settings.settings) == set(KEYS)
    assert set(lock.lock) == set(LOCK_KEYS)
