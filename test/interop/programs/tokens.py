"""Says which token the official client would send; may log in or out before."""

import json
import sys

from huggingface_hub import constants, get_token, login, logout
from huggingface_hub.utils import get_stored_tokens

if sys.argv[1:2] == ["login"]:
    login(token=sys.argv[2])
if sys.argv[1:2] == ["logout"]:
    logout()
print(
    json.dumps(
        {
            "token": get_token(),
            "path": constants.HF_TOKEN_PATH,
            "endpoint": constants.ENDPOINT,
            "cache": constants.HF_HUB_CACHE,
            "stored": get_stored_tokens(),
        }
    )
)
