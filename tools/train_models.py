#!/usr/bin/python3
"""Trains the text models in data/models and measures them by cross-validation.

    tools/train_models.py --features BUILD/app/classify/text-features --data FOLDER --measure
    tools/train_models.py --features BUILD/app/classify/text-features --data FOLDER --write

FOLDER holds xz-compressed lines of LABEL<TAB>TEXT:

    vader_{tweets,amazon,movies,nyt}.tsv.xz   mean human rating, -4..+4 (Hutto and Gilbert, MIT)
    umsab_{LANGUAGE}_{train,val}.tsv.xz       0 negative, 1 neutral, 2 positive (Apache-2.0)
    davidson_hate.tsv.xz                      0 hateful, 1 offensive, 2 neither (MIT)
    sms_spam.tsv.xz                           1 spam (measured with, never shipped)

What the models see of a text is computed by text-features, a program of the build, and by
nothing else; here only weights are fitted. Needs python3-numpy, python3-scipy and
python3-sklearn; the program itself needs none of them. The result is the same on each run.
"""

import argparse
import html
import lzma
import struct
import subprocess
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import lsqr
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

REPOSITORY = Path(__file__).resolve().parent.parent
N_DENSE = 44
BITS = 18
LANGUAGES = {'arabic': 'ar', 'english': 'en', 'french': 'fr', 'german': 'de', 'hindi': 'hi',
             'italian': 'it', 'portuguese': 'pt', 'spanish': 'es'}

# What one language alone says counts a little less than what all of them share.
LANGUAGE_WEIGHT = 0.7
MOOD_C = 0.3
HOSTILITY_C = 0.5
SPAM_C = 30
RATING_ALPHA = 4.0
AUXILIARY_DAMP = 1.4


class Features:
    """The features of a list of (language, text): hashes, values, row starts, dense matrix."""

    def __init__(self, program, texts):
        # The sets come from web pages, with "&amp;" for "&".
        lines = ''.join(f'{language}\t{html.unescape(text)}\n' for language, text in texts)
        raw = subprocess.run([program, REPOSITORY / 'data/lexicon'], input=lines.encode(),
                             stdout=subprocess.PIPE, check=True).stdout
        words = np.frombuffer(raw, dtype=np.uint32)
        hashes, values, dense, starts, at = [], [], [], [0], 0
        for _ in texts:
            n = int(words[at])
            hashes.append(words[at + 1:at + 1 + n])
            values.append(words[at + 1 + n:at + 1 + 2 * n].view(np.float32))
            at += 1 + 2 * n
            dense.append(words[at:at + N_DENSE].view(np.float32))
            at += N_DENSE
            starts.append(starts[-1] + n)
        self.hashes = np.concatenate(hashes)
        self.values = np.concatenate(values)
        self.starts = np.array(starts)
        self.dense = np.array(dense, dtype=np.float64)
        self.languages = np.array([language for language, _ in texts])

    def sparse(self, hashes=None):
        buckets = (self.hashes if hashes is None else hashes) & np.uint32((1 << BITS) - 1)
        shape = (len(self.starts) - 1, 1 << BITS)
        matrix = sp.csr_matrix((self.values.astype(np.float64), buckets.astype(np.int32),
                                self.starts), shape=shape)
        matrix.sum_duplicates()
        return matrix

    def in_language(self):
        """The same features once more, hashed by language: bmn_feature_hash_in_language ()."""
        seeds = np.array([fnv(language.encode()) for language in self.languages], dtype=np.uint32)
        return self.sparse(stir(self.hashes ^ np.repeat(seeds, np.diff(self.starts))))


def fnv(data):
    h = 2166136261
    for byte in data:
        h = ((h ^ byte) * 16777619) & 0xffffffff
    return h


def stir(h):
    h = h.astype(np.uint32)
    h ^= h >> np.uint32(16)
    h *= np.uint32(0x85ebca6b)
    h ^= h >> np.uint32(13)
    h *= np.uint32(0xc2b2ae35)
    return h ^ (h >> np.uint32(16))


