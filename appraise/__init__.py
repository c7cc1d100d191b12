"""Appraise: a public body's delivery decision, appraised offline. Imports nothing."""

__version__ = "0.1.0"
