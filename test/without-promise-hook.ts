/**
 * Loaded before each test file. Node's test runner listens to every promise that is made, so as to know in which test
 * something was thrown that nobody caught; servers and clients that share a process with their test make millions.
 * Without it the file fails that something was thrown in, and the error is printed as before.
 */
import hooks from "node:async_hooks";

const { createHook } = hooks;
const deaf: hooks.AsyncHook = { enable: () => deaf, disable: () => deaf };

hooks.createHook = (callbacks) => {
  const isRunner = new Error().stack?.includes("node:internal/test_runner/harness") === true;
  return isRunner ? deaf : createHook(callbacks);
};
