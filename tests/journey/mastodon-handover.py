#!/usr/bin/python3
"""Posts that a Mastodon server holds until their time: kept in step, out once, whoever is off meanwhile.

usage: mastodon-handover.py [TARGETS [KILLS]]   posts under fire, and kills (12 6)

What counts is the server's own state, never what the client believes.
"""

import collections
import concurrent.futures
import os
import random
import subprocess
import sys
import time
import urllib.request

import tap
from mastodon import Server, add_account, facts, kill_in_flight, set_setting
from workspace import Workspace, kill, wait_for, was_killed

TARGETS = int(sys.argv[1]) if len(sys.argv) > 1 else 12
KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 6
SEED = int(os.environ.get("BELLMAN_SEED", "20261123"))
# Whoever asks for many posts has time for all the circumstances as well.
LONG = TARGETS >= 50

# Seconds after which the fake has surely taken a request or never will; three times as long what it held may take.
LIFE = 3
POST = "POST /api/v1/statuses"


def start_server(*switches, **limits):
    options = ["--seed", str(SEED), "--limit", "rate_requests=1000000", "--limit", "rate_deletes=100000"]
    for name, value in dict(dict(schedule_min_seconds=1), **limits).items():
        options += ["--limit", f"{name}={value}"]
    for switch in switches:
        options += ["--switch", switch]
    return Server(*options)


def add_holder(work, server, *options):
    account = add_account(work, server, *options, life=LIFE)
    set_setting(work, account, "schedule-ahead", 1)
    return account


def add(work, account, text, when, *options):
    return work.run("post", "add", "--account", account, "--text", text, "--in", when, "--hand-over",
                    *options).stdout.split()[-1]


def target(work, post):
    return work.json("post", "show", post)[0]["targets"][0]


def kinds(work, post):
    return [(attempt["kind"], attempt["outcome"]) for attempt in target(work, post)["attempts"]]


def held(server):
    return sorted(schedule["text"] for schedule in server.state()["scheduled"] if not schedule.get("done"))


def run_agent(work):
    work.run("agent", "--until-idle", code=None)


def check_out_once(server, texts):
    assert collections.Counter(server.texts()) == collections.Counter(texts), server.texts()
    assert held(server) == [], held(server)


def test_at_its_time():
    """Handed over, held, and read back with its receipt; the user is told who publishes it."""
    with start_server() as server, Workspace() as work:
        account = add_holder(work, server)
        post = add(work, account, "By the server", "10s")
        assert target(work, post)["goesOut"] == "handing-over"
        agent = work.start("agent")
        wait_for(lambda: target(work, post)["goesOut"] == "server")
        assert "even when this computer is off" in work.run("post", "show", post).stdout
        assert held(server) == ["By the server"] and server.texts() == []
        wait_for(lambda: target(work, post)["state"] == "published", 60)
        agent.terminate()
        agent.communicate()
        shown = target(work, post)
        assert shown["url"] and shown["receipts"] and shown["publishedAt"], shown
        assert kinds(work, post)[0] == ("hand-over", "done"), kinds(work, post)
        assert kinds(work, post)[-1] == ("check-schedule", "done"), kinds(work, post)
        assert [status["source"] for status in server.statuses()] == ["scheduled"]
        check_out_once(server, ["By the server"])


def test_computer_off():
    """What the server did while this computer was off is found at the next start."""
    with start_server() as server, Workspace() as work:
        account = add_holder(work, server)
        post = add(work, account, "While we sleep", "8s")
        agent = work.start("agent")
        wait_for(lambda: target(work, post)["goesOut"] == "server")
        kill(agent)
        wait_for(lambda: server.texts() == ["While we sleep"], 60)
        work.publish()
        assert target(work, post)["state"] == "published" and target(work, post)["url"]
        check_out_once(server, ["While we sleep"])


