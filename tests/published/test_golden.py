"""The same version and the same file print the same figures on every supported machine (DESIGN: engine rules).

`make numpy-versions` runs the same comparison with other versions of numpy.
"""

import os
import platform
import subprocess
import sys

import pytest

from tests.published.golden.figures import differences, documents, stored


def without_cpu_features() -> str:
    """Every feature that this numpy has other code for: it then runs what the oldest machine would."""
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    return " ".join(name for name in __cpu_dispatch__ if __cpu_features__.get(name))


MACHINES = {
    "numpy without newer instructions": {"NPY_DISABLE_CPU_FEATURES": without_cpu_features()},
    "mathematics of the system without newer instructions": {
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F,-AVX512VL,-AVX512BW,-AVX512DQ"
    },
    "BLAS of Haswell": {"OPENBLAS_CORETYPE": "Haswell"},
    "BLAS of Prescott": {"OPENBLAS_CORETYPE": "Prescott"},
}


@pytest.mark.parametrize("name", list(documents()))
def test_golden_figures(name: str) -> None:
    assert differences(name) == []


def test_the_comparison_sees_a_figure_that_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    now, path = stored("workload"), "options.option-0.risk.npc.p80"
    moved = now | {path: repr(float(now[path]) + 1e-6)}
    monkeypatch.setattr("tests.published.golden.figures.computed", lambda _: moved)
    (found,) = differences("workload")
    assert found.startswith(f"workload: {path} is {moved[path]}, was ")


@pytest.mark.skipif(platform.machine() != "x86_64", reason="names of the features of other processors are different")
@pytest.mark.parametrize("machine", list(MACHINES))
def test_golden_figures_on_another_machine(machine: str) -> None:
    """In a process of its own that is told to use no newer instructions, or another processor's linear algebra."""
    if not all(MACHINES[machine].values()):
        pytest.skip("this processor has no newer instructions to switch off")
    done = subprocess.run(
        [sys.executable, "-m", "tests.published.golden.figures", "check"],
        env=os.environ | MACHINES[machine],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("0 of ")
