"""Packages of the build. pyproject.toml holds the rest; it cannot both find packages and map a folder to one."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["appraise", "appraise.*"]), "appraise.templates"],
    package_dir={"appraise.templates": "templates"},
)
