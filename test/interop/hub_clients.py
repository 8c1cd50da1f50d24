"""What the unmodified huggingface_hub does with an embedded hub.

Each function whose name starts with `case_` is one test; its docstring says what it shows. They run in their order and
build on each other. For each one line of JSON is printed: its name, and the error if there was one.

The environment says where the hub is (HF_ENDPOINT), and which tokens there are (ALICE, BOB, READER, ADMIN).
"""

import io
import json
import os
import sys
import tempfile
import traceback
from pathlib import Path

from huggingface_hub import (
    CommitOperationAdd,
    CommitOperationCopy,
    CommitOperationDelete,
    HfApi,
    HfFileSystem,
    get_session,
    hf_hub_download,
    snapshot_download,
    try_to_load_from_cache,
)
from huggingface_hub import errors

ENDPOINT = os.environ["HF_ENDPOINT"]
alice = HfApi(token=os.environ["ALICE"])
bob = HfApi(token=os.environ["BOB"])
admin = HfApi(token=os.environ["ADMIN"])
anyone = HfApi(token=False)

SPACE = "alice/tool"
folder = Path(tempfile.mkdtemp(prefix="hub-clients-"))


def raises(kind, call, *args, **kwargs):
    """The error of a call that must fail."""
    try:
        result = call(*args, **kwargs)
    except kind as error:
        return error
    raise AssertionError(f"{getattr(call, '__name__', call)} gave {result!r} instead of {kind.__name__}")


def status_of(error):
    return error.response.status_code


def upload(path, content, repo_id=SPACE, repo_type="space", api=alice, **more):
    return api.upload_file(path_or_fileobj=content, path_in_repo=path, repo_id=repo_id, repo_type=repo_type, **more)


def files(revision=None, **more):
    tree = alice.list_repo_tree(SPACE, repo_type="space", revision=revision, recursive=True, **more)
    return {item.path: item for item in tree if hasattr(item, "blob_id")}


def case_whoami():
    """whoami tells the user, the organizations and what the token may do"""
    me = alice.whoami()
    assert me["name"] == "alice" and [org["name"] for org in me["orgs"]] == ["acme"], me
    assert me["auth"]["accessToken"]["role"] == "write"
    assert anyone.whoami(token=os.environ["READER"])["auth"]["accessToken"]["role"] == "read"


def case_whoami_with_a_bad_token():
    """whoami with a wrong token says that the token is wrong"""
    error = raises(errors.HfHubHTTPError, anyone.whoami, token="hf_wrong")
    assert "Invalid user token" in str(error), error


def case_create_repo():
    """create_repo makes a Gradio Space with a README.md, and gives its address"""
    url = alice.create_repo(SPACE, repo_type="space", space_sdk="gradio")
    assert (url.repo_id, url.repo_type, url.endpoint) == (SPACE, "space", ENDPOINT), url
    assert "README.md" in alice.list_repo_files(SPACE, repo_type="space")


def case_create_repo_again():
    """create_repo of a repo that exists is 409, with exist_ok its address"""
    error = raises(errors.HfHubHTTPError, alice.create_repo, SPACE, repo_type="space", space_sdk="static")
    assert status_of(error) == 409
    url = alice.create_repo(SPACE, repo_type="space", space_sdk="static", exist_ok=True)
    assert url.repo_id == SPACE


def case_create_repo_of_another():
    """create_repo in the namespace of another user is 403"""
    assert status_of(raises(errors.HfHubHTTPError, bob.create_repo, "alice/stolen")) == 403


def case_create_repo_with_a_bare_name():
    """create_repo with a bare name makes the user's own model repo"""
    assert alice.create_repo("plain").repo_id == "alice/plain"
    assert alice.create_repo("data", repo_type="dataset").repo_id == "alice/data"


def case_repo_exists():
    """repo_exists tells what is there, with a token and without"""
    for api in (alice, anyone):
        assert api.repo_exists(SPACE, repo_type="space")
        assert not api.repo_exists("alice/none", repo_type="space")
        assert not api.repo_exists(SPACE, repo_type="dataset")


