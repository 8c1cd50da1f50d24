"""Shows the tools of this package as a page, as an API, and as an MCP server. Made by smoltools."""

import inspect
import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import gradio as gr

# Not resolved: in the cache of the Hub, files are links to elsewhere.
HERE = Path(__file__).absolute().parent
HINTS = {"string": str, "boolean": bool, "integer": int, "number": float}


def load(path):
    """The tool of a file: its class has inputs, and is made in the file itself."""
    spec = spec_from_file_location("_".join(path.relative_to(HERE).with_suffix("").parts), path)
    module = sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    for value in vars(module).values():
        if isinstance(value, type) and value.__module__ == module.__name__ and hasattr(value, "forward"):
            return value()
    raise RuntimeError(f"{path} holds no tool")


def details(tool):
    """What the JSON Schema of the input says of each parameter."""
    properties = json.loads(getattr(tool, "input_schema_json", "{}")).get("properties", {})
    names = getattr(tool, "names", {})
    found = {name: properties.get(names.get(name, name)) for name in tool.inputs}
    return {name: schema if isinstance(schema, dict) else {} for name, schema in found.items()}


def field(name, declared, schema):
    """The field of a page in which a value is put in."""
    kind, default = declared["type"], schema.get("default")
    about = {"label": name, "info": declared["description"]}
    if kind == "string" and schema.get("enum"):
        choices = [value for value in schema["enum"] if value is not None]
        return gr.Dropdown(choices, value=default if default in choices else None, **about)
    if kind == "string":
        return gr.Textbox(value=default, **about)
    if kind in ("integer", "number"):
        return gr.Number(value=default, precision=0 if kind == "integer" else None, **about)
    if kind == "boolean":
        return gr.Checkbox(value=bool(default), **about)
    if kind == "image":
        return gr.Image(type="filepath", label=name)
    if kind == "audio":
        return gr.Audio(type="filepath", label=name)
    text = None if default is None else json.dumps(default)
    return gr.Textbox(value=text, lines=3, label=name, info=f"{declared['description']} Write it as JSON.")


def shown(kind):
    """The part of a page that shows a result. What is no plain value is JSON, which MCP clients get as text."""
    plain = {"string": gr.Textbox, "integer": gr.Number, "number": gr.Number, "boolean": gr.Checkbox}
    if kind == "image":
        return gr.Image(type="filepath", label="result")
    if kind == "audio":
        return gr.Audio(type="filepath", label="result")
    return plain[kind](label="result") if kind in plain else gr.Code(language="json", label="result")


def value_of(text, kind):
    """A value as the tool takes it. A field that was left empty is an argument left out."""
    if text is None or text == "":
        return None
    return text if kind in HINTS or kind in ("image", "audio") else json.loads(text)


def function_of(tool):
    """The function behind the page, whose name, parameters and description are those of the tool."""

    def run(*values):
        given = {}
        for (name, declared), value in zip(tool.inputs.items(), values):
            try:
                given[name] = value_of(value, declared["type"])
            except ValueError as error:
                raise gr.Error(f"{name} is not JSON: {error}") from error
        try:
            result = tool.forward(**given)
        except Exception as error:
            raise gr.Error(str(error), print_exception=False) from error
        plain = tool.output_type in HINTS or tool.output_type in ("image", "audio")
        return result if plain else json.dumps(result, ensure_ascii=False, indent=2)

    lines = [f"    {name}: {' '.join(declared['description'].split())}" for name, declared in tool.inputs.items()]
    run.__name__ = tool.name
    run.__doc__ = "\n".join([tool.description, *(["", "Args:", *lines] if lines else [])])
    run.__signature__ = inspect.Signature([parameter(name, declared) for name, declared in tool.inputs.items()])
    return run


def parameter(name, declared):
    default = None if declared.get("nullable") else inspect.Parameter.empty
    return inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default)


def page_of(tool):
    schemas = details(tool)
    return gr.Interface(
        fn=function_of(tool),
        inputs=[field(name, declared, schemas[name]) for name, declared in tool.inputs.items()],
        outputs=shown(tool.output_type),
        title=tool.name,
        description=tool.description,
        api_name=tool.name,
        flagging_mode="never",
    )


files = sorted(HERE.glob("tools/*/tool.py")) or [HERE / "tool.py"]
tools = [load(path) for path in files]
pages = [page_of(tool) for tool in tools]
demo = pages[0] if len(pages) == 1 else gr.TabbedInterface(pages, [tool.name for tool in tools])

if __name__ == "__main__":
    demo.launch(mcp_server=True)
