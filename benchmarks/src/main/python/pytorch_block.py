#!/usr/bin/env python3
# Licensed under the Apache License, Version 2.0. See the LICENSE file.
"""The block of org.anodespark.benchmarks.problem in PyTorch, as a child process.

Reads commands from standard input and answers on standard output, one JSON object per line; the
package org.anodespark.benchmarks.process describes them. Works with PyTorch 1.13 and newer.
"""
import argparse
import json
import math
import sys
import time
import traceback

try:
    import torch
    import torch.nn.functional as functional
except ImportError as error:
    torch = None
    missing = f"PyTorch cannot be imported by {sys.executable}: {error}"

STORED = "FullStorage"
CHECKPOINTED = "AnodeCheckpoint"


def pattern(shape, array, scale=1.0):
    """The numbers that the class TestPattern describes."""
    index = torch.arange(math.prod(shape), dtype=torch.int64)
    remainder = (31 * index * index + 7919 * index + 1000 * array) % 10007
    return ((remainder.double() / 5003 - 1) * scale).float().reshape(shape)


class Block:
    """One step of training without the update, with contiguous or channels-last images."""

    def __init__(self, problem, memory_format):
        n, c, h = problem["batch"], problem["channels"], problem["size"]
        self.steps = problem["steps"]
        self.step = {"euler": self.euler_step, "rk4": self.classic_step}[problem["method"]]
        self.input = pattern([n, c, h, h], 0).contiguous(memory_format=memory_format)
        scale = math.sqrt(2 / (9 * c))
        self.parameters = []
        for half in range(2):
            weights = pattern([c, c, 3, 3], 1 + half, scale)
            self.parameters += [
                weights.contiguous(memory_format=memory_format).requires_grad_(),
                torch.ones(c, requires_grad=True),
                torch.zeros(c, requires_grad=True),
            ]
        self.ones = torch.ones_like(self.input)

    def field(self, y):
        for half in range(2):
            weights, scale, shift = self.parameters[3 * half : 3 * half + 3]
            y = functional.conv2d(y, weights, padding=1)
            y = functional.batch_norm(y, None, None, scale, shift, training=True, eps=1e-5)
            y = functional.relu(y)
        return y

    def euler_step(self, y, h):
        return torch.add(y, self.field(y), alpha=h)

    def classic_step(self, y, h):
        k1 = self.field(y)
        k2 = self.field(torch.add(y, k1, alpha=h / 2))
        k3 = self.field(torch.add(y, k2, alpha=h / 2))
        k4 = self.field(torch.add(y, k3, alpha=h))
        return torch.add(y, k1 + 2 * k2 + 2 * k3 + k4, alpha=h / 6)

    def solve(self, y):
        for _ in range(self.steps):
            y = self.step(y, 1 / self.steps)
        return y

    def autograd(self):
        """Everything is stored by automatic differentiation."""
        start = self.input.detach().requires_grad_()
        output = self.solve(start)
        return output, torch.autograd.grad(output, [start, *self.parameters], self.ones)

    def checkpointed(self):
        """Only the input is stored; the backward pass solves again, then differentiates that."""
        with torch.no_grad():
            output = self.solve(self.input)
        return output, self.autograd()[1]

    def checkpointed_twice(self):
        """As checkpointed, but state and parameters are differentiated by a call each."""
        with torch.no_grad():
            output = self.solve(self.input)
        start = self.input.detach().requires_grad_()
        again = self.solve(start)
        state = torch.autograd.grad(again, [start], self.ones, retain_graph=True)
        return output, state + torch.autograd.grad(again, self.parameters, self.ones)


class Workload:
    """What the commands are about."""

    def __init__(self):
        self.variants = {}

    def prepare(self, problem):
        self.variants = {}
        if torch is None:
            return {"unavailable": missing}
        works = []
        for layout, memory_format in (
            ("contiguous", torch.contiguous_format),
            ("channels_last", torch.channels_last),
        ):
            block = Block(problem, memory_format)
            for name, run, work in (
                ("autograd", block.autograd, STORED),
                ("checkpointed", block.checkpointed, CHECKPOINTED),
                ("checkpointed, two calls", block.checkpointed_twice, CHECKPOINTED),
            ):
                self.variants[f"{name}, {layout}"] = run
                works.append({"name": f"{name}, {layout}", "work": work})
        return {"engine": f"PyTorch {torch.__version__}", "variants": works}

    def facts(self, variant):
        output, gradients = self.variants[variant]()
        weights = math.hypot(gradients[1].norm().item(), gradients[4].norm().item())
        return {
            "facts": {
                "output_norm": output.norm().item(),
                "input_gradient_norm": gradients[0].norm().item(),
                "weight_gradient_norm": weights,
            }
        }

    def run(self, variant):
        begin = time.perf_counter()
        self.variants[variant]()
        return {"seconds": time.perf_counter() - begin}


def serve(commands, answers):
    workload = Workload()
    for line in commands:
        try:
            ((name, argument),) = json.loads(line).items()
            answer = getattr(workload, name)(argument)
        except Exception as failure:  # whatever it is, the parent reports it
            traceback.print_exc()
            answer = {"error": f"{type(failure).__name__}: {failure}"}
        print(json.dumps(answer), file=answers, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, required=True)
    threads = parser.parse_args().threads
    if torch is not None:
        torch.set_num_threads(threads)
    serve(sys.stdin, sys.stdout)


if __name__ == "__main__":
    main()
