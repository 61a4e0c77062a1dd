"""Starts llama.cpp's own server on loopback with the tiny model. Needs the extra `record`."""

import tempfile
from pathlib import Path

import tiny_model
import xllamacpp

KEY = "a-key-of-no-worth"


def start() -> xllamacpp.Server:
    """A server that answers the same prompt alike each time; it lives as long as the value does."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tiny.gguf"
        tiny_model.write(file)
        settings = xllamacpp.CommonParams()
        settings.model.path = str(file)
        settings.model_alias = {"tiny"}
        settings.hostnames = ["127.0.0.1"]
        settings.port = 0
        settings.api_keys = [KEY]
        settings.n_ctx = tiny_model.CONTEXT
        settings.n_parallel = 1
        settings.warmup = False
        settings.verbosity = -1
        settings.sampling.temp = 0
        return xllamacpp.Server(settings)
