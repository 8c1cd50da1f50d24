from smolagents import Tool
from typing import Any, Optional

class SimpleTool(Tool):
    name = "count_words"
    description = "Counts words."
    inputs = {'text': {'type': 'string', 'description': 'the text'}, 'min_len': {'type': 'integer', 'nullable': True, 'description': 'shortest word'}}
    output_type = "integer"

    def forward(self, text: str, min_len: int = 1) -> int:
        """Counts words.

        Args:
            text: the text
            min_len: shortest word
        """
        import re

        return len([word for word in re.findall(r"\w+", text) if len(word) >= min_len])