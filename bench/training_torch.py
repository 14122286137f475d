"""The keyed-bandit workload in PyTorch, eager: rollout and actor-critic update, as a peer for bench/training.ts.

Prints one JSON line: {"version", "threads", "updatesPerSecond"} for the number of updates and rounds given.
Usage: training_torch.py UPDATES ROUNDS THREADS
"""
import json
import sys
import time

import torch
from torch import nn

updates, rounds, threads = (int(argument) for argument in sys.argv[1:4])
torch.set_num_threads(threads)
torch.manual_seed(0)
ARMS, STEPS, BITS, BATCH, WIDTH = 6, 8, 32, 256, 64


class Policy(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(BITS + ARMS + 1, WIDTH)
        self.policy = nn.Linear(WIDTH, ARMS)
        self.value = nn.Linear(WIDTH, 1)

    def forward(self, x, h):
        states, h = self.gru(x, h)
        return self.policy(states), self.value(states).squeeze(-1), h


net = Policy()
optimizer = torch.optim.Adam(net.parameters(), lr=3e-3)


def update():
    keys = torch.randint(0, 2, (BATCH, BITS)).float() * 2 - 1
    best = torch.randint(0, ARMS, (BATCH,))
    observations = torch.zeros(STEPS, BATCH, BITS + ARMS + 1)
    actions = torch.zeros(STEPS, BATCH, dtype=torch.long)
    rewards = torch.zeros(STEPS, BATCH)
    h = torch.zeros(1, BATCH, WIDTH)
    with torch.no_grad():
        for t in range(STEPS):
            observations[t, :, :BITS] = keys
            if t:
                observations[t, :, BITS : BITS + ARMS] = nn.functional.one_hot(actions[t - 1], ARMS).float()
                observations[t, :, -1] = rewards[t - 1]
            logits, _, h = net(observations[t : t + 1], h)
            actions[t] = torch.multinomial(logits[0].softmax(-1), 1).squeeze(-1)
            rewards[t] = (actions[t] == best).float()
    returns = rewards.flip(0).cumsum(0).flip(0)
    logits, value, _ = net(observations, torch.zeros(1, BATCH, WIDTH))
    logs = logits.log_softmax(-1)
    error = returns - value
    advantages = error.detach()
    advantages = advantages / (advantages.pow(2).mean().sqrt() + 1e-6)
    chosen = logs.gather(-1, actions.unsqueeze(-1)).squeeze(-1)
    entropy = -(logs.exp() * logs).sum(-1).mean()
    loss = -(advantages * chosen).mean() + 0.5 * error.pow(2).mean() - 0.03 * entropy
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()


for _ in range(20):
    update()
for _ in range(rounds):
    started = time.perf_counter()
    for _ in range(updates):
        update()
    seconds = time.perf_counter() - started
    print(json.dumps({"version": torch.__version__, "threads": threads, "updatesPerSecond": updates / seconds}), flush=True)
    sys.stdin.readline()