class Model:
    """Weights as bmn-text-model.c reads them; tables and dense are (…, features, classes)."""

    def __init__(self, bias, dense, tables, languages=()):
        self.bias = np.asarray(bias, dtype=np.float32)
        self.dense = np.asarray(dense, dtype=np.float32)
        self.languages = list(languages)
        # A weight beyond what nearly all stay within may be cut: it costs less than coarse steps.
        sizes = np.abs(tables[tables != 0])
        self.scale = np.float32(np.quantile(sizes, 0.9998) / 127)
        self.tables = np.clip(np.rint(tables / self.scale), -127, 127).astype(np.int8)

    def scores(self, features):
        result = self.bias + features.dense @ self.dense[0]
        result = result + features.sparse() @ (self.tables[0] * np.float64(self.scale))
        if self.languages:
            own = features.in_language() @ (self.tables[1] * np.float64(self.scale))
            for i, language in enumerate(self.languages):
                rows = features.languages == language
                result[rows] += features.dense[rows] @ self.dense[i + 1] + own[rows]
        return result

    def write(self, path):
        names = b''.join(name.encode().ljust(8, b'\0') for name in self.languages)
        numbers = np.concatenate([[self.scale], self.bias, self.dense.ravel()])
        body = struct.pack('<4I', BITS, len(self.bias), N_DENSE, len(self.languages)) + names
        body += numbers.astype('<f4').tobytes() + self.tables.tobytes()
        path.write_bytes(b'BMNTXT1\n' + struct.pack('<I', fnv(body)) + body)
        print(f'{path.name}: {path.stat().st_size} bytes')


def read(folder, name):
    with lzma.open(folder / f'{name}.tsv.xz', 'rt', encoding='utf-8') as lines:
        rows = [line.rstrip('\n').split('\t', 1) for line in lines]
    return np.array([float(label) for label, _ in rows]), [text for _, text in rows]


def logistic(matrix, labels, c, class_weight=None):
    model = LogisticRegression(C=c, max_iter=60, tol=1e-3, class_weight=class_weight)
    return model.fit(matrix, labels)


# Mood: three classes in eight languages.

def read_mood(program, folder, part):
    texts, labels = [], []
    for name, language in LANGUAGES.items():
        marks, lines = read(folder, f'umsab_{name}_{part}')
        texts += [(language, line) for line in lines]
        labels.append(marks.astype(int))
    return Features(program, texts), np.concatenate(labels)


def train_mood(features, labels):
    own_dense = [sp.csr_matrix(features.dense * (features.languages == language)[:, None])
                 for language in LANGUAGES.values()]
    matrix = sp.hstack([features.sparse(), features.in_language() * LANGUAGE_WEIGHT,
                        sp.csr_matrix(features.dense)]
                       + [dense * LANGUAGE_WEIGHT for dense in own_dense]).tocsr()
    fitted = logistic(matrix, labels, MOOD_C)
    weights = fitted.coef_.T
    size = 1 << BITS
    tables = np.array([weights[:size], weights[size:2 * size] * LANGUAGE_WEIGHT])
    dense = weights[2 * size:].reshape(1 + len(LANGUAGES), N_DENSE, -1).copy()
    dense[1:] *= LANGUAGE_WEIGHT
    return Model(fitted.intercept_, dense, tables, LANGUAGES.values())


def measure_mood(program, folder):
    model = train_mood(*read_mood(program, folder, 'train'))
    features, labels = read_mood(program, folder, 'val')
    guesses = model.scores(features).argmax(1)
    by_language = {language: f1_score(labels[rows], guesses[rows], average='macro')
                   for language in LANGUAGES.values()
                   for rows in [features.languages == language]}
    print('mood, trained on _train, scored on _val, macro-F1: '
          + ', '.join(f'{k} {v:.3f}' for k, v in by_language.items())
          + f'; mean {np.mean(list(by_language.values())):.4f}')


# Rating: one number for English, with what other rated sentences teach about words.

def auxiliary(program, folder, size):
    """Sparse weights learned from rated sentences of other kinds, one column each."""
    columns = []
    for name in ('vader_amazon', 'vader_movies', 'vader_nyt', 'umsab_english_train'):
        ratings, texts = read(folder, name)
        features = Features(program, [('en', text) for text in texts])
        matrix = sp.hstack([features.sparse(), sp.csr_matrix(features.dense * 2)]).tocsr()
        solution = lsqr(matrix, ratings - ratings.mean(), damp=AUXILIARY_DAMP, iter_lim=40)
        columns.append(solution[0][:size])
    return np.array(columns).T


def train_rating(features, ratings, others):
    """Ridge regression in its dual form: far fewer rows than features."""
    sparse = features.sparse()
    taught = sparse @ others
    spread = taught.std(0)
    dense = np.hstack([features.dense, taught / spread])
    kernel = (sparse @ sparse.T).toarray() / RATING_ALPHA + dense @ dense.T
    dual = np.linalg.solve(kernel + np.eye(len(ratings)), ratings - ratings.mean())
    small = dense.T @ dual
    table = sparse.T @ dual / RATING_ALPHA + others @ (small[N_DENSE:] / spread)
    return Model([ratings.mean()], small[None, :N_DENSE, None], table[None, :, None])


