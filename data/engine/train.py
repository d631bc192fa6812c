#!/usr/bin/python3
"""Learns the numbers that the suggestion engine starts every account from.

  train.py --posts FOLDER --replay _build/tests/bench/engine-replay --out data/engine/weights.txt

FOLDER holds one file per account, `NAME.jsonl` or `NAME.jsonl.xz`: a JSON object a line with
`created_at`, `text`, `likes`, `reposts`, `replies`, `is_reply`. The engine itself replays them and
writes down its features (`--trace`), so that what is learnt from is what it will see; nothing of
the texts enters the numbers. The same posts give the same numbers.

With `--folds DIR` accounts are dealt into four folds by their order of name, weights are learnt
without each fold, and DIR/map.txt names for each account the weights that never saw it
(`engine-replay --weights-map`): the honest way to measure on these same accounts.

Needs numpy.
"""
import argparse
import datetime
import glob
import json
import lzma
import os
import subprocess
import sys
import tempfile

import numpy as np

N_FOLDS = 4
SETTLING = 48 * 3600

# The tag net: see app/suggest/bmn-tag-ranker.c. Posts per account are limited so that a few
# accounts with long histories do not decide alone.
TAG_HIDDEN = 32
TAG_PASSES = (1, 1, 1, 0.6, 0.6, 0.3, 0.15)
TAG_RATE = 0.002
TAG_DECAY = 0.05
TAG_BATCH = 32
TAG_POSTS = 5000
INPUT_LIMIT = 5.0

# The forecast: see app/suggest/bmn-forecaster.c.
LIFT_HIDDEN = 24
LIFT_PASSES = 10
LIFT_RATE = 0.002
LIFT_DECAY = 1.0
LIFT_BATCH = 128
LIFT_POSTS = 2500
LIFT_LIMIT = 3.0
LIFT_INPUT_LIMIT = 4.0
RIDGE = 50.0


def seconds(text):
    time = datetime.datetime.strptime(text, '%Y-%m-%dT%H:%M:%SZ')
    return time.replace(tzinfo=datetime.timezone.utc).timestamp()


def load_posts(path):
    opener = lzma.open if path.endswith('.xz') else open
    with opener(path, 'rt', encoding='utf-8') as lines:
        posts = [json.loads(line) for line in lines]
    for number, post in enumerate(posts):
        post['id'] = number
        post['at'] = seconds(post['created_at'])
    return sorted(posts, key=lambda post: post['at'])


def replay_lines(account, posts):
    """The posts and, two days later each, their counts, as engine-replay reads them."""
    yield {'op': 'reset', 'account': account}
    waiting = 0
    for post in posts:
        while posts[waiting]['at'] + SETTLING <= post['at']:
            counted = posts[waiting]
            yield {'op': 'metrics', **{k: counted[k] for k in ('id', 'likes', 'reposts', 'replies')}}
            waiting += 1
        yield {'op': 'observe', 'is_reply': bool(post.get('is_reply')),
               **{k: post[k] for k in ('id', 'created_at', 'text')}}


def write_trace(folder, replay, path):
    files = sorted(glob.glob(os.path.join(folder, '*.jsonl*')))
    if not files:
        sys.exit(f'{folder}: no *.jsonl files')
    with subprocess.Popen([replay, '--trace', path], stdin=subprocess.PIPE, text=True,
                          encoding='utf-8') as program:
        for file in files:
            account = os.path.basename(file).split('.jsonl')[0]
            for line in replay_lines(account, load_posts(file)):
                program.stdin.write(json.dumps(line, ensure_ascii=False) + '\n')
        program.stdin.close()
    if program.returncode != 0:
        sys.exit(f'{replay} failed')


class Account:
    def __init__(self, name):
        self.name = name
        self.lists = []   # (features, is used, tags of the post, mean tags of the account)
        self.counted = []  # (features, lift)


