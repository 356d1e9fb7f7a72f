"""Counts what mitreattack-python answers, for test/parity/mitreattack-python.json.

    python3 -m venv venv && venv/bin/pip install mitreattack-python==6.3.1
    venv/bin/python scripts/count-mitreattack-python.py BUNDLE.json... > test/parity/mitreattack-python.json
    npx biome check --write test/parity

An answer is written as facts only: how many, and the first 12 hex digits of the SHA-256 of the STIX ids in it, so that
a test can tell the same answer from another one of the same size without holding it.
    list of objects or relationships   [how many, digest of the ids]
    map of related objects             [keys, pairs, relationships, digest of "key object relationships" lines]
    one text                           the text
A key without a related object is left out of a map, and so is the second of two entries that name the same object.
"""

import contextlib
import hashlib
import io
import json
import os
import sys
from importlib.metadata import version

from mitreattack.stix20 import MitreAttackData

PAIRS = {
    # Their word for the single look-up -> (method of the map, what is looked up)
    "get_software_used_by_group": ("get_all_software_used_by_all_groups", "group"),
    "get_groups_using_software": ("get_all_groups_using_all_software", "software"),
    "get_software_used_by_campaign": ("get_all_software_used_by_all_campaigns", "campaign"),
    "get_campaigns_using_software": ("get_all_campaigns_using_all_software", "software"),
    "get_groups_attributing_to_campaign": ("get_all_groups_attributing_to_all_campaigns", "campaign"),
    "get_campaigns_attributed_to_group": ("get_all_campaigns_attributed_to_all_groups", "group"),
    "get_techniques_used_by_group": ("get_all_techniques_used_by_all_groups", "group"),
    "get_groups_using_technique": ("get_all_groups_using_all_techniques", "technique"),
    "get_techniques_used_by_campaign": ("get_all_techniques_used_by_all_campaigns", "campaign"),
    "get_campaigns_using_technique": ("get_all_campaigns_using_all_techniques", "technique"),
    "get_techniques_used_by_software": ("get_all_techniques_used_by_all_software", "software"),
    "get_software_using_technique": ("get_all_software_using_all_techniques", "technique"),
    "get_techniques_mitigated_by_mitigation": ("get_all_techniques_mitigated_by_all_mitigations", "mitigation"),
    "get_mitigations_mitigating_technique": ("get_all_mitigations_mitigating_all_techniques", "technique"),
    "get_parent_technique_of_subtechnique": ("get_all_parent_techniques_of_all_subtechniques", "subtechnique"),
    "get_subtechniques_of_technique": ("get_all_subtechniques_of_all_techniques", "parent"),
    "get_techniques_detected_by_datacomponent": ("get_all_techniques_detected_by_all_datacomponents", "datacomponent"),
    "get_datacomponents_detecting_technique": ("get_all_datacomponents_detecting_all_techniques", "technique"),
    "get_techniques_targeting_asset": ("get_all_techniques_targeting_all_assets", "asset"),
    "get_assets_targeted_by_technique": ("get_all_assets_targeted_by_all_techniques", "technique"),
    "get_techniques_detected_by_detection_strategy": ("get_all_techniques_detected_by_all_detection_strategies", "strategy"),
    "get_detection_strategies_detecting_technique": ("get_all_detection_strategies_detecting_all_techniques", "technique"),
}

TYPES = {
    "group": "intrusion-set",
    "software": "malware",
    "campaign": "campaign",
    "technique": "attack-pattern",
    "subtechnique": "attack-pattern",
    "parent": "attack-pattern",
    "mitigation": "course-of-action",
    "datacomponent": "x-mitre-data-component",
    "asset": "x-mitre-asset",
    "strategy": "x-mitre-detection-strategy",
}

# What is looked up, by domain. A missing kind is one that the domain has no object of.
SAMPLES = {
    "enterprise-attack": {
        "group": "G0016", "software": "S0154", "campaign": "C0024", "technique": "T1059.001", "subtechnique": "T1059.001",
        "parent": "T1059", "mitigation": "M1042", "datacomponent": "DC0032", "strategy": "DET0455",
        "groupAlias": "Cozy Bear", "campaignAlias": "Operation North Star", "softwareAlias": "Solorigate",
        "name": "PowerShell", "platform": "Windows", "tactic": "lateral-movement", "content": "mimikatz",
    },
    "mobile-attack": {
        "group": "G1028", "software": "S0505", "campaign": "C0033", "technique": "T1417.001", "subtechnique": "T1417.001",
        "parent": "T1417", "mitigation": "M1006", "datacomponent": "DC0118", "strategy": "DET0661",
        "groupAlias": "Fancy Bear", "campaignAlias": "Operation Triangulation", "softwareAlias": "Chrysaor",
        "name": "Keylogging", "platform": "Android", "tactic": "collection", "content": "whatsapp",
    },
    "ics-attack": {
        "group": "G0034", "software": "S0604", "campaign": "C0025", "technique": "T0859", "subtechnique": "T0859",
        "parent": "T0859", "mitigation": "M0801", "datacomponent": "DC0085", "strategy": "DET0724", "asset": "A0001",
        "groupAlias": "Sandworm Team", "campaignAlias": "Triton Safety Instrumented System Attack", "softwareAlias": "Stuxnet",
        "name": "Valid Accounts", "platform": "None", "tactic": "impact", "content": "modbus",
    },
}

