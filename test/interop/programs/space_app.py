"""An app of Gradio with one endpoint for each kind of value. Its port is the first argument."""

import sys
import time

import gradio as gr
import numpy as np


def greet(name, times, loud):
    text = " ".join([f"Hello {name}"] * times)
    return text.upper() if loud else text


def turned(image):
    if image is None:
        return None
    return np.ascontiguousarray(image[:, ::-1])


def louder(audio):
    rate, data = audio
    return rate, data


def size_of(path):
    with open(path, "rb") as file:
        return len(file.read())


def sizes_of(paths):
    return [size_of(path) for path in paths or []]


def framed(pictures):
    return [(picture, f"{caption or 'none'}!") for picture, caption in pictures]


def pictures_of(text):
    shade = np.full((4, 4, 3), len(text), dtype=np.uint8)
    return [(shade, "first"), (shade, "second")]


def several(text):
    return text, len(text), ["a", "b"]


def counted(text, seen):
    seen = [*seen, text]
    return f"{len(seen)}: {text}", seen


def counting(upto, progress=gr.Progress()):
    for number in range(1, int(upto) + 1):
        progress(number / upto, desc=f"counting {number}")
        time.sleep(0.3)
        yield {"number": number, "list": list(range(number))}


def failing(text):
    if text == "quota":
        raise gr.Error("You have exceeded your <b>GPU quota</b> (60s requested vs. 56s left). Try again in 1:02:03")
    raise gr.Error(f"the well is dry: {text}\x1b[31m")


def broken(_text):
    raise ValueError("a secret detail")


steps = []


def slow(seconds):
    for _ in range(int(seconds * 20)):
        steps.append(time.monotonic())
        time.sleep(0.05)
        yield "waiting"
    yield "done"


with gr.Blocks() as app:
    name = gr.Textbox("World", label="Name", info="Whom to greet.")
    times = gr.Number(2, label="Times", precision=0)
    loud = gr.Checkbox(label="Loud")
    out = gr.Textbox(label="Greeting")
    gr.Button().click(greet, [name, times, loud], out, api_name="greet")

    number = gr.Number(label="Exact")
    slider = gr.Slider(1, 10, value=3, step=1, label="Slider")
    kind = gr.Dropdown(["small", "large"], label="Kind")
    kinds = gr.CheckboxGroup(["red", "green"], label="Kinds")
    data = gr.JSON(label="Data")
    gr.Button().click(
        lambda *values: list(values), [number, slider, kind, kinds, data], gr.JSON(), api_name="values"
    )

    gr.Button().click(turned, gr.Image(label="Picture"), gr.Image(label="Turned"), api_name="turn")
    gr.Button().click(louder, gr.Audio(label="Sound"), gr.Audio(label="Louder"), api_name="sound")
    gr.Button().click(lambda path: path, gr.Video(label="Film"), gr.Video(), api_name="film")
    gr.Button().click(size_of, gr.File(label="File"), gr.Number(label="Size", precision=0), api_name="size")
    gr.Button().click(lambda path: path, gr.File(), gr.File(), api_name="copy")
    gr.Button().click(sizes_of, gr.File(label="Files", file_count="multiple"), gr.JSON(), api_name="sizes")
    gr.Button().click(pictures_of, gr.Textbox(), gr.Gallery(), api_name="gallery")
    gr.Button().click(framed, gr.Gallery(label="Pictures"), gr.Gallery(), api_name="frame")
    gr.Button().click(
        several,
        gr.Textbox(),
        [gr.Textbox(label="Text"), gr.Number(label="Length"), gr.JSON(label="Items")],
        api_name="several",
    )
    gr.Button().click(lambda text: None, gr.Textbox(), None, api_name="nothing")
    seen = gr.State([])
    gr.Button().click(counted, [gr.Textbox(), seen], [gr.Textbox(label="Said"), seen], api_name="remember")
    gr.Button().click(counting, gr.Number(3, precision=0), gr.JSON(), api_name="count")
    gr.Button().click(failing, gr.Textbox(), gr.Textbox(), api_name="fail")
    gr.Button().click(broken, gr.Textbox(), gr.Textbox(), api_name="crash")
    gr.Button().click(slow, gr.Number(60), gr.Textbox(), api_name="slow")
    gr.Button().click(lambda: len(steps), None, gr.Number(precision=0), api_name="steps")
    gr.Button().click(lambda text: text, gr.Textbox(), gr.Textbox(), api_name="direct", queue=False)

if __name__ == "__main__":
    app.queue(default_concurrency_limit=2)
    print(f"Gradio {gr.__version__}", flush=True)
    app.launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), show_error=False)
