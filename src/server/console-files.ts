import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import type { Handler } from "hono";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

/** Serves the built console. A path that is no file is a route of the console's own and gets its page. */
export function consoleFiles(directory: string): Handler {
  return async (context) => {
    const path = normalize(decoded(context.req.path));
    const file = path.includes("\0") || path.split(sep).includes("..") ? undefined : join(directory, path);
    const asset = file && extname(file) !== "" ? await readFile(file).catch(() => undefined) : undefined;
    if (asset && file) {
      return context.body(new Uint8Array(asset), 200, {
        "content-type": types[extname(file)] ?? "application/octet-stream",
        // Vite puts a hash of the content into these names.
        "cache-control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      });
    }
    if (path.startsWith("/assets/")) return context.notFound();
    const page = await readFile(join(directory, "index.html"));
    return context.body(new Uint8Array(page), 200, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
    });
  };
}

/** A path whose escapes are no text names no file. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "/";
  }
}
