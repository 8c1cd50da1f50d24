"""Calls a running app of a package as clients of Gradio and of MCP do. Prints what came of it, as JSON."""

import asyncio
import json
import sys

from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client

url = sys.argv[1]
found = {}

client = Client(url, verbose=False)
api = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
found["endpoints"] = sorted(api)
found["parameters"] = [
    [each["parameter_name"], each["type"], each["parameter_has_default"]] for each in api["/getWeather"]["parameters"]
]
found["positional"] = json.loads(client.predict("Oslo", 2, "north", api_name="/getWeather"))
found["keyword"] = json.loads(client.predict(city="Oslo", api_name="/getWeather"))
found["json"] = client.predict('[1, 2, 3.5]', api_name="/total")
try:
    client.predict("Atlantis", 1, None, api_name="/getWeather")
except AppError as error:
    found["failure"] = str(error)
try:
    client.predict("[1, ", api_name="/total")
except AppError as error:
    found["not_json"] = str(error)


async def over_mcp():
    async with streamablehttp_client(f"{url}/gradio_api/mcp/") as (reader, writer, _):
        async with ClientSession(reader, writer) as session:
            await session.initialize()
            tools = {tool.name: tool for tool in (await session.list_tools()).tools}
            found["mcp_tools"] = sorted(tools)
            found["mcp_schema"] = tools["getWeather"].inputSchema
            found["mcp_description"] = tools["getWeather"].description
            answer = await session.call_tool("getWeather", {"city": "Oslo", "days": 4})
            found["mcp_answer"] = [answer.isError, json.loads(answer.content[0].text)]
            failed = await session.call_tool("getWeather", {"city": "Atlantis"})
            found["mcp_failure"] = [failed.isError, failed.content[0].text]


asyncio.run(over_mcp())
print(json.dumps(found))
