"""The data files are found in a wheel, in a checkout, and under `--rules`."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES

SITE = "import sysconfig; print(sysconfig.get_path('purelib'))"
"""The libraries are those of this environment; only the wheel is installed into the new one."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("gouji-*.whl"))


def test_a_wheel_holds_rules_and_templates(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for part in ("rules/forms/budget.yaml", "rules/layouts/shanxi.yaml", "rules/packs/budget/overview.yaml"):
        assert f"checker/data/{part}" in names
    assert "checker/data/cases/budget/overview.yaml" in names
    assert "checker/data/reports/messages/zh.json" in names
    assert "checker/py.typed" in names
    assert not any(name.startswith(("tests/", "sample_filings/")) for name in names)


def test_an_installed_wheel_audits(wheel, tmp_path):
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    install = [scripts / "python", "-m", "pip", "install", "--quiet", "--no-deps", wheel]
    subprocess.run(install, check=True, capture_output=True)
    site = subprocess.run([scripts / "python", "-c", SITE], capture_output=True, text=True, check=True).stdout.strip()
    Path(site, "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [scripts / "gouji", "audit", SAMPLES / "clean" / "unit.txt"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "gouji-audit.html").stat().st_size > 10_000
    where = subprocess.run(
        [scripts / "python", "-c", "from checker.resources import rules_folder; print(rules_folder())"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(home) in where.stdout
