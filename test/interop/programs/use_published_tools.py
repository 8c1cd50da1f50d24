"""Uses packages that smoltools has published as users of smolagents do. Prints what came of it, as JSON."""

import ast
import json
import sys
import tempfile
from pathlib import Path

from huggingface_hub import hf_hub_download, snapshot_download
from PIL import Image
from smolagents import Tool, load_tool
from smolagents.tool_validation import validate_tool_attributes
from smolagents.tools import validate_tool_arguments

found = {}


def attempt(work):
    try:
        return work()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def imported(folder):
    """The tool of a package folder, from a file: its source can be found, and a package beside it."""
    sys.path.insert(0, folder)
    import tool

    return next(v for v in vars(tool).values() if isinstance(v, type) and issubclass(v, Tool) and v is not Tool)()


weather = load_tool("acme/weather", revision="v1.0.0", trust_remote_code=True)
found["positional"] = weather("Oslo", 2)
found["keyword"] = weather(city="Oslo", from_="north")
found["dict"] = weather({"city": "Oslo", "days": 3})
found["inputs"] = weather.inputs
found["prompt"] = weather.to_code_prompt()
found["failure"] = attempt(lambda: weather("Atlantis"))
found["wrong"] = attempt(lambda: weather(city="Oslo", from_="up"))
found["arguments"] = attempt(lambda: validate_tool_arguments(weather, {"city": "Oslo", "days": 1}))
found["wrong_arguments"] = attempt(lambda: validate_tool_arguments(weather, {"city": 3}))
found["newest"] = load_tool("acme/weather", trust_remote_code=True)("Oslo")["version"]
found["old"] = weather("Oslo")["version"]

found["first"] = load_tool("acme/kit", revision="v1.0.0", trust_remote_code=True)("a b")
found["other"] = load_tool("acme/kit", revision="v1.0.0", subfolder="tools/shout", trust_remote_code=True)("a b")

tampered = load_tool("acme/tampered", revision="main", trust_remote_code=True)
found["tampered"] = attempt(lambda: tampered("Oslo"))
found["untampered"] = load_tool("acme/tampered", revision="v1.0.0", trust_remote_code=True)("Oslo")["city"]

mirror = load_tool("acme/mirror", revision="v1.0.0", trust_remote_code=True)
picture = mirror(Image.new("RGB", (2, 1), (255, 0, 0)), sanitize_inputs_outputs=True)
found["image"] = [type(picture).__name__, picture.to_raw().size, picture.to_raw().getpixel((0, 0))]

folder = snapshot_download("acme/weather", repo_type="space", revision="v1.0.0")
local = imported(folder)
found["valid"] = attempt(lambda: validate_tool_attributes(type(local)))
found["local"] = local("Oslo")["city"]
saved = local.to_dict()
found["requirements"] = saved["requirements"]
again = Tool.from_dict(saved)
found["round_trip"] = [again.description == local.description, again.inputs == local.inputs, again("Oslo")["city"]]
with tempfile.TemporaryDirectory() as place:
    local.save(place)
    found["files"] = sorted(path.name for path in Path(place).iterdir())
    found["saved"] = Tool.from_code((Path(place) / "tool.py").read_text())("Oslo")["city"]
app = hf_hub_download("acme/weather", "app.py", repo_type="space", revision="v1.0.0")
keywords = [keyword.arg for node in ast.walk(ast.parse(Path(app).read_text())) for keyword in getattr(node, "keywords", [])]
found["class_arguments"] = "class" in keywords

print(json.dumps(found))
