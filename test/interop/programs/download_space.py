"""Downloads a Space as the Hub does before it runs one. Prints where it is, and its card, as JSON."""

import json
import sys

from huggingface_hub import SpaceCard, snapshot_download

folder = snapshot_download(sys.argv[1], repo_type="space", revision=sys.argv[2])
print(json.dumps({"folder": folder, "card": SpaceCard.load(f"{folder}/README.md", ignore_metadata_errors=False).data.to_dict()}))