def case_upload_file():
    """upload_file makes a commit, and none when nothing has changed"""
    first = upload("notes.txt", b"one", commit_message="Add notes", commit_description="Because.")
    assert first.commit_url == f"{ENDPOINT}/spaces/{SPACE}/commit/{first.oid}", first
    again = upload("notes.txt", b"one")
    assert again.oid == first.oid
    assert alice.list_repo_commits(SPACE, repo_type="space")[0].title == "Add notes"


def case_upload_large_regular_file():
    """upload_file sends 12 MB in the commit itself, and hf_hub_download gives them back"""
    content = bytes(range(256)) * (12 * 4096)
    upload("model.safetensors", content)
    path = alice.hf_hub_download(SPACE, "model.safetensors", repo_type="space")
    assert Path(path).read_bytes() == content


def case_upload_file_of_another():
    """upload_file into a repo of another user is 403, with a read token too"""
    for token in (os.environ["BOB"], os.environ["READER"]):
        error = raises(errors.HfHubHTTPError, upload, "x", b"x", api=HfApi(token=token))
        assert status_of(error) == 403


def case_upload_folder():
    """upload_folder sends folders, empty files and a README.md, and deletes by patterns"""
    source = folder / "source"
    (source / "deep" / "er").mkdir(parents=True)
    (source / "deep" / "er" / "a.txt").write_text("a")
    (source / "empty").write_bytes(b"")
    (source / "skipped.log").write_text("no")
    (source / "README.md").write_text("---\nsdk: gradio\ntags: [smolagents, tool]\ntitle: Tool\n---\n# Tool\n")
    alice.upload_folder(
        repo_id=SPACE, repo_type="space", folder_path=source, ignore_patterns="*.log", delete_patterns="notes*"
    )
    names = set(alice.list_repo_files(SPACE, repo_type="space"))
    assert {"deep/er/a.txt", "empty", "README.md"} <= names, names
    assert not {"notes.txt", "skipped.log"} & names, names


def case_upload_folder_of_many_files():
    """upload_folder of 300 files leaves 300 files, however many commits it takes"""
    source = folder / "many"
    source.mkdir()
    for number in range(300):
        (source / f"{number:03}.txt").write_text(str(number))
    alice.upload_folder(repo_id="alice/data", repo_type="dataset", folder_path=source)
    names = [name for name in alice.list_repo_files("alice/data", repo_type="dataset") if name.endswith(".txt")]
    assert len(names) == 300


def case_readme_with_bad_yaml():
    """a README.md whose front matter is no YAML is refused before it is sent"""
    error = raises(ValueError, upload, "README.md", b"---\ntags: [\n---\n")
    assert "Invalid metadata in README.md" in str(error), error


def case_create_commit():
    """create_commit writes, copies and deletes files and folders in one commit"""
    before = alice.repo_info(SPACE, repo_type="space").sha
    operations = [
        CommitOperationAdd("new.bin", io.BytesIO(b"new")),
        CommitOperationCopy("deep/er/a.txt", "copied.txt"),
        CommitOperationDelete("deep/"),
    ]
    info = alice.create_commit(SPACE, operations, commit_message="Much", repo_type="space", parent_commit=before)
    assert alice.list_repo_commits(SPACE, repo_type="space")[0].commit_id == info.oid
    names = files()
    assert names["copied.txt"].size == 1 and names["new.bin"].size == 3
    assert "deep/er/a.txt" not in names


def case_create_commit_on_an_old_parent():
    """create_commit on what is not the head any more is 412, and changes nothing"""
    head = alice.repo_info(SPACE, repo_type="space").sha
    old = alice.list_repo_commits(SPACE, repo_type="space")[-1].commit_id
    operations = [CommitOperationAdd("late", b"late")]
    error = raises(
        errors.HfHubHTTPError,
        alice.create_commit,
        SPACE,
        operations,
        commit_message="Late",
        repo_type="space",
        parent_commit=old,
    )
    assert status_of(error) == 412
    assert alice.repo_info(SPACE, repo_type="space").sha == head


