"""A generation of GRU policies on keyed bandits in PyTorch, as a peer for bench/evolution.ts: 256 policies of 64 units,
256 episodes of 8 steps each. In one of two forms: `stacked`, all policies as batched matrix products; or `each`, one policy
after another.

Prints one JSON line a round: {"version", "secondsPerGeneration"}. Usage: evolution_torch.py FORM ROUNDS
"""
import json
import sys
import time

import torch
from torch.nn.functional import one_hot

form, rounds = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(1)
torch.manual_seed(0)
POPULATION, EPISODES, ARMS, STEPS, BITS, WIDTH = 256, 256, 6, 8, 32, 64
INPUTS = BITS + ARMS + 1
SHAPES = {"wi": (INPUTS, 3 * WIDTH), "wh": (WIDTH, 3 * WIDTH), "bi": (1, 3 * WIDTH), "bh": (1, 3 * WIDTH), "wp": (WIDTH, ARMS), "bp": (1, ARMS)}
SIZE = sum(a * b for a, b in SHAPES.values())


def unpack(vectors):
    """Vectors `[population, SIZE]` as matrices `[population, ...]` by name."""
    parts, offset = {}, 0
    for name, (rows, columns) in SHAPES.items():
        parts[name] = vectors[:, offset : offset + rows * columns].reshape(-1, rows, columns)
        offset += rows * columns
    return parts


def play(vectors, keys, best):
    """Mean reward of each policy; keys `[episodes, BITS]` and best `[episodes]` are the same for all."""
    w = unpack(vectors)
    count = vectors.shape[0]
    x = torch.zeros(count, EPISODES, INPUTS)
    x[:, :, :BITS] = keys
    h = torch.zeros(count, EPISODES, WIDTH)
    total = torch.zeros(count)
    for _ in range(STEPS):
        xr, xz, xn = torch.baddbmm(w["bi"], x, w["wi"]).chunk(3, -1)
        hr, hz, hn = torch.baddbmm(w["bh"], h, w["wh"]).chunk(3, -1)
        r, z = torch.sigmoid(xr + hr), torch.sigmoid(xz + hz)
        n = torch.tanh(xn + r * hn)
        h = n + z * (h - n)
        logits = torch.baddbmm(w["bp"], h, w["wp"])
        actions = torch.multinomial(logits.softmax(-1).reshape(-1, ARMS), 1).reshape(count, EPISODES)
        rewards = (actions == best).float()
        total += rewards.sum(1)
        x[:, :, BITS : BITS + ARMS] = one_hot(actions, ARMS)
        x[:, :, -1] = rewards
    return total / EPISODES


mean = torch.randn(SIZE) * 0.1


@torch.no_grad()
def generation():
    global mean
    noise = torch.randn(POPULATION // 2, SIZE) * 0.1
    noise = torch.cat([noise, -noise])
    keys = torch.randint(0, 2, (EPISODES, BITS)).float() * 2 - 1
    best = torch.randint(0, ARMS, (EPISODES,))
    vectors = mean + noise
    step = POPULATION if form == "stacked" else 1
    scores = torch.cat([play(vectors[i : i + step], keys, best) for i in range(0, POPULATION, step)])
    ranks = torch.empty(POPULATION)
    ranks[scores.argsort()] = torch.linspace(-0.5, 0.5, POPULATION)
    mean = mean + 0.03 * (ranks @ noise) / (POPULATION * 0.01)


generation()
for _ in range(rounds):
    started = time.perf_counter()
    generation()
    print(json.dumps({"version": torch.__version__, "secondsPerGeneration": time.perf_counter() - started}), flush=True)
    sys.stdin.readline()
