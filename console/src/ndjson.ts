/** The values of a body that holds one JSON value a line, each as soon as it is there. */
export async function* readLines<T>(response: Response): AsyncGenerator<T> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const lines = (rest + (value ?? "")).split("\n");
      rest = done ? "" : (lines.pop() ?? "");
      for (const line of lines) if (line !== "") yield JSON.parse(line) as T;
      if (done) return;
    }
  } finally {
    // Whoever stops reading tells the server to stop as well.
    await reader.cancel().catch(() => undefined);
  }
}
