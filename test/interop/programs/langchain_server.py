"""Serves tools of LangChain over MCP, at standard input and output."""

from typing import Literal

from langchain_core.tools import StructuredTool, tool
from langchain_mcp_adapters.tools import to_fastmcp
from mcp.server.fastmcp import FastMCP
from pydantic import BaseModel, Field


@tool
def multiply(a: int, b: int) -> int:
    """Multiply two numbers."""
    return a * b


class Trip(BaseModel):
    city: str = Field(description="Where to.")
    days: int = Field(default=1, ge=1, description="How many days.")
    by: Literal["train", "bike"] = "train"


def plan(city: str, days: int = 1, by: str = "train") -> str:
    if city == "Atlantis":
        raise ValueError("it has sunk")
    return f"{days} days in {city} by {by}"


plan_trip = StructuredTool.from_function(plan, name="plan_trip", description="Plan a trip.", args_schema=Trip)

FastMCP("langchain", tools=[to_fastmcp(multiply), to_fastmcp(plan_trip)], log_level="ERROR").run()
