"""What pyproject.toml cannot say about the build: data from the root goes into the package."""

from pathlib import Path

from setuptools import find_packages, setup

ROOT = Path(__file__).resolve().parent
DATA = {f"assessor._data.{name}": name for name in ("rubrics", "samples") if (ROOT / name).is_dir()}

setup(
    packages=[*find_packages(include=["assessor", "assessor.*"]), *DATA],
    package_dir=DATA,
    package_data={
        "assessor": ["locale/*.toml", "fonts/*", "reference/*", "py.typed"],
        "assessor.ui": ["theme/style/*.qss", "icons/*.svg"],
        **{package: ["*", "*/*"] for package in DATA},
    },
)
