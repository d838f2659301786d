import { OpenAPIHono } from "@hono/zod-openapi";
import { ServerError } from "../errors.ts";
import { sendProblem } from "../problem.ts";

/** A set of routes whose callers hear, in a problem, which parameter is wrong. */
export function newRoutes(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook(result, context) {
      if (result.success) return undefined;
      const [issue] = result.error.issues;
      const name = issue?.path.join(".") ?? "";
      const reason = issue === undefined ? "it is not as described" : issue.message;
      const what = name === "" ? `The ${result.target === "json" ? "body" : "request"}` : `The parameter ${name}`;
      return sendProblem(
        context,
        new ServerError(`${what} cannot be used: ${reason.slice(0, 1).toLowerCase()}${reason.slice(1)}`, {
          code: "request-invalid",
          fault: "user",
          help: "See /api/v1/openapi.json for what is expected",
          details: { parameter: name },
        }),
      );
    },
  });
}
