#!/usr/bin/python3
"""Reading an account on a real Bluesky server: without an app view, and with one that tells counts."""

import pds
import tap
from bluesky_reader import AppView, write_posts
from workspace import Workspace, was_killed


def add_account(work, server, account):
    work.env.update(BELLMAN_PLC_DIRECTORY=server.plc)
    return work.run("account", "add", "bluesky", "--service", server.url, "--handle", account.handle,
                    "--app-password-stdin", stdin=account.app_password()).stdout.split()[-1]


def rows(work, columns="remote_id", more=""):
    database = work.database()
    found = database.execute(f"SELECT {columns} FROM history_post {more}").fetchall()
    database.close()
    return found


def delete(server, account, uri):
    server.call("com.atproto.repo.deleteRecord",
                {"repo": account.did, "collection": pds.POSTS, "rkey": uri.split("/")[-1]}, token=account.token)


def alone():
    with pds.Pds() as server, Workspace() as work:
        person = server.create_account()
        uris = write_posts(server, person, 230)
        account = add_account(work, server, person)
        killed = work.start("sync", env={"BELLMAN_FAILPOINT": "sync-stored:3"})
        killed.communicate()
        assert was_killed(killed) and 0 < len(rows(work)) < 230
        report, = work.json("sync")
        assert sorted(row[0] for row in rows(work)) == sorted(uris)
        # Nobody tells counts here: that is said, and they stay unknown.
        assert report["lack"] and report["followers"] is None, report
        assert not rows(work, "id", "WHERE likes IS NOT NULL")
        delete(server, person, uris[100])
        again, = work.json("sync", "--account", account)
        assert again["added"] == 0, again
        assert rows(work, "remote_id", "WHERE gone_at > 0") == [(uris[100],)]
        # What Bellman publishes is one row with what is read.
        work.run("post", "add", "--account", account, "--text", "From Bellman", "--now")
        work.publish()
        work.run("sync")
        assert rows(work, "target_id, seen_at > 0", "WHERE text = 'From Bellman'") == [(1, 1)]


class Counting(AppView):
    """Also tells how many follow; a post that was deleted is left out, as the real one does."""

    written = []
    deleted = set()

    # As long as an account's list fits one page, there is no next one.
    def getAuthorFeed(self, query):
        return {"feed": [{"post": self.show(uri, number)} for number, uri in enumerate(self.written)
                         if uri not in self.deleted]}

    def getProfile(self, query):
        return {"did": query["actor"][0], "handle": "shop1.test", "followersCount": 5}

    def getPosts(self, query):
        return {"posts": [self.show(uri, number) for number, uri in enumerate(query["uris"])
                          if uri not in self.deleted]}


def with_an_app_view():
    with Counting() as view:
        with pds.Pds(PDS_BSKY_APP_VIEW_URL=view.url, PDS_BSKY_APP_VIEW_DID="did:web:app.test") as server, \
                Workspace() as work:
            person = server.create_account()
            uris = view.written = write_posts(server, person, 30)
            add_account(work, server, person)
            report, = work.json("sync")
            # The list brings the counts along, so none has to be asked for.
            assert (report["added"], report["followers"], report["lack"]) == (30, 5, None), report
            assert not rows(work, "id", "WHERE likes IS NULL")
            view.deleted = {uris[4]}
            report, = work.json("sync")
            assert (report["added"], report["gone"]) == (0, 1), report
            assert rows(work, "remote_id", "WHERE gone_at > 0") == [(uris[4],)]


if __name__ == "__main__":
    tap.main([("alone", alone), ("with an app view", with_an_app_view)])