def test_kept_in_step():
    """Changed, moved, cancelled, paused and taken back here: the server follows."""
    with start_server() as server, Workspace() as work:
        account = add_holder(work, server)
        post = add(work, account, "First words", "2h", "--visibility", "unlisted")
        run_agent(work)
        first = server.state()["scheduled"][0]["scheduled_at"]
        work.run("post", "edit", post, "--text", "Other words")
        assert target(work, post)["goesOut"] == "changing"
        run_agent(work)
        assert held(server) == ["Other words"] and target(work, post)["goesOut"] == "server"
        work.run("post", "edit", post, "--in", "3h")
        run_agent(work)
        assert held(server) == ["Other words"]
        assert server.state()["scheduled"][-1]["scheduled_at"] != first
        work.run("account", "set", account, "--pause")
        run_agent(work)
        assert held(server) == []
        work.run("account", "set", account, "--resume")
        run_agent(work)
        assert held(server) == ["Other words"]
        done = work.run("post", "take-back", post)
        assert "still holds" in done.stderr, done.stderr
        run_agent(work)
        assert held(server) == [] and target(work, post)["goesOut"] == "this-computer"
        work.run("post", "hand-over", post)
        run_agent(work)
        assert held(server) == ["Other words"]
        # The account and the post cannot vanish while the server would still publish it.
        assert "still holds" in work.run("post", "delete", post, code=1).stderr
        assert "still holds" in work.run("account", "remove", account, code=1).stderr
        done = work.run("post", "cancel", post)
        assert "still holds" in done.stderr, done.stderr
        run_agent(work)
        assert held(server) == [] and target(work, post)["state"] == "cancelled"
        assert target(work, post)["goesOut"] == "not"
        work.run("post", "delete", post)
        assert server.statuses(everything=True) == []


def test_another_process():
    """Cancelled by another process while the agent runs."""
    with start_server() as server, Workspace() as work:
        account = add_holder(work, server)
        post = add(work, account, "Not after all", "2h")
        agent = work.start("agent")
        wait_for(lambda: held(server) == ["Not after all"])
        wait_for(lambda: target(work, post)["goesOut"] == "server")
        work.run("post", "cancel", post)
        wait_for(lambda: held(server) == [])
        wait_for(lambda: target(work, post)["goesOut"] == "not")
        agent.terminate()
        agent.communicate()
        assert target(work, post)["state"] == "cancelled"


def test_caps():
    """What the server refuses to hold goes out from here, and the user is told why."""
    with start_server(schedule_total=1) as server, Workspace() as work:
        account = add_holder(work, server)
        add(work, account, "Held", "2h")
        run_agent(work)
        post = add(work, account, "One too many", "6s")
        agent = work.start("agent", "--until-idle")
        wait_for(lambda: target(work, post)["error"])
        assert target(work, post)["goesOut"] == "this-computer"
        assert "from this computer" in target(work, post)["error"], target(work, post)["error"]
        out, err = agent.communicate(timeout=120)
        assert agent.returncode == 0, err
        assert server.texts() == ["One too many"] and held(server) == ["Held"]
    with Server() as server, Workspace() as work:
        account = add_account(work, server)
        post = work.run("post", "add", "--account", account, "--text", "Soon", "--in", "2s", "--hand-over")
        assert "5 minutes ahead" in post.stderr, post.stderr
        work.publish()
        assert server.texts() == ["Soon"]


def test_cannot():
    """Who cannot hold posts says so at once, and nothing is lost."""
    with start_server("no-schedules") as server, Workspace() as work:
        site, account = work.add_website(), add_account(work, server)
        for accounts in ([site], [account], [site, account]):
            done = work.run("post", "add", "--account", *accounts, "--text", "Here", "--in", "2h", "--hand-over", code=1)
            assert "holds posts" in done.stderr and "kept as draft" in done.stderr, done.stderr
        post = work.run("post", "add", "--account", site, "--text", "Here", "--in", "2h").stdout.split()[-1]
        assert "holds posts" in work.run("post", "hand-over", post, code=1).stderr
    with start_server() as server, Workspace() as work:
        site, account = work.add_website(), add_holder(work, server)
        done = work.run("post", "add", "--account", site, account, "--text", "Both", "--in", "2h", "--hand-over")
        assert "site" in done.stderr and "needs this computer" in done.stderr, done.stderr
        run_agent(work)
        found = {shown["platform"]: shown["goesOut"]
                 for shown in work.json("post", "show", done.stdout.split()[-1])[0]["targets"]}
        assert found == {"website": "this-computer", "mastodon": "server"}, found
        done = work.run("post", "add", "--account", account, "--text", "One", "--part", "Two", "--in", "2h",
                        "--hand-over", code=1)
        assert "thread" in done.stderr, done.stderr


