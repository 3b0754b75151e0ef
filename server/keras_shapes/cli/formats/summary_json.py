"""What `summary` prints for programs: its models as `check` writes them, with their costs where these are asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence

from keras_shapes.analysis import Analysis, ModelAnalysis
from keras_shapes.api.describing import describe
from keras_shapes.api.plain import Json, to_plain
from keras_shapes.features.costs.model_costs import costs_of

VERSION = 1


def summary_json(filename: str, analysis: Analysis, models: Sequence[ModelAnalysis], *, costs: bool) -> str:
    """One JSON object, with a line break at its end."""
    results = zip(analysis.models, describe(filename, analysis).models, strict=True)
    told = [_model(model, to_plain(result), costs=costs) for model, result in results if model in models]
    return json.dumps({"version": VERSION, "filename": filename, "models": told}) + "\n"


def _model(model: ModelAnalysis, plain: Json, *, costs: bool) -> Json:
    return {**plain, "costs": to_plain(costs_of(model))} if costs else plain
