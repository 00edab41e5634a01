"""The step of ../imdb.ts in PyTorch, without its dropout. For each line on standard input it makes one step, on one thread, and prints the milliseconds."""
import json
import pathlib
import sys
import time

import torch

sizes = json.loads((pathlib.Path(__file__).parent.parent / "imdb.json").read_text())
torch.set_num_threads(1)
torch.manual_seed(1)
embedding = torch.nn.Embedding(sizes["words"], sizes["width"])
lstm = torch.nn.LSTM(sizes["width"], sizes["units"], batch_first=True)
dense = torch.nn.Linear(sizes["units"], sizes["classes"])
optimizer = torch.optim.Adam([*embedding.parameters(), *lstm.parameters(), *dense.parameters()])
ids = torch.randint(0, sizes["words"], (sizes["batch"], sizes["steps"]))
labels = torch.randint(0, sizes["classes"], (sizes["batch"],))


def step():
    optimizer.zero_grad()
    _, (state, _) = lstm(embedding(ids))
    torch.nn.functional.cross_entropy(dense(state[0]), labels).backward()
    optimizer.step()


step()
print(torch.__version__, flush=True)
for _ in sys.stdin:
    started = time.perf_counter()
    step()
    print(1000 * (time.perf_counter() - started), flush=True)