def case_delete_file():
    """delete_file removes a file; a missing one is an EntryNotFoundError"""
    alice.delete_file("new.bin", SPACE, repo_type="space")
    assert not alice.file_exists(SPACE, "new.bin", repo_type="space")
    error = raises(errors.EntryNotFoundError, alice.delete_file, "new.bin", SPACE, repo_type="space")
    assert status_of(error) == 404


def case_create_pr():
    """create_pr says that the hub has no pull requests"""
    error = raises(errors.HfHubHTTPError, upload, "x", b"x", create_pr=True)
    assert status_of(error) == 501 and "no pull requests" in str(error), error


def case_create_tag():
    """create_tag makes a tag once; exist_ok accepts that it is there"""
    alice.create_tag(SPACE, tag="v1.0.0", tag_message="First", repo_type="space")
    error = raises(errors.HfHubHTTPError, alice.create_tag, SPACE, tag="v1.0.0", repo_type="space")
    assert status_of(error) == 409
    alice.create_tag(SPACE, tag="v1.0.0", repo_type="space", exist_ok=True)
    alice.create_tag(SPACE, tag="nightly", revision="v1.0.0", repo_type="space")


def case_create_branch():
    """create_branch makes a branch with a slash from a tag, and takes commits"""
    alice.create_branch(SPACE, branch="feat/x", revision="v1.0.0", repo_type="space")
    error = raises(errors.HfHubHTTPError, alice.create_branch, SPACE, branch="feat/x", repo_type="space")
    assert status_of(error) == 409
    alice.create_branch(SPACE, branch="feat/x", repo_type="space", exist_ok=True)
    upload("on-branch.txt", b"branch", revision="feat/x")
    assert "on-branch.txt" in files("feat/x") and "on-branch.txt" not in files()


def case_list_repo_refs():
    """list_repo_refs lists branches, tags and no pull requests"""
    refs = alice.list_repo_refs(SPACE, repo_type="space", include_pull_requests=True)
    assert [ref.name for ref in refs.branches] == ["feat/x", "main"], refs
    assert [ref.name for ref in refs.tags] == ["nightly", "v1.0.0"], refs
    assert refs.tags[0].target_commit == refs.tags[1].target_commit
    assert refs.pull_requests == []


def case_list_repo_tree():
    """list_repo_tree lists a branch with a slash, with the last commit of each file"""
    tree = files("feat/x", expand=True)
    assert tree["on-branch.txt"].last_commit.title.startswith("Upload"), tree
    folders = [item.path for item in alice.list_repo_tree(SPACE, repo_type="space", revision="v1.0.0")]
    assert "README.md" in folders
    error = raises(errors.EntryNotFoundError, list, alice.list_repo_tree(SPACE, "none", repo_type="space"))
    assert status_of(error) == 404


def case_list_repo_tree_over_pages():
    """list_repo_tree follows the pages of a large folder"""
    tree = list(alice.list_repo_tree("alice/data", repo_type="dataset", recursive=True, expand=True))
    assert len([item for item in tree if item.path.endswith(".txt")]) == 300


def case_get_paths_info():
    """get_paths_info tells files and folders, and leaves out what is missing"""
    upload("src/deep.py", b"print()")
    infos = alice.get_paths_info(SPACE, ["src", "src/deep.py", "none"], repo_type="space", expand=True)
    assert [info.path for info in infos] == ["src", "src/deep.py"], infos
    assert infos[1].size == 7 and infos[1].last_commit is not None


def case_list_repo_commits():
    """list_repo_commits lists the history of a revision, newest first"""
    commits = alice.list_repo_commits(SPACE, repo_type="space", revision="feat/x")
    assert commits[0].title.startswith("Upload on-branch.txt")
    assert commits[-1].title == "initial commit" and commits[0].authors == ["alice"]
    assert commits[0].created_at >= commits[-1].created_at


