"""PyTorch's side of the engine benchmark: reads "workload updates threads" lines, answers milliseconds an update.

Of the clock and of the processor, "wall cpu".
"""

import sys
import time

import torch
from torch import nn
from torch.nn import functional


def mlp():
    model = nn.Sequential(nn.Linear(27, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 9))
    x, y = torch.rand(64, 27), torch.randint(0, 9, (64,))
    return list(model.parameters()), lambda: functional.cross_entropy(model(x), y)


def gru(width, batch):
    cell, head = nn.GRU(16, width), nn.Linear(width, 4)
    x, y = torch.rand(20, batch, 16), torch.randint(0, 4, (20 * batch,))
    parameters = [*cell.parameters(), *head.parameters()]
    return parameters, lambda: functional.cross_entropy(head(cell(x)[0]).reshape(-1, 4), y)


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        batch, steps, width = x.shape
        q, k, v = (
            part.reshape(batch, steps, self.heads, -1).transpose(1, 2)
            for part in self.qkv(self.norm1(x)).chunk(3, -1)
        )
        scores = q @ k.transpose(-1, -2) / (width // self.heads) ** 0.5
        hidden = torch.ones(steps, steps, dtype=torch.bool).triu(1)
        pattern = scores.masked_fill(hidden, float("-inf")).softmax(-1)
        x = x + self.out((pattern @ v).transpose(1, 2).reshape(batch, steps, width))
        return x + self.down(functional.gelu(self.up(self.norm2(x))))


def transformer():
    model = nn.Sequential(nn.Linear(16, 64), *[Block(64, 4) for _ in range(4)], nn.Linear(64, 1))
    x, y = torch.rand(64, 32, 16), torch.rand(64, 32, 1)
    return list(model.parameters()), lambda: functional.mse_loss(model(x), y)


def recurrent_conv():
    def conv(inputs, outputs):
        return nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)

    p, r, a, b, h = conv(3, 32), conv(35, 32), conv(32, 32), conv(32, 32), conv(32, 2)
    x, y = torch.rand(32, 3, 13, 13), torch.randint(0, 2, (32, 13, 13))

    def loss():
        state = torch.relu(p(x))
        for _ in range(20):
            z = r(torch.cat([state, x], 1))
            state = torch.relu(b(torch.relu(a(z))) + z)
        return functional.cross_entropy(h(state), y)

    return [w for layer in (p, r, a, b, h) for w in layer.parameters()], loss


builders = {
    "mlp": mlp,
    "gru32": lambda: gru(32, 32),
    "gru128": lambda: gru(128, 64),
    "transformer": transformer,
    "recurrent_conv": recurrent_conv,
}

print(torch.__version__, flush=True)
built = {}
for line in sys.stdin:
    name, updates, threads = line.split()
    torch.set_num_threads(int(threads))
    if name not in built:
        parameters, loss = builders[name]()
        built[name] = (torch.optim.Adam(parameters, 1e-4), loss)
    optimizer, loss = built[name]

    def update():
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()

    if int(updates) == 0:
        update()
    clocks = time.perf_counter, time.process_time
    starts = [clock() for clock in clocks]
    for _ in range(int(updates)):
        update()
    print(*((clock() - start) / max(1, int(updates)) * 1000 for clock, start in zip(clocks, starts)), flush=True)
