"""A user of Python's smolagents takes a tool that was written in TypeScript, with its version."""

import json
import sys

from smolagents import CodeAgent, load_tool
from smolagents.models import ChatMessage, Model

tool = load_tool("demo/isbn", revision="v1.0.0", trust_remote_code=True)
print(f"{tool.name}: {tool.description.splitlines()[0]}", file=sys.stderr)


class ScriptedModel(Model):
    """Writes what a language model would write. Any other model of smolagents does as well."""

    def __init__(self):
        super().__init__(model_id="scripted")
        self.replies = [
            "Thought: I check both.\n<code>\nanswer = [check_isbn(code=code) for code in codes]\nfinal_answer(answer)\n</code>"
        ]

    def generate(self, messages, **kwargs):
        return ChatMessage(role="assistant", content=self.replies.pop(0))


agent = CodeAgent(tools=[tool], model=ScriptedModel(), verbosity_level=0)
codes = ["978-3-16-148410-0", "978-3-16-148410-1"]
answer = agent.run("Which of the codes are right?", additional_args={"codes": codes})
print(json.dumps(answer))
