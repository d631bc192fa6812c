"""Makes the files that platforms export, from their public documentation, of any length.

Every maker takes posts as dictionaries with `number` and `text`; the rest follows from the
number, so that tests know what an import must find. Big files are written piece by piece.
"""

import csv
import datetime
import hashlib
import io
import json
import tarfile
import zipfile

DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
SERVER = "https://social.example"
START = 1577836800  # 2020-01-01
STEP = 61  # seconds between two posts

WORDS = ("bread rye oven flour morning cake plum friday market walnut sourdough crust water patience "
         "bakery warm loaf spelt butter cinnamon").split()


def posts(count, first=0):
    """Posts with texts that differ, one after the other."""
    for number in range(first, first + count):
        words = [WORDS[(number * 7 + i * i * (1 + number % 13)) % len(WORDS)] for i in range(8 + number % 9)]
        yield {"number": number, "text": f"{' '.join(words)} {number} #{WORDS[number % len(WORDS)]}"}


def seconds(post):
    return START + post["number"] * STEP


def iso(post):
    return datetime.datetime.fromtimestamp(seconds(post), datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def likes(post):
    return post["number"] % 40


# Bellman's own history file (data/formats/history.md).


def bellman_lines(items):
    yield json.dumps({"format": "bellman-history", "version": 1}) + "\n"
    for post in items:
        yield json.dumps({
            "remote_id": str(post["number"]), "url": f"{SERVER}/@shop/{post['number']}", "text": post["text"],
            "language": "en", "published_at": iso(post), "is_reply": False, "n_media": 0, "likes": likes(post),
            "reposts": None, "replies": 2, "counted_at": "2026-01-02T03:04:05Z",
            "snapshots": [{"counted_at": "2026-01-01T00:00:00Z", "likes": 0, "reposts": 1, "replies": None},
                          {"counted_at": "2026-01-02T03:04:05Z", "likes": likes(post), "reposts": None, "replies": 2}],
        }) + "\n"


# Mastodon: an ActivityPub OrderedCollection.


def activity(post, **changes):
    uri = f"{SERVER}/users/shop/statuses/{post['number']}"
    note = {
        "id": uri, "type": "Note", "summary": None, "inReplyTo": None, "published": iso(post),
        "url": f"{SERVER}/@shop/{post['number']}", "attributedTo": f"{SERVER}/users/shop",
        "to": ["https://www.w3.org/ns/activitystreams#Public"], "cc": [f"{SERVER}/users/shop/followers"],
        "sensitive": False, "atomUri": uri, "conversation": f"tag:social.example,2020:objectId={post['number']}",
        "content": "<p>" + post["text"].replace("&", "&amp;").replace("<", "&lt;") + "</p>",
        "contentMap": {"en": "<p>…</p>"}, "attachment": [], "tag": [],
        "replies": {"id": uri + "/replies", "type": "Collection",
                    "first": {"type": "CollectionPage", "next": uri + "/replies?page=true", "items": []}},
        "likes": {"id": uri + "/likes", "type": "Collection", "totalItems": likes(post)},
        "shares": {"id": uri + "/shares", "type": "Collection", "totalItems": 1},
    }
    note.update(changes)
    return {"id": uri + "/activity", "type": "Create", "actor": f"{SERVER}/users/shop", "published": iso(post),
            "to": note["to"], "cc": note["cc"], "object": note}


def boost(number):
    return {"id": f"{SERVER}/users/shop/statuses/{number}/activity", "type": "Announce",
            "published": "2021-01-01T00:00:00Z", "object": "https://other.example/notes/1"}


def outbox(activities):
    yield '{"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json","type":"OrderedCollection",'
    yield '"totalItems":0,"orderedItems":['
    for number, item in enumerate(activities):
        yield ("," if number else "") + json.dumps(item, ensure_ascii=False)
    yield "]}"


# X: scripts that assign arrays.


def tweet(post, **changes):
    at = datetime.datetime.fromtimestamp(seconds(post), datetime.timezone.utc)
    text = post["text"].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    fields = {
        "edit_info": {"initial": {"editTweetIds": [str(post["number"])]}}, "retweeted": False,
        "entities": {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []},
        "display_text_range": ["0", str(len(text))], "favorite_count": str(likes(post)), "retweet_count": "1",
        "id_str": str(post["number"]), "id": str(post["number"]), "truncated": False,
        "created_at": at.strftime("%a %b %d %H:%M:%S +0000 %Y"), "favorited": False, "full_text": text, "lang": "en",
    }
    fields.update(changes)
    return {"tweet": fields}


def tweets_script(tweets, part=0):
    yield f"window.YTD.tweets.part{part} = [ "
    for number, item in enumerate(tweets):
        yield ("," if number else "") + json.dumps(item, ensure_ascii=False)
    yield " ]"


def manifest_script():
    return ("window.__THAR_CONFIG = " + json.dumps({
        "userInfo": {"accountId": "1", "userName": "shop"},
        "archiveInfo": {"sizeBytes": "1", "generationDate": "2025-01-14T02:11:27.525Z", "isPartialArchive": False}}))


# Bluesky: a repository as a CAR file, with its tree of records.


def cbor_head(major, value):
    if value < 24:
        return bytes([major << 5 | value])
    for width, info in ((1, 24), (2, 25), (4, 26), (8, 27)):
        if value < 1 << (8 * width):
            return bytes([major << 5 | info]) + value.to_bytes(width, "big")
    raise ValueError(value)


class Link(bytes):
    """A CID in a record."""


def cbor(value):
    if value is None:
        return b"\xf6"
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return cbor_head(0, value) if value >= 0 else cbor_head(1, -1 - value)
    if isinstance(value, Link):
        return b"\xd8\x2a" + cbor_head(2, len(value) + 1) + b"\0" + bytes(value)
    if isinstance(value, bytes):
        return cbor_head(2, len(value)) + value
    if isinstance(value, str):
        data = value.encode()
        return cbor_head(3, len(data)) + data
    if isinstance(value, list):
        return cbor_head(4, len(value)) + b"".join(map(cbor, value))
    keys = sorted(value, key=lambda key: (len(key.encode()), key.encode()))
    return cbor_head(5, len(keys)) + b"".join(cbor(key) + cbor(value[key]) for key in keys)


def cid(block):
    return Link(b"\x01\x71\x12\x20" + hashlib.sha256(block).digest())


def section(link, block):
    length = len(link) + len(block)
    out = b""
    while True:
        out += bytes([length & 127 | (128 if length > 127 else 0)])
        length >>= 7
        if not length:
            return out + link + block


TID_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"


def rkey(post):
    value = seconds(post) * 1000000 << 10 | 7
    return "".join(TID_LETTERS[value >> 5 * i & 31] for i in reversed(range(13)))


def record(post, **changes):
    fields = {"$type": "app.bsky.feed.post", "text": post["text"], "createdAt": iso(post), "langs": ["en"]}
    fields.update(changes)
    return fields


def tree_height(key):
    """How many pairs of zero bits its hash begins with: the layer of the tree it belongs to."""
    bits = int.from_bytes(hashlib.sha256(key).digest(), "big")
    return (256 - bits.bit_length()) // 2


def tree(entries, blocks):
    """Adds the nodes of the tree of (key, link) pairs; returns the link of its root."""
    if not entries:
        return None
    heights = [tree_height(key) for key, _ in entries]
    return subtree(entries, heights, 0, len(entries), max(heights), blocks)


def subtree(entries, heights, start, end, height, blocks):
    """The node of entries[start:end] at a layer; None where there is nothing below it."""
    if start == end:
        return None
    here = [i for i in range(start, end) if heights[i] == height]
    borders = [start, *[i + 1 for i in here]]
    ends = [*here, end]
    children = [subtree(entries, heights, a, b, height - 1, blocks) for a, b in zip(borders, ends)]
    items, before = [], b""
    for place, child in zip(here, children[1:]):
        key, link = entries[place]
        shared = 0
        while shared < min(len(key), len(before)) and key[shared] == before[shared]:
            shared += 1
        items.append({"p": shared, "k": key[shared:], "v": link, "t": child})
        before = key
    block = cbor({"l": children[0], "e": items})
    link = cid(block)
    blocks.append((link, block))
    return link


def repository(records, did=DID, records_first=False):
    """The bytes of a CAR, of (key, record) pairs."""
    data = [(key, cbor(value)) for key, value in records]
    entries = sorted((key.encode(), cid(block)) for key, block in data)
    nodes = []
    root = tree(entries, nodes)
    commit = cbor({"did": did, "version": 3, "data": root, "rev": "3jzfcijpj2z2a", "prev": None, "sig": b"\0" * 64})
    blocks = [(cid(commit), commit)]
    leaves = [(cid(block), block) for _, block in data]
    blocks += leaves + nodes if records_first else nodes[::-1] + leaves
    yield section(b"", cbor({"roots": [cid(commit)], "version": 1}))
    for link, block in blocks:
        yield section(link, block)


def post_records(items):
    for post in items:
        yield f"app.bsky.feed.post/{rkey(post)}", record(post)


# Tables.


def table(items, delimiter=","):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["Post ID", "Date (UTC)", "Text", "Likes"])
    yield out.getvalue()
    for post in items:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerow(
            [post["number"], iso(post)[:19].replace("T", " "), post["text"], likes(post)])
        yield out.getvalue()


