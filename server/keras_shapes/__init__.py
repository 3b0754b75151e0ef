"""Shapes of Keras `Sequential` models while they are being written."""

__version__ = "0.1.0"
