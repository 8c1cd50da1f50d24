"""Runs steps of Python code for a host that it talks to in lines of JSON.

`guest.py` is the whole of it for any platform; `cpython.py` is the platform that a process of CPython offers.
"""