def read_trace(path, n_tag, n_lift):
    """The accounts of a trace; tests/bench/engine-trace.h has its format."""
    data = open(path, 'rb').read()
    accounts, place = [], 0
    while place < len(data):
        kind = data[place:place + 1]
        place += 1
        if kind == b'A':
            length = int(np.frombuffer(data, np.uint32, 1, place)[0])
            accounts.append(Account(data[place + 4:place + 4 + length].decode()))
            place += 4 + length
        elif kind == b'T':
            rows, tags = (int(x) for x in np.frombuffer(data, np.uint32, 2, place))
            mean_tags = float(np.frombuffer(data, np.float32, 1, place + 8)[0])
            used = np.frombuffer(data, np.uint8, rows, place + 12)
            place += 12 + rows + 4 * rows
            features = np.frombuffer(data[place:place + 4 * rows * n_tag], np.float32)
            accounts[-1].lists.append((features.reshape(rows, n_tag), used, tags, mean_tags))
            place += 4 * rows * n_tag
        else:
            values = np.frombuffer(data[place:place + 4 * (3 + n_lift)], np.float32)
            accounts[-1].counted.append((values[3:], values[1] - values[0]))
            place += 4 * (3 + n_lift)
    return [account for account in accounts if account.lists or account.counted]


def spread_out(items, n):
    """At most n of the items, evenly over their order."""
    if len(items) <= n:
        return items
    return [items[int(i)] for i in np.linspace(0, len(items) - 1, n)]


class Adam:
    def __init__(self, parameters, decay):
        self.parameters, self.decay, self.step = parameters, decay, 0
        self.first = [np.zeros_like(p) for p in parameters]
        self.second = [np.zeros_like(p) for p in parameters]

    def update(self, gradients, rate):
        self.step += 1
        a, b = 1 - 0.9 ** self.step, 1 - 0.999 ** self.step
        for p, m, v, g in zip(self.parameters, self.first, self.second, gradients):
            m += 0.1 * (g - m)
            v += 0.001 * (g * g - v)
            p -= rate * (m / a / (np.sqrt(v / b) + 1e-8) + self.decay * p)


class TagScale:
    """Means and deviations of the features, over the accounts learnt from."""

    def __init__(self, accounts, relative):
        lists = [l for account in accounts for l in spread_out(account.lists, TAG_POSTS)]
        rows = np.concatenate([l[0] for l in lists]).astype(np.float64)
        self.relative = relative
        self.mean = rows.mean(0)
        self.deviation = rows.std(0) + 1e-6
        behind = np.concatenate([l[0][:, relative] - l[0][:, relative].max(0) for l in lists])
        self.relative_deviation = behind.std(0) + 1e-6

    def inputs(self, features):
        relative = features[:, self.relative]
        return np.clip(np.concatenate([
            (features - self.mean) / self.deviation,
            (relative - relative.max(0)) / self.relative_deviation,
        ], 1), -INPUT_LIMIT, INPUT_LIMIT).astype(np.float32)


def train_tags(accounts, scale):
    random = np.random.default_rng(1)
    examples = []
    for account in accounts:
        usable = [l for l in account.lists if l[1].sum() > 0 and len(l[1]) > 1]
        for features, used, _, _ in spread_out(usable, TAG_POSTS):
            examples.append((scale.inputs(features), used / used.sum()))
    n_inputs = examples[0][0].shape[1]
    hidden = (random.standard_normal((n_inputs, TAG_HIDDEN)) / np.sqrt(n_inputs)).astype(np.float32)
    bias = np.zeros(TAG_HIDDEN, np.float32)
    output = (random.standard_normal(TAG_HIDDEN) * 0.1).astype(np.float32)
    direct = np.zeros(n_inputs, np.float32)
    adam = Adam([hidden, bias, output, direct], TAG_DECAY)
    for factor in TAG_PASSES:
        order = random.permutation(len(examples))
        for start in range(0, len(order), TAG_BATCH):
            batch = [examples[i] for i in order[start:start + TAG_BATCH]]
            x = np.concatenate([e[0] for e in batch])
            target = np.concatenate([e[1] for e in batch]).astype(np.float32)
            starts = np.cumsum([0] + [len(e[1]) for e in batch[:-1]])
            lengths = [len(e[1]) for e in batch]
            active = np.maximum(x @ hidden + bias, 0)
            score = active @ output + x @ direct
            score = np.exp(score - np.repeat(np.maximum.reduceat(score, starts), lengths))
            share = score / np.repeat(np.add.reduceat(score, starts), lengths)
            error = (share - target) / len(batch)
            back = np.outer(error, output) * (active > 0)
            adam.update([x.T @ back, back.sum(0), active.T @ error, x.T @ error], TAG_RATE * factor)
    return hidden, bias, output, direct


