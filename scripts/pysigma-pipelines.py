"""Writes test/sigma/pipeline/expected.json: what pySigma makes of the cases in cases.yml.

    python3 -m venv venv && venv/bin/pip install pysigma==2.0.1
    venv/bin/python scripts/pysigma-pipelines.py

Shapes: a group is {"and": […]} or {"or": […]}, groups of one are left out; an item is [field, linking, values]; a value is
"text:" (backslash, * and ? escaped), "number:", "bool:", "null", "regex:", "field:" or "other".
"""

import json
import pathlib
import re

import yaml
from sigma.collection import SigmaCollection
from sigma.conditions import ConditionAND
from sigma.exceptions import SigmaError
from sigma.processing.pipeline import ProcessingPipeline
from sigma.rule import SigmaDetection
from sigma.types import (
    Placeholder,
    SigmaBool,
    SigmaFieldReference,
    SigmaNull,
    SigmaNumber,
    SigmaRegularExpression,
    SigmaString,
    SpecialChars,
)

FOLDER = pathlib.Path(__file__).parent.parent / "test/sigma/pipeline"
BASE = {
    "title": "case",
    "name": "base",
    "logsource": {"product": "windows", "category": "process_creation"},
}


def part_text(part):
    if part == SpecialChars.WILDCARD_MULTI:
        return "*"
    if part == SpecialChars.WILDCARD_SINGLE:
        return "?"
    if isinstance(part, Placeholder):
        return f"%{part.name}%"
    return "".join("\\" + c if c in "\\*?" else c for c in part)


def value_text(value):
    if isinstance(value, SigmaString):
        text = "".join(map(part_text, value.s))
        # Several wildcards in a row are one; a star after a backslash is none.
        return "text:" + re.sub(r"(?<!\\)\*{2,}", "*", text)
    if isinstance(value, SigmaBool):
        return f"bool:{str(value.boolean).lower()}"
    if isinstance(value, SigmaNumber):
        return f"number:{value.number:g}"
    if isinstance(value, SigmaNull):
        return "null"
    if isinstance(value, SigmaRegularExpression):
        flags = "".join(sorted(flag.name[0].lower() for flag in value.flags))
        return f"regex:{flags}:{value.regexp}"
    if isinstance(value, SigmaFieldReference):
        return f"field:{value.field}"
    return "other"


def node(detection):
    if not isinstance(detection, SigmaDetection):
        linking = "all" if detection.value_linking == ConditionAND else "any"
        if len(detection.value) < 2:
            linking = "any"
        return [detection.field, linking, [value_text(v) for v in detection.value]]
    parts = [p for p in map(node, detection.detection_items) if p is not None]
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0]
    return {"and" if detection.item_linking == ConditionAND else "or": parts}


def run(case):
    whole = case["pipeline"] if case.get("whole") else {"transformations": case["pipeline"]}
    pipeline = ProcessingPipeline.from_dict(whole)
    rule = {**BASE, **case.get("rule", {}), "detection": case.get("detection", {"s": {"A": 1}, "condition": "s"})}
    documents = [rule]
    if "correlation" in case:
        documents.append({"title": "case", "correlation": case["correlation"]})
    collection = SigmaCollection.from_dicts(documents)
    try:
        if "correlation" in case:
            changed = pipeline.apply(collection.rules[-1])
            return {
                "groupBy": changed.group_by,
                "aliases": changed.aliases.to_dict(),
                "fields": [f for f in [changed.condition.fieldref] if f],
            }
        changed = pipeline.apply(collection.rules[0])
    except (SigmaError, ValueError):
        return {"refused": True}
    source = changed.logsource
    return {
        "selections": {k: node(v) for k, v in changed.detection.detections.items()},
        "conditions": [c.condition for c in changed.detection.parsed_condition],
        "logsource": {k: v for k, v in [("product", source.product), ("category", source.category), ("service", source.service)] if v},
        "fields": changed.fields,
    }


cases = yaml.safe_load((FOLDER / "cases.yml").read_text())
expected = {case["name"]: run(case) for case in cases}
(FOLDER / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")
print(f"{len(expected)} cases")