def test_ignored():
    """A server that posts at once: said as it is, out once, and not asked again."""
    with start_server("schedule-ignored") as server, Workspace() as work:
        account = add_holder(work, server)
        post = add(work, account, "Too early", "2h")
        work.publish()
        shown = target(work, post)
        assert shown["state"] == "published" and shown["url"], shown
        assert any("at once" in (attempt["message"] or "") for attempt in shown["attempts"]), shown["attempts"]
        assert facts(work, account)["schedule"] == "none"
        check_out_once(server, ["Too early"])


def test_nothing_came_out():
    """Deleted on the server by somebody else: nothing goes out twice, and the user is asked."""
    with start_server() as server, Workspace() as work:
        account = add_holder(work, server)
        post = add(work, account, "Gone", "8s")
        agent = work.start("agent", "--until-idle")
        wait_for(lambda: target(work, post)["goesOut"] == "server")
        schedule = server.state()["scheduled"][0]["id"]
        urllib.request.urlopen(urllib.request.Request(
            f"{server.url}/api/v1/scheduled_statuses/{schedule}", method="DELETE",
            headers={"Authorization": f"Bearer {server.token()}"}))
        agent.communicate(timeout=120)
        shown = target(work, post)
        assert shown["state"] == "held" and "nothing came out" in shown["error"], shown
        assert server.texts() == []
        work.run("post", "retry", post)
        work.publish()
        check_out_once(server, ["Gone"])


def test_cancelled_too_late():
    """It went out before it could be taken back: said as it is."""
    with start_server() as server, Workspace() as work:
        account = add_holder(work, server)
        post = add(work, account, "Too late", "6s")
        agent = work.start("agent")
        wait_for(lambda: target(work, post)["goesOut"] == "server")
        kill(agent)
        wait_for(lambda: server.texts() == ["Too late"], 60)
        work.run("post", "cancel", post)
        run_agent(work)
        shown = target(work, post)
        assert shown["state"] == "published" and "before it could be taken back" in shown["error"], shown
        check_out_once(server, ["Too late"])


def failpoints():
    listing = subprocess.run([os.environ["BELLMAN_LIST_FAILPOINTS"]], capture_output=True, text=True, check=True)
    return [name for name in listing.stdout.split() if name.startswith("handover")]


def settle(work, posts):
    """Runs the agent until each post has come to rest."""
    for _ in range(60):
        run_agent(work)
        if all(target(work, post)["state"] == "published" for post in posts):
            return
        time.sleep(1)
    raise AssertionError([target(work, post) for post in posts])


def fail_while_handing_over(name, passing, ignored, lost_answer):
    with start_server(*(["key-ignored"] if ignored else [])) as server, Workspace() as work:
        account = add_holder(work, server, "--probe")
        posts = [add(work, account, text, "12s") for text in ("One in hand", "Two in hand")]
        if lost_answer:
            server.fault("close-after", POST, count=1)
        agent = work.start("agent", "--until-idle", env={"BELLMAN_FAILPOINT": f"{name}:{passing}"})
        out, err = agent.communicate(timeout=120)
        assert was_killed(agent), (agent.returncode, out, err)
        settle(work, posts)
        check_out_once(server, ["One in hand", "Two in hand"])


