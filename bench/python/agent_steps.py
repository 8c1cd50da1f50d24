"""Times the steps of smolagents' agents with a model that answers at once: one JSON line per run."""

import json
import sys
import time

from smolagents import CodeAgent, ToolCallingAgent, tool
from smolagents.models import (
    ChatMessage,
    ChatMessageToolCall,
    ChatMessageToolCallFunction,
    MessageRole,
    Model,
    TokenUsage,
)


@tool
def echo(text: str) -> str:
    """Gives the text back.

    Args:
        text: Any text.
    """
    return text


class InstantModel(Model):
    """Writes the same step again and again, then the final answer."""

    def __init__(self, kind: str, steps: int):
        super().__init__(model_id="instant")
        self.kind = kind
        self.left = steps

    def generate(self, messages, **kwargs):
        self.left -= 1
        usage = TokenUsage(input_tokens=10, output_tokens=10)
        if self.kind == "code":
            code = "n = 1 + 1" if self.left > 0 else "final_answer(2)"
            content = f"Thought: go on.\n<code>\n{code}\n</code>"
            return ChatMessage(role=MessageRole.ASSISTANT, content=content, token_usage=usage)
        name, arguments = ("echo", {"text": "a"}) if self.left > 0 else ("final_answer", {"answer": 2})
        function = ChatMessageToolCallFunction(name=name, arguments=arguments)
        calls = [ChatMessageToolCall(id=f"call_{self.left}", type="function", function=function)]
        return ChatMessage(role=MessageRole.ASSISTANT, content="", tool_calls=calls, token_usage=usage)


def run(kind: str, steps: int) -> float:
    make = CodeAgent if kind == "code" else ToolCallingAgent
    agent = make(tools=[echo], model=InstantModel(kind, steps), max_steps=steps + 1, verbosity_level=-1)
    start = time.perf_counter()
    answer = agent.run("Go.")
    taken = (time.perf_counter() - start) * 1000
    if answer != 2:
        raise SystemExit(f"the answer is {answer!r}")
    return taken


for argument in sys.argv[1:]:
    kind, steps = argument.split(":")
    run(kind, 1)
    print(json.dumps({"kind": kind, "steps": int(steps), "ms": run(kind, int(steps))}), flush=True)
