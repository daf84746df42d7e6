"""A newcomer puts ten filings under the gate: adopt, break, waive, change, mend, expire, lock."""

import contextlib
import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from tests import test_cli
from tests.conftest import SAMPLES

OLD_ERRORS = ("transposed-digits", "basic-total")
"""What two of the ten filings have wrong when the gate is put up."""
FILER = "临溪县水旱灾害防御中心"
RIGHT, WRONG, WRONG_AGAIN = "148.09", "148.90", "184.09"
"""A figure of the tables as it should be, and as it is broken."""
REASON = "批复时按旧科目列支，县人大已同意本年不调整"


@pytest.fixture(scope="module")
def adopted(tmp_path_factory):
    """A repository of ten filings, two of them with errors, under a gate with a baseline."""
    folder = tmp_path_factory.mktemp("repository")
    clean = (SAMPLES / "clean" / "unit.txt").read_text(encoding="utf-8")
    for number in range(8):
        text = clean.replace(FILER, f"临溪县{'甲乙丙丁戊己庚辛'[number]}中心")
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    for name, other in zip(OLD_ERRORS, "壬癸", strict=True):
        text = (SAMPLES / "defects" / name / "unit.txt").read_text(encoding="utf-8")
        (folder / f"{name}.txt").write_text(text.replace(FILER, f"临溪县{other}中心"), encoding="utf-8")
    (folder / "gouji.toml").write_text('output = ["json=out/audit.json"]\njobs = 1\n', encoding="utf-8")
    assert audit(folder).returncode == 1
    done = gouji("baseline", "create", ".", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def repository(adopted, tmp_path):
    """The adopted repository, to be changed by one test; six of the clean filings are left out to be quick."""
    return shutil.copytree(adopted, tmp_path / "r", ignore=shutil.ignore_patterns("[2-7].txt"))


@pytest.fixture
def whole_repository(adopted, tmp_path):
    """The adopted repository with all ten filings."""
    return shutil.copytree(adopted, tmp_path / "r")


def gouji(*arguments, cwd, **environment):
    """Run a command in this process, where the rules are loaded already."""
    from typer.testing import CliRunner

    from checker.cli.app import app

    with contextlib.chdir(cwd):
        done = CliRunner().invoke(app, list(map(str, arguments)), env=environment, catch_exceptions=False)
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def audit(folder, *options, **environment):
    return gouji("audit", ".", *options, cwd=folder, **environment)


def last(done):
    return done.stderr.splitlines()[-1]


def findings(folder, **wanted):
    told = json.loads((folder / "out" / "audit.json").read_text(encoding="utf-8"))
    return [
        finding
        for filing in told["filings"]
        for finding in filing["findings"]
        if all(finding[key] == value for key, value in wanted.items())
    ]


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def waive(folder, reason=REASON):
    ids = [finding["id"] for finding in findings(folder, severity="error", baselined=False)]
    who = ["--approver", "预算科李四", "--expires", day(+30)]
    return gouji("waivers", "add", *ids, "--reason", reason, *who, cwd=folder)


def day(ahead):
    """A day so many days from now, as audits are dated."""
    return (datetime.now(UTC) + timedelta(days=ahead)).date().isoformat()


def test_adopted_with_a_baseline_it_passes_and_still_shows_everything(whole_repository):
    repository = whole_repository
    done = audit(repository)
    assert done.returncode == 0, done.stderr
    known = findings(repository, severity="error")
    assert known and all(finding["baselined"] for finding in known)
    assert f"基线内 {len(known)} 条" in last(done)


def test_a_broken_figure_fails_and_the_last_line_says_why(whole_repository):
    repository = whole_repository
    change(repository / "0.txt", RIGHT, WRONG)
    done = test_cli.gouji("audit", ".", cwd=repository)  # as a process of its own, once
    assert done.returncode == 1
    new = findings(repository, severity="error", baselined=False)
    assert f"有 {len(new)} 条达到或超过 --fail-on 的问题（错误 {len(new)}）" in last(done)
    assert "基线内" in last(done)


def test_a_waiver_lets_it_pass_until_the_figure_changes_and_is_idle_when_it_is_mended(repository):
    change(repository / "0.txt", RIGHT, WRONG)
    audit(repository)
    assert "没有说明理由" in waive(repository, reason="误报").stderr
    assert not (repository / "gouji-waivers.yaml").exists()
    assert waive(repository).returncode == 0
    assert "已有同样的豁免" in waive(repository).stderr

    passed = audit(repository)
    assert passed.returncode == 0, passed.stderr
    assert "豁免" in last(passed)
    assert all(finding["waived"]["approver"] == "预算科李四" for finding in findings(repository, baselined=False))

    change(repository / "0.txt", WRONG, WRONG_AGAIN)
    lapsed = audit(repository)
    assert lapsed.returncode == 1
    assert "豁免已失效" in lapsed.stderr
    assert gouji("waivers", "check", "out/audit.json", cwd=repository).returncode == 1

    change(repository / "0.txt", WRONG_AGAIN, RIGHT)
    mended = audit(repository)
    assert mended.returncode == 0
    assert "豁免已无用" in mended.stderr
    checked = gouji("waivers", "check", "out/audit.json", cwd=repository)
    assert (checked.returncode, "无用" in checked.stdout) == (1, True)
    assert gouji("waivers", "check", cwd=repository).returncode == 0


def test_an_expired_waiver_waives_nothing(repository):
    change(repository / "0.txt", RIGHT, WRONG)
    audit(repository)
    waive(repository)
    file = repository / "gouji-waivers.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace(f"approved_on: {day(0)}", f"approved_on: {day(-60)}")
    file.write_text(text.replace(f"expires: {day(+30)}", f"expires: {day(-1)}"), encoding="utf-8")
    done = audit(repository)
    assert done.returncode == 1
    assert "豁免已到期" in done.stderr
    checked = gouji("waivers", "check", cwd=repository)
    assert (checked.returncode, "到期" in checked.stdout) == (1, True)


def test_waivers_that_are_not_well_formed_stop_the_run(repository):
    (repository / "gouji-waivers.yaml").write_text("- rule: X\n  raeson: 无\n", encoding="utf-8")
    done = audit(repository)
    assert done.returncode == 2
    assert "gouji-waivers.yaml:2:3: 未知的键“raeson”，是否为“reason”" in done.stderr


def test_a_mended_error_of_old_is_told_and_pruned(repository):
    path = repository / f"{OLD_ERRORS[0]}.txt"
    entries = len(json.loads((repository / "gouji-baseline.json").read_bytes())["entries"])
    right = (SAMPLES / "clean" / "unit.txt").read_text(encoding="utf-8")
    path.write_text(right.replace(FILER, "临溪县壬中心"), encoding="utf-8")
    done = audit(repository)
    assert (done.returncode, "已经消除" in done.stderr) == (0, True)

    elsewhere = gouji("baseline", "prune", "0.txt", cwd=repository)
    assert "没有变化" in elsewhere.stderr
    pruned = gouji("baseline", "prune", ".", cwd=repository)
    assert pruned.returncode == 0
    left = json.loads((repository / "gouji-baseline.json").read_bytes())["entries"]
    assert 0 < len(left) < entries
    assert "已经消除" not in audit(repository).stderr


def test_update_does_not_take_in_what_is_new_unless_told(repository):
    change(repository / "0.txt", RIGHT, WRONG)
    done = gouji("baseline", "update", ".", cwd=repository)
    assert (done.returncode, "没有加进去" in done.stderr) == (0, True)
    assert audit(repository).returncode == 1
    assert gouji("baseline", "update", ".", "--grow", cwd=repository).returncode == 0
    assert audit(repository).returncode == 0


def test_a_baseline_is_neither_overwritten_nor_emptied_by_mistake(repository):
    before = (repository / "gouji-baseline.json").read_bytes()
    assert gouji("baseline", "create", ".", cwd=repository).returncode == 2
    (repository / "empty").mkdir()
    assert gouji("baseline", "prune", "empty", cwd=repository).returncode == 3
    assert gouji("baseline", "update", "nowhere", cwd=repository).returncode == 2
    assert (repository / "gouji-baseline.json").read_bytes() == before
    saved = gouji("baseline", "create", "out/audit.json", "--force", cwd=repository)
    assert saved.returncode == 0
    assert (repository / "gouji-baseline.json").read_bytes() == before


def test_only_what_is_new_since_the_last_audit_fails_if_so_asked(repository):
    shutil.copy(repository / "out" / "audit.json", repository / "before.json")
    options = ["--baseline", "none", "--previous", "before.json"]
    assert audit(repository, *options).returncode == 1
    done = audit(repository, *options, "--new-only")
    assert (done.returncode, "上次已有" in last(done)) == (0, True)
    change(repository / "0.txt", RIGHT, WRONG)
    assert audit(repository, *options, "--new-only").returncode == 1
    assert {finding["state"] for finding in findings(repository)} == {"new", "remaining"}


def test_a_lock_above_is_not_loosened(repository):
    (repository.parent / "gouji.toml").write_text('[lock]\nfail-on = "error"\nbaseline = false\n', encoding="utf-8")
    for options in (["--fail-on", "never"], ["--baseline", "gouji-baseline.json"]):
        done = audit(repository, *options)
        assert done.returncode == 2
        assert str(repository.parent / "gouji.toml") in done.stderr
    assert audit(repository, GOUJI_FAIL_ON="never").returncode == 2
    assert audit(repository).returncode == 1
    assert gouji("baseline", "update", ".", cwd=repository).returncode == 2


def test_locked_rules_may_be_added_to_and_not_changed(repository, tmp_path):
    (repository.parent / "gouji.toml").write_text('[lock]\npacks = ["报表齐全"]\n', encoding="utf-8")
    forms = tmp_path / "mine" / "forms" / "budget.yaml"
    forms.parent.mkdir(parents=True)
    shutil.copy(SAMPLES.parent / "rules" / "forms" / "budget.yaml", forms)
    assert audit(repository, "--rules", tmp_path / "mine").returncode == 0
    other = shutil.copytree(tmp_path / "mine", tmp_path / "other")
    change(other / "forms" / "budget.yaml", "- form: 收入总表\n    unit: 万元", "- form: 收入总表\n    unit: 元")
    done = audit(repository, "--rules", other)
    assert (done.returncode, "锁定的规则包" in done.stderr) == (2, True)


def test_what_holds_is_shown_with_where_it_comes_from(repository):
    done = gouji("config", "show", ".", cwd=repository, GOUJI_MIN_COVERAGE="90")
    assert done.returncode == 0
    assert "min-coverage = 90  # $GOUJI_MIN_COVERAGE" in done.stdout
    assert "jobs = 1  # gouji.toml:2" in done.stdout
    assert 'baseline = "gouji-baseline.json"' in done.stdout


def test_marks_of_a_reviewer_become_waivers(repository):
    change(repository / "0.txt", RIGHT, WRONG)
    audit(repository)
    new = findings(repository, severity="error", baselined=False)
    marks = [
        {"id": finding["id"], "values": finding["values"], "mark": "explained", "note": REASON, "at": "2026-01-01"}
        for finding in new
    ]
    (repository / "marks.json").write_text(json.dumps({"schema": "gouji/marks/1", "marks": marks}), encoding="utf-8")
    who = ["--approver", "预算科李四", "--expires", day(+30), "--from", "out/audit.json"]
    done = gouji("waivers", "add", "--marks", "marks.json", *who, cwd=repository)
    assert done.returncode == 0, done.stderr
    assert audit(repository).returncode == 0


def test_the_terminal_tells_what_is_new_known_and_waived(repository):
    shutil.copy(repository / "out" / "audit.json", repository / "before.json")
    change(repository / "0.txt", RIGHT, WRONG)
    told = audit(repository, "-o", "console", "--previous", "before.json").stdout
    new = sum(finding["state"] == "new" for finding in _json(repository, "--previous", "before.json"))
    assert f"新增 {new}" in told
    assert "基线内" in told
    waive(repository)
    assert f"已豁免 {new}" in audit(repository, "-o", "console").stdout


def _json(folder, *options):
    audit(folder, *options)
    return findings(folder)
