from typing import Any, Optional
from smolagents.tools import Tool
import re
import requests

class PageTitle(Tool):
    """Tells the title of a page."""
    name = "page_title"
    description = "Fetches a page and gives its title."
    inputs = {'url': {'type': 'string', 'description': 'the address'}, 'tries': {'type': 'integer', 'description': 'how often', 'nullable': True}}
    output_type = "string"

    def __init__(self, prefix="Title: "):
        self.prefix = prefix
        super().__init__()

    def setup(self):
        import re
        self.pattern = re.compile("<title>(.*?)</title>", re.S)
        self.is_initialized = True

    def forward(self, url: str, tries: Optional[int] = 1) -> str:
        import requests
        from requests.exceptions import RequestException
        try:
            response = requests.get(url, timeout=20)
            response.raise_for_status()
        except RequestException as e:
            return f"Error: {e}"
        found = self.pattern.search(response.text)
        return self.prefix + found.group(1) if found else ""