def fail_while_taking_back(name, lost_answer):
    with start_server() as server, Workspace() as work:
        account = add_holder(work, server)
        post = add(work, account, "Back again", "2h")
        run_agent(work)
        if lost_answer:
            server.fault("close-after", "DELETE /api/v1/scheduled_statuses/*", count=1)
        work.run("post", "cancel", post)
        agent = work.start("agent", "--until-idle", env={"BELLMAN_FAILPOINT": name})
        out, err = agent.communicate(timeout=120)
        assert was_killed(agent), (agent.returncode, out, err)
        for _ in range(20):
            run_agent(work)
            if target(work, post)["goesOut"] == "not":
                break
            time.sleep(1)
        shown = target(work, post)
        assert shown["state"] == "cancelled" and shown["goesOut"] == "not", shown
        assert held(server) == [] and server.texts() == []


def run_all(cases):
    """Side by side, as most of their time is waiting."""
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        running = {pool.submit(*case): case for case in cases}
        for case in concurrent.futures.as_completed(running):
            try:
                case.result()
            except Exception as error:
                raise AssertionError(f"at {running[case]}") from error


def test_failpoints_handing_over():
    """Of the eight circumstances four, unless there is time: each two of them meet at each failpoint."""
    run_all([(fail_while_handing_over, name, passing, ignored, lost_answer) for name in failpoints()
             for passing in (1, 2) for ignored in (False, True) for lost_answer in (False, True)
             if LONG or (passing + ignored + lost_answer) % 2 == 0])


def test_failpoints_taking_back():
    run_all([(fail_while_taking_back, name, lost_answer) for name in failpoints() for lost_answer in (False, True)])


# How long answers take, so that there is something in flight to be killed, in ms.
DELAY = 120
FAULTS = {"reset-before": 0.03, "reset-after": 0.05, "close-after": 0.05, "error-after": 0.03, "error-before": 0.03,
          "json-truncated": 0.02, "json-missing": 0.02, "html": 0.02}


def storm(*switches):
    """Kills and faults while posts are handed over, held and come out."""
    chance = random.Random(SEED)
    started = time.monotonic()
    with start_server(*switches, schedule_daily=TARGETS * 3, schedule_total=TARGETS * 3) as server, Workspace() as work:
        account = add_holder(work, server, "--probe")
        texts = [f"{chance.getrandbits(60):x} {chance.getrandbits(60):x} {number}" for number in range(TARGETS)]
        posts = [add(work, account, text, f"{20 + TARGETS // 4}s") for text in texts]
        for kind, probability in FAULTS.items():
            server.fault(kind, POST, probability=probability)
        server.fault("close-before", "GET *", probability=0.02)
        server.fault("delay", "*", arg=str(DELAY))
        hits = collections.Counter()
        for _ in range(KILLS * 3):
            hit = kill_in_flight(work, chance, DELAY, 1 + chance.randint(0, max(1, TARGETS // KILLS)))
            if hit:
                hits[hit] += 1
            if sum(hits.values()) >= KILLS:
                break
        server.clear_faults()
        for _ in range(40):
            run_agent(work)
            waiting = [post for post in posts if target(work, post)["state"] != "published"]
            for post in waiting:
                if target(work, post)["state"] in ("unknown", "held"):
                    work.run("post", "retry", post, code=None)
            if not waiting:
                break
            time.sleep(LIFE)
        tap.note(f"{sum(hits.values())} kills with a request in flight, {TARGETS} targets, seed {SEED}, "
                 f"{time.monotonic() - started:.0f} s")
        for hit, count in hits.most_common():
            tap.note(f"{count:4} {hit}")
        sources = collections.Counter(status["source"] for status in server.statuses() if status["text"] in texts)
        tap.note(f"{sources['scheduled']} out by the server, {sources['direct']} from here")
        assert not waiting, [target(work, post) for post in waiting]
        check_out_once(server, texts)


def test_storm_honoured():
    storm()


def test_storm_ignored():
    storm("key-ignored")


if __name__ == "__main__":
    # The longest begin first.
    tests = [(name[5:].replace("_", " "), function) for name, function in list(globals().items())
             if name.startswith("test_")]
    tap.main(tests[::-1], at_once=2 if LONG else 8)
