"""Median evaluations of pycma to 1e-9, as a peer for bench/evolution.ts (`pip install cma`).

Prints one JSON line a problem: {"version", "name", "evaluations", "reached", "seconds"}.
"""
import json
import statistics
import sys
import time
import warnings

warnings.simplefilter("ignore")
import cma  # noqa: E402

off = {"verbose": -9, "tolfun": 0, "tolfunhist": 0, "tolx": 0, "tolflatfitness": 1000, "tolstagnation": 10**9}
seeds = int(sys.argv[1])
problems = {"sphere": cma.ff.sphere, "rosenbrock": cma.ff.rosen, "ellipsoid": cma.ff.elli, "rastrigin": cma.ff.rastrigin}
for line in sys.stdin:
    problem = json.loads(line)
    spent, started = [], time.perf_counter()
    for seed in range(1, seeds + 1):
        options = {**off, "seed": seed, "ftarget": 1e-9, "maxfevals": problem["most"], "CMA_diagonal": problem["separable"]}
        if problem["population"]:
            options["popsize"] = problem["population"]
        es = cma.CMAEvolutionStrategy([problem["start"]] * problem["dimension"], problem["deviation"], options)
        es.optimize(problems[problem["name"]])
        if es.result.fbest < 1e-9:
            spent.append(es.result.evaluations)
    seconds = time.perf_counter() - started
    median = statistics.median(spent) if spent else None
    print(json.dumps({"version": cma.__version__, "evaluations": median, "reached": len(spent), "seconds": seconds}), flush=True)