def tag_score(net, inputs):
    hidden, bias, output, direct = net
    return np.maximum(inputs @ hidden + bias, 0) @ output + inputs @ direct


def fit_chance(accounts, scale, net):
    """Logistic curve from a tag's share of the softmax to the chance that it is used."""
    rows, used = [], []
    for account in accounts:
        for features, is_used, _, mean_tags in spread_out(account.lists, 500):
            score = tag_score(net, scale.inputs(features))
            best = np.argsort(-score)[:10]
            score = score - score.max()
            log_share = score - np.log(np.exp(score).sum())
            rest = np.log1p(-np.minimum(0.9999, np.exp(log_share)))
            ones = np.ones(len(score))
            row = np.stack([ones, log_share, rest, ones * np.log(mean_tags)], 1)
            rows.append(row[best])
            used.append(is_used[best])
    x, y = np.concatenate(rows), np.concatenate(used).astype(float)
    w = np.zeros(x.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(len(w))
        w += np.linalg.solve(hessian, x.T @ (y - p) - 1e-3 * w)
    return w


def ndcg(accounts, scale, net):
    """Mean over accounts of NDCG@10 of the net alone, without what an account adds."""
    means = []
    for account in accounts:
        values = []
        for features, used, tags, _ in account.lists:
            order = np.argsort(-tag_score(net, scale.inputs(features)), kind='stable')[:10]
            gain = (used[order] / np.log2(np.arange(len(order)) + 2)).sum()
            values.append(gain / (1 / np.log2(np.arange(min(10, tags)) + 2)).sum())
        if values:
            means.append(np.mean(values))
    return float(np.mean(means))


def lift_examples(accounts):
    rows = [row for account in accounts for row in spread_out(account.counted, LIFT_POSTS)]
    return (np.array([r[0] for r in rows], np.float64),
            np.clip(np.array([r[1] for r in rows]), -LIFT_LIMIT, LIFT_LIMIT))


def train_lifts(accounts):
    random = np.random.default_rng(2)
    x, y = lift_examples(accounts)
    mean, deviation = x.mean(0), x.std(0) + 1e-6
    mean[0], deviation[0] = 0, 1  # the constant
    x = np.clip((x - mean) / deviation, -LIFT_INPUT_LIMIT, LIFT_INPUT_LIMIT)
    linear = np.linalg.solve(x.T @ x + RIDGE * np.eye(x.shape[1]), x.T @ y)
    n = x.shape[1]
    limit = np.sqrt(6 / (n + LIFT_HIDDEN))
    hidden = random.uniform(-limit, limit, (n, LIFT_HIDDEN))
    bias = np.zeros(LIFT_HIDDEN)
    output = random.uniform(-0.3, 0.3, LIFT_HIDDEN)
    constant = np.zeros(1)
    adam = Adam([hidden, bias, output, constant], 0)
    for _ in range(LIFT_PASSES):
        order = random.permutation(len(y))
        for start in range(0, len(order), LIFT_BATCH):
            i = order[start:start + LIFT_BATCH]
            active = np.maximum(x[i] @ hidden + bias, 0)
            error = (active @ output + constant - y[i]) / len(i)
            back = np.outer(error, output) * (active > 0)
            adam.update([x[i].T @ back + LIFT_DECAY * hidden / len(i), back.sum(0),
                         active.T @ error + LIFT_DECAY * output / len(i),
                         error.sum(keepdims=True)], LIFT_RATE)
    return mean, deviation, linear, (hidden, bias, output, constant)


def line(name, values):
    return name + ' ' + ' '.join(f'{v:.6g}' for v in np.ravel(values)) + '\n'


def write_weights(path, names, scale, net, chance, lifts):
    mean, deviation, linear, lift_net = lifts
    with open(path, 'w', encoding='ascii') as out:
        out.write('# Made by data/engine/train.py; read by app/suggest/bmn-weights.c.\n')
        out.write('tag-features ' + ' '.join(names['tag']) + '\n')
        out.write(line('tag-mean', scale.mean) + line('tag-deviation', scale.deviation))
        out.write(line('tag-relative-deviation', scale.relative_deviation))
        out.write(line('tag-hidden', net[0]) + line('tag-hidden-bias', net[1]))
        out.write(line('tag-output', net[2]) + line('tag-direct', net[3]) + line('tag-bias', [0]))
        out.write(line('tag-chance', chance))
        out.write('lift-features ' + ' '.join(names['lift']) + '\n')
        out.write(line('lift-mean', mean) + line('lift-deviation', deviation))
        out.write(line('lift-linear', linear))
        out.write(line('lift-hidden', lift_net[0]) + line('lift-hidden-bias', lift_net[1]))
        out.write(line('lift-output', lift_net[2]) + line('lift-direct', np.zeros(len(mean))))
        out.write(line('lift-bias', lift_net[3]))


def train(path, names, accounts, tested):
    relative = [names['tag'].index(name) for name in names['relative']]
    scale = TagScale(accounts, relative)
    net = train_tags(accounts, scale)
    chance = fit_chance(accounts, scale, net)
    write_weights(path, names, scale, net, chance, train_lifts(accounts))
    print(f'{path}: {len(accounts)} accounts; NDCG@10 of the net alone on '
          f'{"those left out" if tested is not accounts else "the same"}: '
          f'{ndcg(tested, scale, net):.4f}', flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--posts', required=True)
    parser.add_argument('--replay', required=True, help='the built engine-replay')
    parser.add_argument('--out', help='where the weights for all accounts go')
    parser.add_argument('--folds', help='folder for the weights that leave accounts out')
    parser.add_argument('--trace', help='keep the trace here; an existing one is used again')
    options = parser.parse_args()

    listing = subprocess.run([options.replay, '--list-features'], check=True, text=True,
                             stdout=subprocess.PIPE).stdout
    names = {words[0]: words[1:] for words in map(str.split, listing.splitlines())}
    with tempfile.TemporaryDirectory() as folder:
        trace = options.trace or os.path.join(folder, 'trace')
        if not os.path.exists(trace):
            write_trace(options.posts, options.replay, trace)
        accounts = read_trace(trace, len(names['tag']), len(names['lift']))
    if options.folds:
        os.makedirs(options.folds, exist_ok=True)
        with open(os.path.join(options.folds, 'map.txt'), 'w', encoding='utf-8') as out:
            for fold in range(N_FOLDS):
                path = os.path.abspath(os.path.join(options.folds, f'fold{fold}.txt'))
                rest = [a for i, a in enumerate(accounts) if i % N_FOLDS != fold]
                left_out = [a for i, a in enumerate(accounts) if i % N_FOLDS == fold]
                train(path, names, rest, left_out)
                out.writelines(f'{a.name}\t{path}\n' for a in left_out)
    if options.out:
        train(options.out, names, accounts, accounts)


if __name__ == '__main__':
    main()
