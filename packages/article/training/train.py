"""Trains boosted trees on rows of numbers and knows nothing else: what the rows mean is the business of train.ts.

    train.py PLAN.json

PLAN: {"rows": N, "columns": C, "features": FILE float32 N*C, "labels": FILE int8 N (-1 is left out), "weights": FILE float32 N,
       "folds": FILE int8 N, "rounds": R, "seed": S, "jobs": [{"without": [fold...], "extra": {"file": FILE float32 N*E, "columns": E}?,
       "predictions": FILE, "trees": FILE?}]}
For each job trains on the rows of all folds but those, writes the predictions of all rows (float32 N) and the trees as JSON.
"""
import json
import sys

import numpy as np
import xgboost as xgb

PARAMS = dict(
    objective="binary:logistic", tree_method="hist", max_bin=64, eta=0.08, max_depth=6, min_child_weight=3,
    subsample=0.8, colsample_bytree=0.2, reg_lambda=3, gamma=10, nthread=2,
)


def preorder(tree):
    nodes = []

    def walk(node):
        at = len(nodes)
        if "leaf" in node:
            nodes.append([-1, node["leaf"]])
            return
        nodes.append(None)
        children = {child["nodeid"]: child for child in node["children"]}
        walk(children[node["yes"]])
        right = len(nodes)
        walk(children[node["no"]])
        nodes[at] = [int(node["split"][1:]), node["split_condition"], right]

    walk(tree)
    return nodes


def main(plan):
    rows, columns = plan["rows"], plan["columns"]
    base = np.fromfile(plan["features"], np.float32).reshape(rows, columns)
    labels = np.fromfile(plan["labels"], np.int8)
    weights = np.fromfile(plan["weights"], np.float32)
    folds = np.fromfile(plan["folds"], np.int8)
    params = dict(PARAMS, seed=plan["seed"])
    for job in plan["jobs"]:
        extra = job.get("extra")
        table = base
        if extra:
            added = np.fromfile(extra["file"], np.float32).reshape(rows, extra["columns"])
            table = np.concatenate([base, added], 1)
        chosen = (labels >= 0) & (weights > 0) & ~np.isin(folds, job["without"])
        data = xgb.DMatrix(table[chosen], labels[chosen], weight=weights[chosen])
        model = xgb.train(params, data, plan["rounds"])
        model.predict(xgb.DMatrix(table)).astype(np.float32).tofile(job["predictions"])
        if "trees" in job:
            with open(job["trees"], "w") as out:
                json.dump([preorder(json.loads(t)) for t in model.get_dump(dump_format="json")], out)
        print("trained without", job["without"], "on", int(chosen.sum()), "rows", file=sys.stderr, flush=True)


main(json.load(open(sys.argv[1])))
