#!/usr/bin/python3
r"""Trains the text models in data/models and measures them by cross-validation.

    tools/train_models.py --features BUILD/app/classify/text-features --data FOLDER --measure
    tools/train_models.py --features BUILD/app/classify/text-features --data FOLDER --write
    tools/train_models.py --features BUILD/app/classify/text-features --data FOLDER \
        --judge BUILD/app/classify/judge-texts

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
import warnings
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import lsqr
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

REPOSITORY = Path(__file__).resolve().parent.parent
N_DENSE = 56
BITS = 18
LANGUAGES = {'arabic': 'ar', 'english': 'en', 'french': 'fr', 'german': 'de', 'hindi': 'hi',
             'italian': 'it', 'portuguese': 'pt', 'spanish': 'es'}

# What one language alone says counts a little less than what all of them share.
LANGUAGE_WEIGHT = 0.7

# Strengths of regularisation: C of the logistic, alpha of the ridge, damping of the auxiliary
# regressions.
MOOD_C = 0.3
HOSTILITY_C = 0.3
SPAM_C = 30
RATING_ALPHA = 3.0
AUXILIARY_DAMP = 1.4

# What a feature counts at least, and what by how unevenly the classes have it (after NB-SVM,
# Wang and Manning, ACL 2012).
MOOD_SCALE = (0.3, 1.0)
HOSTILITY_SCALE = (0.15, 0.5)
SPAM_SCALE = (1.0, 0.0)

# The last class of the hostile set, and where ordinary English comes from.
NEITHER = 2
PLAIN = ('vader_nyt', 'vader_amazon', 'umsab_english_train', 'vader_tweets')
PLAIN_WEIGHT = 0.1

# Macro-F1 wants the rare class guessed more often than its share; added to the log-odds.
HOSTILITY_SHIFT = np.array([0.9, 0.0, -0.3])


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


class Rows:
    """Some rows of a Features."""

    def __init__(self, features, matrix, rows):
        self.dense = features.dense[rows]
        self.languages = features.languages[rows]
        self.matrix = matrix[rows]

    def sparse(self):
        return self.matrix


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
        # Few weights are large and most are small: squares give each its own fineness of step.
        self.scale = np.float32(np.abs(tables).max() / 127 ** 2)
        roots = np.sqrt(np.abs(tables) / self.scale)
        self.tables = (np.sign(tables) * np.rint(roots)).astype(np.int8)

    def table(self, i):
        roots = self.tables[i].astype(np.float64)
        return roots * np.abs(roots) * self.scale

    def scores(self, features):
        result = self.bias + features.dense @ self.dense[0] + features.sparse() @ self.table(0)
        if self.languages:
            own = features.in_language() @ self.table(1)
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


def fit_classes(sparse, dense, labels, c, scales, row_weights=None):
    """One class against the rest, each with its own scale of the features.

    Returns the weights of the sparse and of the dense columns, and the biases; a column a class.
    """
    present = sparse != 0
    of_sparse, of_dense, biases = [], [], []
    for label in np.unique(labels):
        chosen = labels == label
        inside = np.asarray(present[chosen].sum(0)).ravel() + 0.5
        outside = np.asarray(present[~chosen].sum(0)).ravel() + 0.5
        ratio = (inside / inside.sum()) / (outside / outside.sum())
        scale = scales[0] + scales[1] * np.abs(np.log(ratio))
        matrix = sp.hstack([sparse @ sp.diags(scale), sp.csr_matrix(dense)]).tocsr()
        fitted = LogisticRegression(C=c, max_iter=45, tol=1e-3)
        # It has come close enough by then; what more turns would change is below a step of int8.
        with warnings.catch_warnings():
            warnings.simplefilter('ignore', ConvergenceWarning)
            fitted.fit(matrix, chosen, sample_weight=row_weights)
        of_sparse.append(fitted.coef_[0, :len(scale)] * scale)
        of_dense.append(fitted.coef_[0, len(scale):])
        biases.append(fitted.intercept_[0])
    return np.array(of_sparse).T, np.array(of_dense).T, np.array(biases)


# Mood: three classes in eight languages.

def read_mood(program, folder, part):
    texts, labels = [], []
    for name, language in LANGUAGES.items():
        marks, lines = read(folder, f'umsab_{name}_{part}')
        texts += [(language, line) for line in lines]
        labels.append(marks.astype(int))
    return Features(program, texts), np.concatenate(labels)


def train_mood(features, labels):
    own_dense = [features.dense * (features.languages == language)[:, None] * LANGUAGE_WEIGHT
                 for language in LANGUAGES.values()]
    sparse = sp.hstack([features.sparse(), features.in_language() * LANGUAGE_WEIGHT]).tocsr()
    weights, dense, biases = fit_classes(sparse, np.hstack([features.dense] + own_dense), labels,
                                         MOOD_C, MOOD_SCALE)
    size = 1 << BITS
    tables = np.array([weights[:size], weights[size:] * LANGUAGE_WEIGHT])
    dense = dense.reshape(1 + len(LANGUAGES), N_DENSE, -1).copy()
    dense[1:] *= LANGUAGE_WEIGHT
    return Model(biases, dense, tables, LANGUAGES.values())


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

def read_classes(program, folder, name):
    labels, texts = read(folder, name)
    return Features(program, [('en', text) for text in texts]), labels.astype(int)


def read_plain(program, folder):
    """Ordinary English, which the hostile set lacks: without it, all sounds a little hostile."""
    texts = [text for name in PLAIN for text in read(folder, name)[1]]
    return Features(program, [('en', text) for text in texts])


def train_spam(rows, labels):
    balance = (len(labels) / np.bincount(labels)) ** 0.3
    weights, dense, biases = fit_classes(rows.sparse(), rows.dense, labels, SPAM_C, SPAM_SCALE,
                                         balance[labels])
    return Model(biases, dense[None], weights[None])


def train_hostility(rows, labels, plain):
    sparse = sp.vstack([rows.sparse(), plain.sparse()]).tocsr()
    all_labels = np.concatenate([labels, np.full(len(plain.dense), NEITHER)])
    # Rare classes count more; the square root keeps a few noisy rows from deciding all.
    balance = np.sqrt(len(labels) / np.bincount(labels))
    weights = np.concatenate([balance[labels],
                              np.full(len(plain.dense), PLAIN_WEIGHT * balance[NEITHER])])
    weights, dense, biases = fit_classes(sparse, np.vstack([rows.dense, plain.dense]), all_labels,
                                         HOSTILITY_C, HOSTILITY_SCALE, weights)
    return Model(biases + HOSTILITY_SHIFT, dense[None], weights[None])


def cross_validate(features, labels, train):
    matrix = features.sparse()
    guesses = np.zeros(len(labels), dtype=int)
    splits = StratifiedKFold(5, shuffle=True, random_state=0).split(matrix, labels)
    for fold, (inside, outside) in enumerate(splits):
        model = train(fold, Rows(features, matrix, inside), labels[inside])
        guesses[outside] = model.scores(Rows(features, matrix, outside)).argmax(1)
    each = ', '.join(f'{value:.3f}' for value in f1_score(labels, guesses, average=None))
    return f'{f1_score(labels, guesses, average="macro"):.4f} (each class: {each})'


def measure_hostility(program, folder):
    features, labels = read_classes(program, folder, 'davidson_hate')
    plain = read_plain(program, folder)
    matrix = plain.sparse()
    folds = np.arange(len(plain.dense)) % 5
    alarms = np.zeros(len(folds), dtype=bool)

    def train(fold, rows, marks):
        model = train_hostility(rows, marks, Rows(plain, matrix, folds != fold))
        outside = folds == fold
        alarms[outside] = model.scores(Rows(plain, matrix, outside)).argmax(1) != NEITHER
        return model

    print(f'hostility, 5-fold, macro-F1: {cross_validate(features, labels, train)}; '
          f'alarms in ordinary English: {alarms.mean():.1%}')


def measure_spam(program, folder):
    features, labels = read_classes(program, folder, 'sms_spam')
    figure = cross_validate(features, labels, lambda fold, rows, marks: train_spam(rows, marks))
    print(f'spam, 5-fold, macro-F1 of a trained model (not shipped): {figure}')


def measure_shipped(judge, folder):
    """What is built into the program, on texts it has not learned from."""
    def answers(language, texts):
        lines = ''.join(f'{language}\t{text}\n' for text in texts)
        output = subprocess.run([judge], input=lines.encode(), stdout=subprocess.PIPE, check=True)
        return [line.split('\t') for line in output.stdout.decode().splitlines()]

    labels, texts = read(folder, 'sms_spam')
    guesses = np.array([float(row[4]) >= 0.5 for row in answers('en', texts)])
    each = f1_score(labels, guesses, average=None)
    print(f'spam as shipped (written by hand), all rows, macro-F1: {each.mean():.4f} '
          f'(each class: {each[0]:.3f}, {each[1]:.3f})')
    names = {'negative': 0, 'neutral': 1, 'positive': 2}
    figures = []
    for name, language in LANGUAGES.items():
        labels, texts = read(folder, f'umsab_{name}_val')
        guesses = [names[row[1]] for row in answers(language, texts)]
        figures.append(f1_score(labels, guesses, average='macro'))
    print(f'mood as shipped, _val, macro-F1: mean {np.mean(figures):.4f}')


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--features', required=True, help='the text-features program')
    parser.add_argument('--data', required=True, type=Path, help='folder of the labelled sets')
    parser.add_argument('--measure', action='store_true', help='print the figures')
    parser.add_argument('--judge', help='the judge-texts program, to measure what it holds')
    parser.add_argument('--write', action='store_true', help='write data/models')
    arguments = parser.parse_args()
    program, folder = arguments.features, arguments.data
    if arguments.measure:
        measure_rating(program, folder)
        measure_mood(program, folder)
        measure_hostility(program, folder)
        measure_spam(program, folder)
    if arguments.judge:
        measure_shipped(arguments.judge, folder)
    if arguments.write:
        models = REPOSITORY / 'data/models'
        others = auxiliary(program, folder, 1 << BITS)
        rating = train_rating(*read_rating(program, folder), others)
        rating.write(models / 'rating.bin')
        mood = train_mood(*read_mood(program, folder, 'train'))
        mood.write(models / 'mood.bin')
        write_expected(program, rating, mood)
        hostility = read_classes(program, folder, 'davidson_hate')
        plain = read_plain(program, folder)
        train_hostility(*hostility, plain).write(models / 'hostility.bin')


if __name__ == '__main__':
    main()