def case_repo_info():
    """space_info has everything that the client knows of, with the sizes of the files"""
    info = alice.space_info(SPACE, files_metadata=True)
    assert (info.id, info.author, info.sdk, info.private) == (SPACE, "alice", "gradio", False)
    assert info.card_data.title == "Tool" and {"smolagents", "tool", "gradio"} <= set(info.tags)
    assert info.runtime.stage == "NO_APP_FILE" and info.subdomain == "alice-tool"
    sizes = {file.rfilename: file.size for file in info.siblings}
    assert sizes["src/deep.py"] == 7
    assert alice.space_info(SPACE, revision="v1.0.0").sha != info.sha
    expanded = alice.space_info(SPACE, expand=["sha", "lastModified"])
    assert expanded.sha == info.sha and expanded.siblings is None


def case_missing_revision():
    """a missing revision is a RevisionNotFoundError, a missing repo a RepositoryNotFoundError"""
    raises(errors.RevisionNotFoundError, alice.repo_info, SPACE, repo_type="space", revision="none")
    raises(errors.RepositoryNotFoundError, alice.repo_info, "alice/none")
    raises(errors.RepositoryNotFoundError, anyone.repo_info, "alice/none")
    assert not alice.revision_exists(SPACE, "none", repo_type="space")
    assert alice.revision_exists(SPACE, "feat/x", repo_type="space")


def case_file_exists():
    """file_exists tells what is there at a revision"""
    assert alice.file_exists(SPACE, "src/deep.py", repo_type="space")
    assert not alice.file_exists(SPACE, "src/deep.py", repo_type="space", revision="v1.0.0")


def case_list_repos():
    """list_spaces and list_models filter by tag, author and name"""
    spaces = list(anyone.list_spaces(filter=["smolagents", "tool"], author="alice"))
    assert [space.id for space in spaces] == [SPACE], spaces
    assert list(anyone.list_spaces(filter="smolagents", author="bob")) == []
    assert [space.id for space in anyone.list_spaces(search="TOOL", full=True, limit=1)] == [SPACE]
    assert [model.id for model in anyone.list_models(author="alice", sort="created_at")] == ["alice/plain"]
    assert [data.id for data in anyone.list_datasets(author="alice")] == ["alice/data"]


def case_list_repos_over_pages():
    """list_models follows the pages of a long list"""
    for number in range(7):
        alice.create_repo(f"acme/page-{number}")
    found = [model.id for model in anyone.list_models(author="acme", limit=5)]
    assert len(set(found)) == 5, found
    response = get_session().get(f"{ENDPOINT}/api/models?author=acme&limit=3")
    pages = [[model["id"] for model in response.json()]]
    while "next" in response.links:
        response = get_session().get(response.links["next"]["url"])
        pages.append([model["id"] for model in response.json()])
    assert [len(page) for page in pages] == [3, 3, 1] and len({id for page in pages for id in page}) == 7


def case_search_spaces():
    """search_spaces finds by words"""
    found = list(anyone.search_spaces("tool", sdk="gradio"))
    assert [space.id for space in found] == [SPACE] and found[0].title == "Tool", found


def case_hf_hub_download():
    """hf_hub_download gives a file at a tag, and knows what is missing"""
    path = hf_hub_download(SPACE, "README.md", repo_type="space", revision="v1.0.0", token=False)
    assert "smolagents" in Path(path).read_text()
    empty = hf_hub_download(SPACE, "empty", repo_type="space", token=False)
    assert Path(empty).read_bytes() == b""
    raises(errors.EntryNotFoundError, hf_hub_download, SPACE, "none.txt", repo_type="space", token=False)
    raises(errors.RevisionNotFoundError, hf_hub_download, SPACE, "empty", repo_type="space", revision="none")
    raises(errors.RepositoryNotFoundError, hf_hub_download, "alice/none", "empty")


