"""The recipes are run: by pre-commit itself, by the shell that a runner would use, in a repository of filings."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import junitparser
import pytest
import yaml

from tests.conftest import ROOT, SAMPLES

RECIPES = ROOT / "docs" / "recipes"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
TOOLS = Path(sys.executable).parent
WRONG = SAMPLES / "defects" / "total-in-child" / "department.txt"
RIGHT = SAMPLES / "clean" / "department.txt"


@pytest.fixture
def repository(tmp_path):
    """A repository of two filings, one of them wrong, and `gouji` as it is installed on the path."""
    folder = tmp_path / "repository"
    (folder / "filings").mkdir(parents=True)
    shutil.copy(WRONG, folder / "filings" / "水利局 2026.txt")
    shutil.copy(SAMPLES / "clean" / "unit.txt", folder / "filings" / "unit.txt")
    commands = tmp_path / "bin"
    commands.mkdir()
    command = commands / "gouji"
    command.write_text(
        f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec '{sys.executable}' -c 'from checker.cli import main; main()' \"$@\"\n",
        encoding="utf-8",
    )
    command.chmod(0o755)
    run(["git", "init", "--quiet"], folder)
    run(["git", "add", "--all"], folder)
    return folder


def environment(folder, **more):
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI", "GIT_"))}
    path = f"{folder.parent / 'bin'}:{TOOLS}:{os.environ['PATH']}"
    return {**inherited, "PATH": path, "PYTHONIOENCODING": "utf-8", **more}


def run(command, folder, **more):
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(("recipe", "schema"), [("github.yml", "github-workflows"), ("gitlab.yml", "gitlab-ci")])
def test_the_forges_know_every_key(recipe, schema):
    done = run([TOOLS / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", RECIPES / recipe], ROOT)
    assert done.returncode == 0, done.stdout


def test_pre_commit_takes_the_hooks_and_the_example():
    assert run([TOOLS / "pre-commit", "validate-manifest", HOOKS], ROOT).returncode == 0
    example = RECIPES / "pre-commit-config.yaml"
    assert run([TOOLS / "pre-commit", "validate-config", example], ROOT).returncode == 0
    used = {
        hook["id"] for repo in yaml.safe_load(example.read_text(encoding="utf-8"))["repos"] for hook in repo["hooks"]
    }
    assert used < {hook["id"] for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("hook", ["gouji-audit", "gouji-audit-folder"])
def test_a_commit_is_stopped_by_a_filing_that_does_not_agree(hook, repository, tmp_path):
    """As published, but that the command is the one on the path: pre-commit would install the project first."""
    (published,) = (each for each in yaml.safe_load(HOOKS.read_text(encoding="utf-8")) if each["id"] == hook)
    assert published["language"] == "python"
    config = {"repos": [{"repo": "local", "hooks": [{**published, "language": "system", "files": "^filings/"}]}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    command = [TOOLS / "pre-commit", "run", hook, "--files"]
    home = {"PRE_COMMIT_HOME": str(tmp_path / "home")}
    stopped = run([*command, "filings/水利局 2026.txt"], repository, **home)
    assert stopped.returncode == 1, stopped.stdout
    assert "错误 BAL-203" in stopped.stdout
    shutil.copy(RIGHT, repository / "filings" / "水利局 2026.txt")
    run(["git", "add", "--all"], repository)
    let_through = run([*command, "filings/水利局 2026.txt"], repository, **home)
    assert let_through.returncode == 0, let_through.stdout
    assert not (repository / "gouji-audit.json").exists()
    untouched = run([*command, ".pre-commit-config.yaml"], repository, **home)
    assert "Skipped" in untouched.stdout


def test_the_github_workflow(repository, tmp_path):
    workflow = yaml.safe_load((RECIPES / "github.yml").read_text(encoding="utf-8"))
    steps = {step.get("name", step.get("uses")): step for step in workflow["jobs"]["gouji"]["steps"]}
    summary = tmp_path / "summary.md"
    summary.write_text("已有的内容\n", encoding="utf-8")
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", steps["核验"]["run"]]
    done = run(shell, repository, **workflow["env"], GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 1, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 4
    assert all(re.match(r"::error file=filings/水利局 2026\.txt,line=\d+,title=", line) for line in lines)
    told = summary.read_text(encoding="utf-8")
    assert told.startswith("已有的内容\n# ")
    assert "BAL-203" in told
    uploaded = steps["保存报告"]["with"]["path"]
    sarif = steps["上传 SARIF"]["with"]["sarif_file"]
    assert sarif.startswith(uploaded)
    results = json.loads((repository / sarif).read_bytes())["runs"][0]["results"]
    assert [each["level"] for each in results] == ["error"] * 4
    assert {file.name for file in (repository / uploaded).iterdir() if file.is_file()} == {
        "gouji.sarif", "gouji.xml", "gouji-audit.json", "gouji.html",
    }  # fmt: skip
    shutil.copy(RIGHT, repository / "filings" / "水利局 2026.txt")
    passed = run(shell, repository, **workflow["env"])
    assert (passed.returncode, passed.stdout) == (0, ""), passed.stderr


def test_the_gitlab_job(repository):
    job = yaml.safe_load((RECIPES / "gitlab.yml").read_text(encoding="utf-8"))["gouji"]
    variables = {name: value.replace("$CI_PROJECT_DIR", str(repository)) for name, value in job["variables"].items()}
    (script,) = job["script"]
    done = run(["bash", "-eo", "pipefail", "-c", script], repository, **variables)
    assert done.returncode == 1, done.stderr
    reports = job["artifacts"]["reports"]
    issues = json.loads((repository / reports["codequality"]).read_bytes())
    assert {issue["location"]["path"] for issue in issues} == {"filings/水利局 2026.txt"}
    assert junitparser.JUnitXml.fromfile(str(repository / reports["junit"])).failures == 4
    assert all(Path(report).parent.name == job["artifacts"]["paths"][0].rstrip("/") for report in reports.values())
    # GitLab shows a report of this name in the merge request only if it is spelt so.
    assert re.fullmatch(r"[A-Za-z0-9_][-A-Za-z0-9_ ]*", job["artifacts"]["expose_as"])


def test_the_batch_file_is_safe_for_any_code_page():
    attributes = run(["git", "check-attr", "text", "eol", "--", "docs/recipes/audit.bat"], ROOT)
    if attributes.returncode == 0:
        assert "eol: crlf" in attributes.stdout
    lines = (RECIPES / "audit.bat").read_bytes().splitlines()
    assert all(line.isascii() for line in lines)
    labels = {line[1:] for line in lines if line.startswith(b":")}
    assert {line.rsplit(b"goto ")[1] for line in lines if b"goto " in line} == labels


def test_every_option_of_the_batch_file_is_one_of_the_command(repository):
    (line,) = (
        line
        for line in (RECIPES / "audit.bat").read_text(encoding="ascii").splitlines()
        if line.startswith("gouji audit")
    )
    arguments = line.replace("%ARGS%", ' "filings"').replace("%REPORT%", "a.html").replace("%LIST%", "a.csv")
    done = run(["bash", "-c", arguments], repository)
    assert done.returncode == 1, done.stderr
    assert (repository / "a.html").stat().st_size
    assert (repository / "a.csv").read_bytes().count(b"\r\n") == 5
