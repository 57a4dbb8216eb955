"""The model of the preset atomai in eager PyTorch and in GPyTorch: what the torch engine is timed beside.

peer.py iteration THREADS PATCH OBSERVATIONS EPOCHS ROUNDS
peer.py gpytorch  THREADS PATCH OBSERVATIONS EPOCHS ROUNDS
peer.py embedding THREADS PATCH EDGE 1 ROUNDS

Prints milliseconds: of one training iteration (forward, exact marginal likelihood, autograd, Adam), written out or by
GPyTorch, or of cutting the patches of all candidates from an image and sending them through the network. Median over
the rounds. Without GPyTorch `gpytorch` ends with 3.
"""
import math
import statistics
import sys
import time

import torch
from torch import nn

what = sys.argv[1]
threads, patch, size, epochs, rounds = map(int, sys.argv[2:])
torch.set_num_threads(threads)
torch.manual_seed(1)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def network():
    return nn.Sequential(
        nn.Linear(patch * patch, 1000), nn.ReLU(), nn.Linear(1000, 500), nn.ReLU(), nn.Linear(500, 50), nn.ReLU(),
        nn.Linear(50, 2)).to(device)


def synchronise():
    if device.type == "cuda":
        torch.cuda.synchronize()


def train_gpytorch():
    """The same model as GPyTorch has it, by Cholesky at any size, as the engine does."""
    features = torch.randn(size, patch * patch, device=device)
    targets = torch.randn(size, dtype=torch.float64, device=device)

    class Deep(gpytorch.models.ExactGP):
        def __init__(self, likelihood):
            super().__init__(features, targets, likelihood)
            self.net = network()
            self.mean_module = gpytorch.means.ConstantMean()
            self.covar_module = gpytorch.kernels.ScaleKernel(gpytorch.kernels.RBFKernel(ard_num_dims=2))

        def forward(self, x):
            points = self.net(x).double()
            return gpytorch.distributions.MultivariateNormal(self.mean_module(points), self.covar_module(points))

    likelihood = gpytorch.likelihoods.GaussianLikelihood().to(device).double()
    model = Deep(likelihood).to(device)
    model.mean_module.double()
    model.covar_module.double()
    model.train()
    likelihood.train()
    likelihood_of = gpytorch.mlls.ExactMarginalLogLikelihood(likelihood, model)
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    best, kept = math.inf, None
    with gpytorch.settings.max_cholesky_size(10 * size), gpytorch.settings.fast_computations(False, False, False):
        for _ in range(epochs):
            optimiser.zero_grad()
            loss = -likelihood_of(model(features), targets)
            loss.backward()
            value = loss.item()
            if value < best:
                best, kept = value, [p.detach().clone() for p in model.net.parameters()]
            optimiser.step()
    synchronise()
    return epochs


def train():
    features = torch.randn(size, patch * patch, device=device)
    targets = torch.randn(size, 1, dtype=torch.float64, device=device)
    net = network()
    # Logarithms of two lengthscales, output scale and noise, and the mean.
    hyper = nn.Parameter(torch.full((5,), math.log(math.log(2.0)), dtype=torch.float64, device=device))
    optimiser = torch.optim.Adam([*net.parameters(), hyper], lr=0.01)
    best, kept = math.inf, None
    for _ in range(epochs):
        optimiser.zero_grad()
        points = net(features).double() / hyper[:2].exp()
        squares = (points.unsqueeze(0) - points.unsqueeze(1)).square().sum(-1)
        matrix = hyper[2].exp() * (-0.5 * squares).exp()
        matrix = matrix + torch.eye(size, dtype=torch.float64, device=device) * (1e-5 + hyper[3].exp())
        factor = torch.linalg.cholesky(matrix)
        rest = targets - hyper[4]
        whitened = torch.linalg.solve_triangular(factor, rest, upper=False)
        loss = 0.5 * whitened.square().sum() + factor.diagonal().log().sum() + 0.5 * size * math.log(2.0 * math.pi)
        loss = loss / size
        loss.backward()
        value = loss.item()
        if value < best:
            best, kept = value, [p.detach().clone() for p in net.parameters()]
        optimiser.step()
    synchronise()
    return epochs


def embed():
    image = torch.randn(1, 1, size, size, device=device)
    net = network()

    def run():
        with torch.no_grad():
            columns = nn.functional.unfold(image, patch)[0].t()
            torch.cat([net(part) for part in columns.split(65536 if device.type == "cuda" else 2048)])
        synchronise()
        return 1

    return run


if what == "gpytorch":
    try:
        import gpytorch
    except ImportError:
        sys.exit(3)

act = {"iteration": lambda: train, "gpytorch": lambda: train_gpytorch, "embedding": embed}[what]()
act()
times = []
for _ in range(rounds):
    start = time.perf_counter()
    count = act()
    times.append((time.perf_counter() - start) / count * 1e3)
print(statistics.median(times))
