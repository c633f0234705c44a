"""Reads a llama.cpp per-op log and merges it, as a Python analysis script commonly does: lines in a list, one regular
expression a line, a list of rows, then tables.

Written for the comparison in docs/performance.md from the description of such a parser; shares no code with one. With
pandas installed it makes and merges its tables with it, without it with dictionaries and the csv module.

    python3 perop_merge.py LOG FOLDER
"""

import csv
import os
import re
import sys

try:
    import pandas
except ImportError:
    pandas = None

NODES = re.compile(r"n_nodes = (\d+)")
ROW = re.compile(
    r" -\s+(\d+): \[\s*(\d+),\s*(\d+),\s*(\d+)\]\s+(\w+)\s+\(\s*(\d+)\) "
    r"cpu =\s*([\d.]+) /\s*([\d.]+) ms, wall =\s*([\d.]+) /\s*([\d.]+) ms"
)
SUMMARY = re.compile(r"perf_total_per_op_us\[\s*(\w+)\] =\s*([\d.]+) ms")
WEIGHT = re.compile(
    r"llama_model_loader: - tensor\s+(\d+):\s+(\S+)\s+(\S+)\s+\[\s+(\d+),\s+(\d+),\s+(\d+),\s+(\d+)\s+\]"
)


def read(path):
    with open(path) as log:
        lines = log.readlines()
    weights, calls, summaries = [], [], []
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        found = WEIGHT.match(line)
        if found:
            weights.append((found[2], found[3], [int(found[i]) for i in range(4, 8)]))
            continue
        found = NODES.match(line)
        if found:
            for _ in range(int(found[1])):
                row = ROW.match(lines[at])
                at += 1
                shape = [int(row[2]), int(row[3]), int(row[4])]
                calls.append((row[5], float(row[7]), float(row[9]), shape, int(row[1])))
            continue
        found = SUMMARY.match(line)
        while found:
            summaries.append((found[1], float(found[2])))
            found = SUMMARY.match(lines[at])
            at += 1
    return weights, calls, summaries


def merged(rows, key):
    sums = {}
    for row in rows:
        cpu, wall = sums.get(key(row), (0.0, 0.0))
        sums[key(row)] = (cpu + row[1], wall + row[2])
    return sums


def write_plain(folder, name, header, rows):
    with open(os.path.join(folder, name), "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows(rows)


def plain(folder, weights, calls, summaries):
    write_plain(folder, "weights.csv", ["name", "type", "dimensions"], weights)
    write_plain(folder, "calls.csv", ["name", "cpu", "wall", "shape", "node"], calls)
    write_plain(folder, "summaries.csv", ["name", "wall"], summaries)
    by_op = merged(calls, lambda row: row[0])
    by_node = merged(calls, lambda row: (row[4], row[0]))
    write_plain(folder, "by_op.csv", ["name", "cpu", "wall"], [(k, *v) for k, v in sorted(by_op.items())])
    write_plain(folder, "by_node.csv", ["node", "name", "cpu", "wall"], [(*k, *v) for k, v in sorted(by_node.items())])


def with_pandas(folder, weights, calls, summaries):
    weights = pandas.DataFrame(weights, columns=["name", "type", "dimensions"])
    calls = pandas.DataFrame(calls, columns=["name", "cpu", "wall", "shape", "node"])
    summaries = pandas.DataFrame(summaries, columns=["name", "wall"])
    weights.to_csv(os.path.join(folder, "weights.csv"), index=False)
    calls.to_csv(os.path.join(folder, "calls.csv"), index=False)
    summaries.to_csv(os.path.join(folder, "summaries.csv"), index=False)
    calls.groupby("name")[["cpu", "wall"]].sum().to_csv(os.path.join(folder, "by_op.csv"))
    calls.groupby(["node", "name"])[["cpu", "wall"]].sum().to_csv(os.path.join(folder, "by_node.csv"))


if __name__ == "__main__":
    tables = read(sys.argv[1])
    os.makedirs(sys.argv[2], exist_ok=True)
    (with_pandas if pandas else plain)(sys.argv[2], *tables)
    print(len(tables[1]), "rows", "with pandas" if pandas else "without pandas")
