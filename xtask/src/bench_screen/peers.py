"""Other engines on a sample of the questions: found, false alerts, milliseconds a question. Each says plainly where it is missing."""
import json, random, sys, time

list_path, query_path, sample = sys.argv[1], sys.argv[2], int(sys.argv[3])
entities = [json.loads(line) for line in open(list_path, encoding="utf-8")]
asked = [json.loads(line) for line in open(query_path, encoding="utf-8")]
groups = {
    "latin_pos": lambda q: q["set"] == "D" and q["kind"].startswith("pos") and not q["kind"].startswith("pos_han"),
    "latin_neg": lambda q: q["set"] == "D" and q["kind"].startswith("neg") and not q["kind"].startswith("neg_han"),
    "han_pos": lambda q: q["set"] == "D" and q["kind"].startswith("pos_han"),
    "han_neg": lambda q: q["set"] == "D" and q["kind"].startswith("neg_han"),
    "strangers": lambda q: q["set"] == "N",
}
chosen = {}
for name, holds in groups.items():
    fitting = [q for q in asked if holds(q)]
    chosen[name] = random.Random(7).sample(fitting, min(max(sample // len(groups), 1), len(fitting)))


def tell(engine, search):
    times, out = [], []
    for name, questions in chosen.items():
        hit = 0
        for q in questions:
            begun = time.process_time()
            found = search(q)
            times.append(time.process_time() - begun)
            hit += any(g in found for g in q["gold"]) if q["gold"] else bool(found)
        out.append(f"{name} {hit}/{len(questions)}")
    times.sort()
    print(f"{engine}: {', '.join(out)}; {times[len(times) // 2] * 1000:.1f} ms a question (median, CPU)", flush=True)


try:
    import rapidfuzz
    from rapidfuzz import fuzz, process, utils
except ImportError:
    print("rapidfuzz is not installed: not measured")
    sys.exit(0)

names, owner = [], []
for entity in entities:
    for name in entity["names"]:
        names.append(utils.default_process(name))
        owner.append(entity["id"])


def nearest(text, scorer, limit, cutoff):
    return process.extract(utils.default_process(text), names, scorer=scorer, processor=None, limit=limit, score_cutoff=cutoff)


tell(f"rapidfuzz {rapidfuzz.__version__} WRatio >= 86", lambda q: {owner[i] for _, _, i in nearest(q["query"], fuzz.WRatio, 25, 86)})
tell(f"rapidfuzz {rapidfuzz.__version__} token_sort_ratio >= 85", lambda q: {owner[i] for _, _, i in nearest(q["query"], fuzz.token_sort_ratio, 25, 85)})

try:
    import nomenklatura
    from followthemoney import EntityProxy
    from nomenklatura.matching import get_algorithm
except ImportError:
    print("nomenklatura is not installed: not measured")
    sys.exit(0)

by_id = {entity["id"]: entity for entity in entities}


def proxy(key, schema, all_names):
    schema = schema if schema in ("Person", "Vessel", "Company", "Organization") else "LegalEntity"
    return EntityProxy.from_dict({"id": key, "schema": schema, "properties": {"name": all_names}})


algorithm = get_algorithm("logic-v2")
config = algorithm.default_config()


def logic(q):
    near = {owner[i] for _, _, i in nearest(q["query"], fuzz.WRatio, 100, 0)}
    question, found = proxy("question", q.get("schema", ""), [q["query"]]), set()
    for key in near:
        entity = by_id[key]
        try:
            score = algorithm.compare(question, proxy(key, entity["schema"], entity["names"]), config).score
        except Exception:  # schemata that the engine will not compare
            continue
        if score >= 0.70:
            found.add(key)
    return found


tell(f"nomenklatura {nomenklatura.__version__} logic-v2 >= 0.70 (100 nearest by rapidfuzz)", logic)
