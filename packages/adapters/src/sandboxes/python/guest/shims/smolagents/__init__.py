"""Stands in for the library smolagents, as far as files of tools need it: `Tool` and `tool`."""

from .tools import Tool, tool

__all__ = ["Tool", "tool"]


def __getattr__(name: str):
    raise AttributeError(f"smolagents.{name} is not there: in the sandbox smolagents has Tool and tool alone")
