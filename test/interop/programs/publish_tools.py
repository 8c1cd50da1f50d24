"""Publishes tools as users of smolagents do: saved and uploaded, and with push_to_hub. Prints the names, as JSON."""

import json
import tempfile
from typing import Optional
from urllib.parse import urlsplit

import huggingface_hub
from huggingface_hub import HfApi, constants
from huggingface_hub.utils import set_client_factory
from huggingface_hub.utils._http import default_client_factory
from smolagents import Tool, tool

huggingface_hub.utils.disable_progress_bars()


class TextStatistics(Tool):
    """Counts what a text has."""

    name = "text_statistics"
    description = "Counts the words of a text, by \"their\" length."
    inputs = {
        "text": {"type": "string", "description": "the text"},
        "least": {"type": "integer", "description": "shortest word", "nullable": True},
    }
    output_type = "object"

    def forward(self, text: str, least: Optional[int] = 1) -> dict:
        import collections
        import re

        first, second = 0, 1
        words = [word for word in re.findall(r"\w+", text) if len(word) >= least]
        lengths = collections.Counter([len(word) for word in words])
        return {"words": len(words) + first, "lengths": {str(key): value * second for key, value in lengths.items()}}


@tool
def celsius(fahrenheit: float) -> float:
    """
    Turns degrees of Fahrenheit into degrees of Celsius.

    Args:
        fahrenheit: the degrees
    """
    return round((fahrenheit - 32) * 5 / 9, 2)


def to_this_hub(request):
    """The check of a card is the one call that goes to huggingface.co whatever HF_ENDPOINT says."""
    if request.url.host == "huggingface.co":
        here = urlsplit(constants.ENDPOINT)
        request.url = request.url.copy_with(scheme=here.scheme, host=here.hostname, port=here.port)
        request.headers["host"] = here.netloc


def client():
    made = default_client_factory()
    made.event_hooks["request"].append(to_this_hub)
    return made


set_client_factory(client)
api = HfApi()
with tempfile.TemporaryDirectory() as folder:
    TextStatistics().save(folder)
    api.create_repo("acme/statistics", repo_type="space", space_sdk="gradio")
    api.upload_folder(repo_id="acme/statistics", repo_type="space", folder_path=folder)
api.create_tag("acme/statistics", repo_type="space", tag="v2.0.0")
celsius.push_to_hub("acme/celsius")
code = {name: made.to_dict()["code"] for name, made in {"statistics": TextStatistics(), "celsius": celsius}.items()}
print(json.dumps(code))