class Rows:
    """Some rows of a Features."""

    def __init__(self, features, matrix, rows):
        self.dense = features.dense[rows]
        self.languages = features.languages[rows]
        self.matrix = matrix[rows]

    def sparse(self):
        return self.matrix


def read_rating(program, folder):
    ratings, texts = read(folder, 'vader_tweets')
    return Features(program, [('en', text) for text in texts]), ratings


def measure_rating(program, folder):
    others = auxiliary(program, folder, 1 << BITS)
    features, ratings = read_rating(program, folder)
    matrix = features.sparse()
    folds = np.random.RandomState(0).randint(0, 10, len(ratings))
    guesses = np.zeros(len(ratings))
    for fold in range(10):
        test = folds == fold
        model = train_rating(Rows(features, matrix, ~test), ratings[~test], others)
        guesses[test] = model.scores(Rows(features, matrix, test))[:, 0]
    print(f'rated tweets, 10-fold, Pearson r: {np.corrcoef(guesses, ratings)[0, 1]:.4f}')


def write_expected(program, rating, mood):
    """What the program must say of our own sentences, for tests/classify/test-sentiment.c."""
    tests = REPOSITORY / 'tests/classify'
    rows = [line.split('\t') for line in (tests / 'sentences.tsv').read_text().splitlines()]
    features = Features(program, [(language, text) for language, _, text in rows])
    logits = mood.scores(features)
    shares = np.exp(logits - logits.max(1, keepdims=True))
    shares /= shares.sum(1, keepdims=True)
    scores = np.where(features.languages == 'en',
                      np.clip(rating.scores(features)[:, 0] / 4, -1, 1),
                      shares[:, 2] - shares[:, 0])
    names = ('negative', 'neutral', 'positive')
    lines = [f'{language}\t{score:.4f}\t{names[best]}\t{text}\n'
             for (language, _, text), score, best in zip(rows, scores, logits.argmax(1))]
    (tests / 'expected-scores.tsv').write_text(''.join(lines))


# Hostility, and spam for the figure alone.

def train_classes(features, labels, c, balance):
    shares = np.bincount(labels) / len(labels)
    weights = {i: (1 / share) ** balance for i, share in enumerate(shares)}
    fitted = logistic(sp.hstack([features.sparse(), sp.csr_matrix(features.dense)]).tocsr(),
                      labels, c, weights)
    coefficients, intercepts = fitted.coef_, fitted.intercept_
    if len(shares) == 2:
        coefficients = np.vstack([-coefficients, coefficients]) / 2
        intercepts = np.concatenate([-intercepts, intercepts]) / 2
    size = 1 << BITS
    return Model(intercepts, coefficients.T[None, size:], coefficients.T[None, :size])


def read_classes(program, folder, name):
    labels, texts = read(folder, name)
    return Features(program, [('en', text) for text in texts]), labels.astype(int)


def measure_classes(program, folder, name, c, balance):
    features, labels = read_classes(program, folder, name)
    matrix = features.sparse()
    guesses = np.zeros(len(labels), dtype=int)
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(matrix, labels):
        model = train_classes(Rows(features, matrix, train), labels[train], c, balance)
        guesses[test] = model.scores(Rows(features, matrix, test)).argmax(1)
    each = ', '.join(f'{value:.3f}' for value in f1_score(labels, guesses, average=None))
    print(f'{name}, 5-fold, macro-F1: {f1_score(labels, guesses, average="macro"):.4f} ({each})')


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--features', required=True, help='the text-features program')
    parser.add_argument('--data', required=True, type=Path, help='folder of the labelled sets')
    parser.add_argument('--measure', action='store_true', help='print the figures')
    parser.add_argument('--write', action='store_true', help='write data/models')
    arguments = parser.parse_args()
    program, folder = arguments.features, arguments.data
    if arguments.measure:
        measure_rating(program, folder)
        measure_mood(program, folder)
        measure_classes(program, folder, 'davidson_hate', HOSTILITY_C, 0.5)
        measure_classes(program, folder, 'sms_spam', SPAM_C, 0.3)
    if arguments.write:
        models = REPOSITORY / 'data/models'
        others = auxiliary(program, folder, 1 << BITS)
        rating = train_rating(*read_rating(program, folder), others)
        rating.write(models / 'rating.bin')
        mood = train_mood(*read_mood(program, folder, 'train'))
        mood.write(models / 'mood.bin')
        write_expected(program, rating, mood)
        hostility = read_classes(program, folder, 'davidson_hate')
        train_classes(*hostility, HOSTILITY_C, 0.5).write(models / 'hostility.bin')


if __name__ == '__main__':
    main()