def case_conditional_download():
    """a second download asks whether the file has changed, and gets no bytes again"""
    name = "conditional.txt"
    upload(name, b"first")
    path = hf_hub_download(SPACE, name, repo_type="space")
    before = os.stat(os.path.realpath(path)).st_mtime_ns
    assert hf_hub_download(SPACE, name, repo_type="space") == path
    assert os.stat(os.path.realpath(path)).st_mtime_ns == before
    upload(name, b"second")
    changed = hf_hub_download(SPACE, name, repo_type="space")
    assert changed != path and Path(changed).read_bytes() == b"second" and Path(path).read_bytes() == b"first"
    etag = get_session().head(f"{ENDPOINT}/spaces/{SPACE}/resolve/main/{name}").headers["etag"]
    answer = get_session().get(f"{ENDPOINT}/spaces/{SPACE}/resolve/main/{name}", headers={"If-None-Match": etag})
    assert answer.status_code == 304


def case_names():
    """names with spaces, letters of all languages and signs come and go"""
    name = "a folder/日本 ünï & #1 100%?.txt"
    upload(name, "odd".encode())
    assert Path(hf_hub_download(SPACE, name, repo_type="space")).read_text() == "odd"
    assert name in files()


def case_snapshot_download():
    """snapshot_download of a tag leaves the cache as both official clients know it"""
    cache = folder / "cache"
    path = Path(snapshot_download(SPACE, repo_type="space", revision="v1.0.0", cache_dir=cache, token=False))
    commit = alice.space_info(SPACE, revision="v1.0.0").sha
    storage = cache / "spaces--alice--tool"
    assert path == storage / "snapshots" / commit
    assert (storage / "refs" / "v1.0.0").read_text() == commit
    readme = path / "README.md"
    blob = files("v1.0.0")["README.md"].blob_id
    assert readme.is_symlink() and readme.resolve() == (storage / "blobs" / blob).resolve()
    assert (path / "copied.txt").read_text() == "a"
    assert try_to_load_from_cache(SPACE, "copied.txt", cache, "v1.0.0", "space") == str(path / "copied.txt")


def case_snapshot_download_by_patterns():
    """snapshot_download takes patterns, and works from the cache alone"""
    cache = folder / "patterns"
    options = {"repo_type": "space", "cache_dir": cache, "allow_patterns": ["*.md", "src/*"]}
    path = Path(snapshot_download(SPACE, **options))
    names = sorted(str(file.relative_to(path)) for file in path.rglob("*") if file.is_file())
    assert names == ["README.md", "src/deep.py"], names
    assert snapshot_download(SPACE, local_files_only=True, **options) == str(path)


def case_file_system():
    """HfFileSystem lists, reads, writes and deletes"""
    fs = HfFileSystem(token=os.environ["ALICE"], skip_instance_cache=True)
    root = f"spaces/{SPACE}"
    assert f"{root}/README.md" in fs.ls(root, detail=False)
    with fs.open(f"{root}/fs.txt", "w") as file:
        file.write("written")
    assert fs.read_text(f"{root}/fs.txt") == "written"
    assert fs.cat_file(f"{root}/fs.txt", start=2, end=5) == b"itt"
    assert fs.glob(f"{root}/src/*.py") == [f"{root}/src/deep.py"]
    fs.rm(f"{root}/fs.txt")
    assert not fs.exists(f"{root}/fs.txt")


def case_private_repo():
    """a private repo is there for its owner, and not for anybody else"""
    alice.create_repo("alice/secret", private=True)
    upload("s.txt", b"secret", "alice/secret", "model")
    assert alice.repo_info("alice/secret").private is True
    for api in (bob, anyone):
        assert not api.repo_exists("alice/secret")
        raises(errors.RepositoryNotFoundError, api.list_repo_files, "alice/secret")
        raises(errors.RepositoryNotFoundError, api.hf_hub_download, "alice/secret", "s.txt")
    assert "alice/secret" in [model.id for model in alice.list_models(author="alice")]
    assert "alice/secret" not in [model.id for model in anyone.list_models(author="alice")]


