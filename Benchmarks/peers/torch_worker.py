"""PyTorch: `torch_worker.py eager|compiled FOLDER`.

A plain training loop over tensors, no DataLoader. Adam is the fused one, by far the fastest of PyTorch's three on a CPU. It walks
over the whole embedding in every step: `Embedding(sparse=True)` would need `SparseAdam`, which leaves the rows that a batch
does not touch as they are, and so computes something else than Adam.
"""

import sys

MODE, FOLDER = sys.argv[1:]

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from worker import BATCH, LENGTH, VOCABULARY, Data, latencies, scores_proof, seconds, serve

torch.manual_seed(1)
data = Data(FOLDER)
x = torch.from_numpy(data.array("train_ids")).long()
y = torch.from_numpy(data.array("train_labels"))
test_x = torch.from_numpy(data.array("test_ids")).long()


def embedding():
    layer = nn.Embedding(VOCABULARY, 128)
    nn.init.uniform_(layer.weight, -0.05, 0.05)
    return layer


class DNN(nn.Module):
    def __init__(self, labels):
        super().__init__()
        self.embedding, self.dropout = embedding(), nn.Dropout(0.2)
        self.hidden, self.output = nn.Linear(128, 64), nn.Linear(64, labels)

    def forward(self, ids):
        return self.output(self.dropout(F.relu(self.hidden(self.embedding(ids).amax(1)))))


class LSTM(nn.Module):
    def __init__(self, labels, masked=False):
        super().__init__()
        self.embedding, self.lstm, self.output = embedding(), nn.LSTM(128, 64, batch_first=True), nn.Linear(64, labels)
        self.masked = masked

    def forward(self, ids):
        # SpatialDropout1D: the same channels of all steps.
        e = self.embedding(ids)
        e = e * F.dropout(torch.ones(len(e), 1, e.shape[2]), 0.2, self.training)
        if self.masked:
            # The ids come post-padded here, the only padding that packing knows.
            lengths = (ids != 0).sum(1).clamp(min=1)
            e = nn.utils.rnn.pack_padded_sequence(e, lengths, batch_first=True, enforce_sorted=False)
        return self.output(self.lstm(e)[1][0][-1])


def post_padded(ids):
    """The ids of each row, in their order, before its zeros."""
    order = torch.argsort((ids == 0).int(), dim=1, stable=True)
    return torch.gather(ids, 1, order)


inputs = {network: (x, test_x) for network in ("dnn", "lstm")} | {"lstm_masked": (post_padded(x), post_padded(test_x))}
models = {}


def model(network):
    """The model, the function to call, and the optimizer."""
    if network not in models:
        labels = y.shape[1]
        net = {"dnn": DNN, "lstm": LSTM, "lstm_masked": lambda n: LSTM(n, masked=True)}[network](labels)
        call = torch.compile(net) if MODE == "compiled" else net
        models[network] = net, call, torch.optim.Adam(net.parameters(), lr=1e-3, eps=1e-7, fused=True)
    return models[network]


def train(network):
    net, call, optimizer = model(network)
    ids, loss_of = inputs[network][0], nn.BCEWithLogitsLoss()
    net.train()

    def epoch():
        order, total = torch.randperm(len(ids)), 0.0
        for start in range(0, len(ids), BATCH):
            rows = order[start : start + BATCH]
            optimizer.zero_grad()
            loss = loss_of(call(ids[rows]), y[rows])
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(rows)
        return float(total) / len(ids)

    time, loss = seconds(epoch)
    return {"seconds": time}, {"loss": loss, "samples": len(ids)}


def predict(network):
    net, call, _ = model(network)
    ids = inputs[network][1]
    net.eval()

    def work():
        with torch.inference_mode():
            return torch.cat([call(ids[i : i + 256]).sigmoid() for i in range(0, len(ids), 256)])

    time, scores = seconds(work)
    return {"seconds": time}, scores_proof(scores.numpy())


def single(network):
    net, call, _ = model(network)
    ids = inputs[network][1]
    net.eval()
    with torch.inference_mode():
        times = latencies(lambda i: call(ids[i % len(ids)][None]).sigmoid().numpy())
        return times, scores_proof(call(ids[:1]).sigmoid().numpy())


def tags(network):
    """With Keras' tokenizer: PyTorch has none."""
    from keras.src.legacy.preprocessing.text import tokenizer_from_json
    from keras.utils import pad_sequences

    with open(data.path("tokenizer.json")) as file:
        tokenizer = tokenizer_from_json(file.read())
    texts, names = data.texts("test"), sorted({t for tags in data.tags("train") for t in tags})
    net, call, _ = model(network)
    net.eval()

    def one(i):
        ids = torch.from_numpy(pad_sequences(tokenizer.texts_to_sequences([texts[i % len(texts)]]), maxlen=LENGTH)).long()
        return [names[j] for j in np.flatnonzero(call(ids).sigmoid().numpy()[0] > 0.5)]

    with torch.inference_mode():
        return latencies(one), {"finite": True}


def load():
    path = data.path("torch.pt")
    torch.save(model("dnn")[0].state_dict(), path)

    def work():
        net = DNN(y.shape[1])
        net.load_state_dict(torch.load(path))
        return net

    time, net = seconds(work)
    return {"seconds": time}, {"outputs": net.output.out_features}


units = {}
for network in ("dnn", "lstm", "lstm_masked"):
    units[f"{network}.train"] = lambda network=network: train(network)
    units[f"{network}.predict"] = lambda network=network: predict(network)
    units[f"{network}.single"] = lambda network=network: single(network)
if MODE == "eager":
    units |= {"dnn.tags": lambda: tags("dnn"), "model.load": load}
serve({"eager": "PyTorch", "compiled": "PyTorch compiled"}[MODE], units, {"PyTorch": torch.__version__})
