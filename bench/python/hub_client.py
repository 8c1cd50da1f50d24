"""The official Python client and smolagents on a hub, timed from the inside: one line of JSON asks, one answers.

The hub is named by HF_ENDPOINT, which the client reads when it is imported, the token by HF_TOKEN.
"""

import json
import os
import sys
import time

from huggingface_hub import CommitOperationAdd, HfApi, snapshot_download
from huggingface_hub.utils import disable_progress_bars

disable_progress_bars()
api = HfApi()


def commit(repo: str, files: dict[str, str], tag: str) -> None:
    """Publishes files as a version: one commit, one tag."""
    operations = [CommitOperationAdd(path, text.encode()) for path, text in files.items()]
    made = api.create_commit(repo, operations, commit_message=f"Publish {tag}", repo_type="space")
    api.create_tag(repo, tag=tag, revision=made.oid, repo_type="space", tag_message=tag)


def snapshot(repo: str, revision: str, cache: str) -> None:
    """Downloads a whole package."""
    snapshot_download(repo, repo_type="space", revision=revision, cache_dir=cache)


def load(repo: str, revision: str, cache: str) -> None:
    """Loads a tool; it is not called."""
    from smolagents import load_tool

    load_tool(repo, revision=revision, cache_dir=cache, trust_remote_code=True)


def search(text: str) -> None:
    """Lists the first 20 Spaces whose name holds a text."""
    list(api.list_spaces(search=text, limit=20))


operations = {"commit": commit, "snapshot": snapshot, "load": load, "search": search}

for line in sys.stdin:
    request = json.loads(line)
    operation = operations[request.pop("do")]
    start = time.perf_counter()
    try:
        operation(**request)
        answer = {"ms": (time.perf_counter() - start) * 1000}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