def case_auth_check():
    """auth_check tells who may read and who may write"""
    alice.auth_check("alice/secret", write=True)
    raises(errors.RepositoryNotFoundError, bob.auth_check, "alice/secret")
    bob.auth_check(SPACE, repo_type="space")
    assert status_of(raises(errors.HfHubHTTPError, bob.auth_check, SPACE, repo_type="space", write=True)) == 403


def case_update_repo_settings():
    """update_repo_settings hides a repo and shows it again; gates are not there"""
    alice.update_repo_settings(SPACE, repo_type="space", visibility="private")
    assert not anyone.repo_exists(SPACE, repo_type="space")
    alice.update_repo_settings(SPACE, repo_type="space", private=False)
    assert anyone.repo_exists(SPACE, repo_type="space")
    error = raises(errors.HfHubHTTPError, alice.update_repo_settings, "alice/plain", gated="auto")
    assert status_of(error) == 501 and "gated" in str(error), error


def case_move_repo():
    """move_repo gives a repo another name in another namespace"""
    alice.create_repo("alice/movable")
    upload("m.txt", b"moved", "alice/movable", "model")
    alice.move_repo("alice/movable", "acme/moved")
    assert not alice.repo_exists("alice/movable")
    assert Path(hf_hub_download("acme/moved", "m.txt")).read_bytes() == b"moved"
    assert status_of(raises(errors.HfHubHTTPError, alice.move_repo, "acme/moved", "bob/moved")) == 403


def case_duplicate_and_squash():
    """duplicate_repo copies the files, super_squash_history leaves one commit"""
    url = alice.duplicate_repo("acme/moved", "alice/copy")
    assert url.repo_id == "alice/copy" and "m.txt" in alice.list_repo_files("alice/copy")
    upload("n.txt", b"n", "alice/copy", "model")
    alice.super_squash_history("alice/copy", commit_message="Squashed")
    assert [commit.title for commit in alice.list_repo_commits("alice/copy")] == ["Squashed"]
    assert {"m.txt", "n.txt"} <= set(alice.list_repo_files("alice/copy"))


def case_delete_tag():
    """delete_tag removes a tag, but not a released version"""
    alice.delete_tag(SPACE, tag="nightly", repo_type="space")
    raises(errors.RevisionNotFoundError, alice.delete_tag, SPACE, tag="nightly", repo_type="space")
    error = raises(errors.HfHubHTTPError, alice.delete_tag, SPACE, tag="v1.0.0", repo_type="space")
    assert status_of(error) == 403 and "released" in str(error), error


def case_delete_branch():
    """delete_branch removes a branch, but not main"""
    alice.delete_branch(SPACE, branch="feat/x", repo_type="space")
    assert status_of(raises(errors.HfHubHTTPError, alice.delete_branch, SPACE, branch="main", repo_type="space")) == 403


def case_delete_repo():
    """delete_repo removes a repo once; missing_ok accepts that it is gone; released versions are an admin's"""
    alice.delete_repo("alice/copy")
    raises(errors.RepositoryNotFoundError, alice.delete_repo, "alice/copy")
    alice.delete_repo("alice/copy", missing_ok=True)
    error = raises(errors.HfHubHTTPError, alice.delete_repo, SPACE, repo_type="space")
    assert status_of(error) == 403
    assert status_of(raises(errors.HfHubHTTPError, bob.delete_repo, "alice/plain")) == 403