CREATED_AFTER = "2025-01-01T00:00:00Z"
MODIFIED_AFTER = "2025-10-21"


def digest(lines):
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:12]


def of_list(objects):
    return [len(objects), digest([obj["id"] for obj in objects])]


def of_map(related):
    lines, keys, relationships = [], set(), 0
    for key, entries in related.items():
        merged = {}
        for entry in entries:
            merged.setdefault(entry["object"]["id"], []).extend(entry["relationships"])
        for object_id, its in merged.items():
            keys.add(key)
            relationships += len(its)
            lines.append(f"{key} {object_id} {len(its)}")
    return [len(keys), len(lines), relationships, digest(lines)]


def lists(data, domain, sample):
    both = {
        name: getattr(data, name)
        for name in (
            "get_matrices get_tactics get_techniques get_subtechniques get_mitigations get_groups get_software get_campaigns "
            "get_assets get_datasources get_datacomponents get_analytics get_detectionstrategies"
        ).split()
    }
    both["get_objects_by_type"] = lambda **active: data.get_objects_by_type("malware", **active)
    both["get_techniques_by_platform"] = lambda **active: data.get_techniques_by_platform(sample["platform"], **active)
    both["get_techniques_by_tactic"] = lambda **active: data.get_techniques_by_tactic(sample["tactic"], domain, **active)
    # Of what they find only what ATT&CK is about: they answer with markings, identities and relationships too.
    about = lambda objects: [obj for obj in objects if obj["type"] in data.stix_types]
    both["get_objects_created_after"] = lambda **active: about(data.get_objects_created_after(CREATED_AFTER, **active))
    both["get_objects_modified_after"] = lambda **active: about(data.get_objects_modified_after(MODIFIED_AFTER, **active))
    both["get_objects_by_content"] = lambda **active: about(data.get_objects_by_content(sample["content"], **active))
    for name, ask in both.items():
        yield name, of_list(ask())
        yield f"{name} active", of_list(ask(remove_revoked_deprecated=True))
    yield "get_techniques parents", of_list(data.get_techniques(include_subtechniques=False))
    yield "get_objects_by_content relationships", of_list(data.get_objects_by_content(sample["content"], "relationship", True))
    yield "remove_revoked_deprecated", of_list(data.remove_revoked_deprecated(data.get_techniques()))
    yield "get_objects_by_name", of_list(data.get_objects_by_name(sample["name"], "attack-pattern"))
    yield "get_groups_by_alias", of_list(data.get_groups_by_alias(sample["groupAlias"]))
    yield "get_campaigns_by_alias", of_list(data.get_campaigns_by_alias(sample["campaignAlias"]))
    yield "get_software_by_alias", of_list(data.get_software_by_alias(sample["softwareAlias"]))


def walked(data, pairs):
    """The ends of the revoked-by links, where theirs takes one step."""
    step = {old: new["id"] for old, new in pairs if new is not None}
    for old, new in step.items():
        while new in step:
            new = step[new]
        yield f"{old} {new}"


def components_of_techniques(data):
    """technique -> data components by way of strategies, analytics and log source references, which they do not have."""
    active = lambda objects: {obj["id"]: obj for obj in data.remove_revoked_deprecated(objects)}
    analytics, components = active(data.get_analytics()), active(data.get_datacomponents())
    related = {}
    for technique, strategies in data.get_all_detection_strategies_detecting_all_techniques().items():
        for entry in strategies:
            refs = [ref for ref in data.get_field(entry["object"], "x_mitre_analytic_refs", []) if ref in analytics]
            uses = [use for ref in refs for use in data.get_field(analytics[ref], "x_mitre_log_source_references", [])]
            for component in {use["x_mitre_data_component_ref"] for use in uses} & components.keys():
                relationships = entry["relationships"]
                related.setdefault(technique, []).append({"object": components[component], "relationships": relationships})
    return related


def differences(data, stix_ids):
    """What ours should answer where it differs on purpose, worked out here without it."""
    revoked = [obj["id"] for name in data.stix_types for obj in data.get_objects_by_type(name) if obj.get("revoked", False)]
    pairs = list(walked(data, [(old, data.get_revoking_object(old)) for old in revoked]))
    yield "get_revoking_object walked", [len(pairs), digest(pairs)]
    active = {obj["id"] for obj in data.get_techniques(remove_revoked_deprecated=True)}
    parents = data.get_all_parent_techniques_of_all_subtechniques()
    yield "get_all_parent_techniques_of_all_subtechniques active", of_map({k: v for k, v in parents.items() if k in active})
    components, techniques = {}, {}
    for direct in (data.get_all_datacomponents_detecting_all_techniques(), components_of_techniques(data)):
        for technique, entries in direct.items():
            for entry in entries:
                components.setdefault(technique, []).append(entry)
                its = {"object": {"id": technique}, "relationships": entry["relationships"]}
                techniques.setdefault(entry["object"]["id"], []).append(its)
    yield "get_all_datacomponents_detecting_all_techniques through analytics", of_map(components)
    yield "get_all_techniques_detected_by_all_datacomponents through analytics", of_map(techniques)
    technique, component = stix_ids["technique"], stix_ids.get("datacomponent")
    one = of_map({technique: components.get(technique, [])})
    yield "get_datacomponents_detecting_technique through analytics", one
    if component is not None:
        one = of_map({component: techniques.get(component, [])})
        yield "get_techniques_detected_by_datacomponent through analytics", one


