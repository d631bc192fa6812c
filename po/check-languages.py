#!/usr/bin/python3
"""usage: check-languages.py SOURCE

Checks every language of LINGUAS against the strings of today: all are translated and none is fuzzy;
placeholders, plural forms and line ends agree (msgfmt --check); in no window do two labels share an access
key; the strings themselves are ones that gettext can take. Prints TAP."""

import collections
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

SOURCE = sys.argv[1]
PO = os.path.join(SOURCE, "po")


def run(*command):
    return subprocess.run(command, capture_output=True, text=True)


def entries(text):
    """The entries of a .po file's text, without the header, as (msgid, msgstr)."""
    found = []
    for block in re.split(r"\n\s*\n", text):
        fields = collections.defaultdict(str)
        field = None
        for line in block.splitlines():
            start = re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?) (".*")$', line)
            if start:
                field, line = start.groups()
            if field and line.startswith('"'):
                fields[field] += line[1:-1]
        if fields["msgid"]:
            found.append((fields["msgid"], fields["msgstr"] or fields["msgstr[0]"]))
    return found


def access_key(label):
    """The letter after the first single underscore."""
    found = re.search(r"_([^_\s])", label.replace("__", ""))
    return found.group(1).casefold() if found else None


def mnemonics():
    """By template, the labels that carry an access key."""
    labels = {}
    for root, _, names in os.walk(os.path.join(SOURCE, "app", "ui")):
        for name in names:
            if name.endswith(".ui"):
                tree = xml.parse(os.path.join(root, name))
                labels[name] = [node.text for node in tree.iter() if node.get("translatable") == "yes"
                                and node.text and access_key(node.text)]
    return labels


def conflicts(translation):
    """The access keys that two labels of one template share."""
    found = []
    for name, labels in mnemonics().items():
        keys = collections.defaultdict(list)
        for label in sorted(set(labels)):
            shown = translation.get(label) or label
            keys[access_key(shown)].append(shown)
        found += [f"{name}: {key}: {shown}" for key, shown in keys.items() if key and len(shown) > 1]
    return found


def check(language, template, place):
    """What is wrong with a language, a line each."""
    path = os.path.join(PO, language + ".po")
    problems = run("msgfmt", "--check", "-o", "/dev/null", path).stderr.splitlines()
    merged = os.path.join(place, language + ".po")
    done = run("msgmerge", "--quiet", "--no-fuzzy-matching", "-o", merged, path, template)
    problems += done.stderr.splitlines()
    for kind, option in ("not translated", "--untranslated"), ("fuzzy", "--only-fuzzy"):
        left = run("msgattrib", option, "--no-obsolete", "--no-wrap", merged).stdout
        problems += [f"{kind}: {msgid}" for msgid, _ in entries(left)]
    with open(merged, encoding="utf-8") as file:
        problems += conflicts(dict(entries(file.read())))
    return problems


def main():
    with open(os.path.join(PO, "LINGUAS"), encoding="utf-8") as file:
        languages = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    failed = 0
    with tempfile.TemporaryDirectory() as place:
        template = os.path.join(place, "bellman.pot")
        extracted = run(os.path.join(PO, "extract.sh"), template)
        results = [("English", extracted.stderr.splitlines() + conflicts({}))] + [(name, check(name, template, place)) for name in languages]
    print(f"1..{len(results)}")
    for number, (name, problems) in enumerate(results, 1):
        for problem in problems:
            print("#", problem)
        failed += bool(problems)
        print("not ok" if problems else "ok", number, name)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