def case_collections():
    """collections are made, filled, read, listed, changed and deleted"""
    made = alice.create_collection("Weather tools", namespace="acme", description="About rain")
    assert made.slug.startswith("acme/weather-tools-") and made.url == f"{ENDPOINT}/collections/{made.slug}"
    error = raises(errors.HfHubHTTPError, alice.create_collection, "Weather tools", namespace="acme")
    assert status_of(error) == 409
    assert alice.create_collection("Weather tools", namespace="acme", exists_ok=True).slug == made.slug
    filled = alice.add_collection_item(made.slug, SPACE, "space", note="the best")
    alice.add_collection_item(made.slug, "acme/moved", "model")
    raises(errors.HfHubHTTPError, alice.add_collection_item, made.slug, SPACE, "space")
    alice.add_collection_item(made.slug, SPACE, "space", exists_ok=True)
    alice.update_collection_item(made.slug, filled.items[0].item_object_id, note="still", position=1)
    items = anyone.get_collection(made.slug).items
    assert [(item.item_id, item.item_type, item.note) for item in items] == [
        ("acme/moved", "model", None),
        (SPACE, "space", "still"),
    ], items
    listed = list(anyone.list_collections(owner="acme", item=f"spaces/{SPACE}", limit=5))
    assert [collection.slug for collection in listed] == [made.slug]
    alice.delete_collection_item(made.slug, items[0].item_object_id)
    alice.delete_collection_item(made.slug, items[0].item_object_id, missing_ok=True)
    hidden = alice.update_collection_metadata(made.slug, title="Rain", private=True, theme="green")
    assert (hidden.title, hidden.private, hidden.theme) == ("Rain", True, "green")
    raises(errors.HfHubHTTPError, anyone.get_collection, made.slug)
    alice.delete_collection(made.slug)
    alice.delete_collection(made.slug, missing_ok=True)


def case_space_runtime():
    """get_space_runtime tells where a Space runs"""
    runtime = alice.get_space_runtime(SPACE)
    assert runtime.stage == "NO_APP_FILE" and runtime.hardware is None
    alice.create_repo("acme/running", repo_type="space", space_sdk="gradio")
    info = alice.space_info("acme/running")
    assert info.runtime.stage == "RUNNING" and info.host == "http://127.0.0.1:7861", info


def case_not_there():
    """what the hub has not is said clearly"""
    error = raises(errors.HfHubHTTPError, list, alice.get_repo_discussions(SPACE, repo_type="space"))
    assert status_of(error) == 501 and "no discussions" in str(error), error
    error = raises(errors.HfHubHTTPError, alice.pause_space, SPACE)
    assert status_of(error) == 501


def case_large_file():
    """a file over the limit of commits goes by LFS, byte for byte"""
    content = os.urandom(5 * 1024 * 1024)
    (folder / "large.bin").write_bytes(content)
    upload("large.bin", folder / "large.bin")
    entry = files()["large.bin"]
    assert entry.lfs is not None and entry.size == len(content), entry
    path = hf_hub_download(SPACE, "large.bin", repo_type="space")
    assert Path(path).read_bytes() == content and Path(path).resolve().name == entry.lfs.sha256
    again = upload("large.bin", folder / "large.bin")
    assert again.oid == alice.repo_info(SPACE, repo_type="space").sha


def case_large_file_by_xet():
    """a file over the limit of commits fails at once when the client insists on Xet, and leaves nothing"""
    (folder / "large.bin").write_bytes(os.urandom(3 * 1024 * 1024))
    error = raises(ConnectionError, upload, "large.bin", folder / "large.bin")
    # The client shows the address and the status alone, whatever the hub says.
    assert "501 Not Implemented" in str(error) and "xet-write-token" in str(error), error
    assert "large.bin" not in alice.list_repo_files(SPACE, repo_type="space")


def case_rate_limit():
    """a client that asks too often waits as long as the hub says, and goes on"""
    alice.create_repo("alice/limited", exist_ok=True)
    # More than the limit of a window: listing files retries by itself, as downloads do.
    for number in range(12):
        assert ".gitattributes" in [file.path for file in alice.list_repo_tree("alice/limited")], number


groups = {
    "xet": [case_large_file_by_xet],
    "lfs": [case_large_file],
    "rate": [case_rate_limit],
}
groups["main"] = [
    case
    for name, case in list(globals().items())
    if name.startswith("case_") and all(case not in cases for cases in groups.values())
]

if __name__ == "__main__":
    group = sys.argv[1]
    if group in ("xet", "lfs"):
        alice.create_repo(SPACE, repo_type="space", space_sdk="static")
    for case in groups[group]:
        problem = None
        try:
            case()
        except BaseException:
            problem = traceback.format_exc()
        print(json.dumps({"case": case.__name__, "error": problem}), flush=True)