def singles(data, stix_ids):
    technique = stix_ids["technique"]
    yield "get_object_by_stix_id", of_list([data.get_object_by_stix_id(technique)])
    yield "get_object_by_attack_id", of_list([data.get_object_by_attack_id(data.get_attack_id(technique), "attack-pattern")])
    yield "get_attack_id", data.get_attack_id(technique)
    yield "get_name", data.get_name(technique)
    yield "get_stix_type", data.get_stix_type(technique)
    yield "get_field", data.get_field(data.get_object_by_stix_id(technique), "x_mitre_version")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        data.print_stix_object(data.get_object_by_stix_id(technique))
    yield "print_stix_object", json.loads(printed.getvalue())["id"]
    yield "get_tactics_by_technique", of_list(data.get_tactics_by_technique(technique))
    tactics = data.get_tactics_by_matrix()
    pairs = [f"{matrix} {tactic['id']}" for matrix, found in tactics.items() for tactic in found]
    yield "get_tactics_by_matrix", [len(pairs), digest(pairs)]
    # Who, not which relationship: a catalogue has no ids of relationships.
    procedures = data.get_procedure_examples_by_technique(technique)
    yield "get_procedure_examples_by_technique", [len(procedures), digest([its["source_ref"] for its in procedures])]
    yield "get_techniques_used_by_group_software", of_list(data.get_techniques_used_by_group_software(stix_ids["group"]))
    if "strategy" in stix_ids:
        yield "get_analytics_by_detection_strategy", of_list(data.get_analytics_by_detection_strategy(stix_ids["strategy"]))
    revoked = [obj for name in data.stix_types for obj in data.get_objects_by_type(name) if obj.get("revoked", False)]
    revoking = [(obj["id"], data.get_revoking_object(obj["id"])) for obj in revoked]
    pairs = [f"{old} {new['id']}" for old, new in revoking if new is not None]
    yield "get_revoking_object", [len(pairs), digest(pairs)]


def maps(data, stix_ids):
    for single, (all_by_all, kind) in PAIRS.items():
        yield all_by_all, of_map(getattr(data, all_by_all)())
        if kind in stix_ids:
            yield single, of_map({stix_ids[kind]: getattr(data, single)(stix_ids[kind])})
    uses = lambda source, target, **reverse: data.get_related(source, "uses", target, **reverse)
    yield "get_related", of_map(uses("intrusion-set", "attack-pattern"))
    yield "get_related reverse", of_map(uses("intrusion-set", "attack-pattern", reverse=True))
    yield "merge", of_map(data.merge(uses("intrusion-set", "attack-pattern"), uses("campaign", "attack-pattern")))
    twice = data.merge(uses("campaign", "attack-pattern"), uses("campaign", "attack-pattern"))
    yield "remove_duplicates", of_map(data.remove_duplicates(twice))
    campaigns = data.get_related("campaign", "attributed-to", "intrusion-set", reverse=True)
    yield "add_inherited_campaign_relationships", of_map(
        data.add_inherited_campaign_relationships(campaigns, uses("campaign", "attack-pattern"), {})
    )


def methods():
    return [name for name in dir(MitreAttackData) if not name.startswith("_") and callable(getattr(MitreAttackData, name))]


def main():
    bundles = {}
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            sha256 = hashlib.sha256(file.read()).hexdigest()
        name = os.path.basename(path).removesuffix(".json")
        domain, release = name.rsplit("-", 1)
        data, sample = MitreAttackData(path), SAMPLES[domain]
        stix_ids = {}
        for kind, stix_type in TYPES.items():
            found = kind in sample and data.get_object_by_attack_id(sample[kind], stix_type)
            if found:
                stix_ids[kind] = found["id"]
            else:
                print(f"{name}: no {kind} {sample.get(kind)}", file=sys.stderr)
        answers = {}
        for answer in (lists(data, domain, sample), singles(data, stix_ids), maps(data, stix_ids), differences(data, stix_ids)):
            for method, value in answer:
                answers[method] = value
        bundles[name] = {"domain": domain, "version": release, "sha256": sha256, "samples": sample, "answers": answers}
    by = {"tool": "mitreattack-python", "version": version("mitreattack-python"), "methods": methods()}
    by |= {"createdAfter": CREATED_AFTER, "modifiedAfter": MODIFIED_AFTER, "bundles": bundles}
    json.dump(by, sys.stdout, indent=1)
    print()


main()