# Writing.


def write(path, pieces):
    with open(path, "wb") as file:
        for piece in pieces:
            file.write(piece.encode() if isinstance(piece, str) else piece)


def write_zip(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in members:
            info = zipfile.ZipInfo(name, (2025, 1, 14, 2, 11, 26))
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece.encode() if isinstance(piece, str) else piece)


def write_tar(path, members):
    with tarfile.open(path, "w:gz") as archive:
        for name, pieces in members:
            data = b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)
            info = tarfile.TarInfo(name)
            info.size = len(data)
            info.mtime = 1736820686
            archive.addfile(info, io.BytesIO(data))


def write_export(kind, path, count):
    """A whole export of one kind with so many posts."""
    items = posts(count)
    if kind == "bellman":
        write(path, bellman_lines(items))
    elif kind == "mastodon":
        write(path, outbox(map(activity, items)))
    elif kind == "mastodon-tar":
        write_tar(path, [("actor.json", ["{}"]), ("outbox.json", outbox(map(activity, items)))])
    elif kind == "x":
        write_zip(path, [("data/manifest.js", [manifest_script()]), ("data/tweets.js", tweets_script(map(tweet, items)))])
    elif kind == "bluesky":
        write(path, repository(post_records(items)))
    elif kind == "csv":
        write(path, table(items))
    else:
        raise ValueError(kind)


KINDS = ("bellman", "mastodon", "mastodon-tar", "x", "bluesky", "csv")


if __name__ == "__main__":
    import sys
    write_export(sys.argv[1], sys.argv[2], int(sys.argv[3]))
